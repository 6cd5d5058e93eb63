from django.core.management.base import BaseCommand, CommandError, CommandParser

from resilience import clock
from resilience.audit import events, trail
from resilience.coaching import resettling


class Command(BaseCommand):
    help = "Works every call's outcome out again from its events. --check only compares, and fails where one differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: object, **options: object) -> None:
        if options["check"]:
            self._check()
            return
        changed = resettling.resettle()
        trail.record(events.RESETTLED, at=clock.now(), changed=changed)
        self.stderr.write(f"Worked out again; {changed} differed from what was stored.")

    def _check(self) -> None:
        different = resettling.compare()
        if different:
            raise CommandError(
                f"{len(different)} outcomes differ from their events. Run resettle to put them right."
            )
        self.stderr.write("Every outcome agrees with its events.")
