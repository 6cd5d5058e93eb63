import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from resilience.ops import watchdog


class Command(BaseCommand):
    help = "Runs a part and ends it, with exit code 1, when it has been silent for too long."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("part", choices=sorted(watchdog.PARTS))

    def handle(self, *args: object, **options: object) -> None:
        sys.exit(watchdog.run(options["part"]))
