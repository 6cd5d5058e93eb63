import signal
import threading

from django.core.management.base import BaseCommand

from resilience.ops import dispatcher


class Command(BaseCommand):
    help = "Sends what is due in the outbox, each second, until it is told to stop."

    def handle(self, *args: object, **options: object) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        dispatcher.run(stop)
