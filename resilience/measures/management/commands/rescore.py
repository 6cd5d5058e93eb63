"""Every score again from its answers."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from resilience import clock
from resilience.audit import events, trail
from resilience.measures import scores


class Command(BaseCommand):
    help = "Make every score again from its answers. --check only compares, and fails where one differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: object, **options: object) -> None:
        if options["check"]:
            self._check()
            return
        changed = scores.rescore()
        trail.record(events.RESCORED, at=clock.now(), changed=changed)
        self.stderr.write(f"Scored again; {changed} differed from what was stored.")

    def _check(self) -> None:
        different = scores.compare()
        if different:
            raise CommandError(
                f"{len(different)} scores differ from their answers. Run rescore to put them right."
            )
        self.stderr.write("Every score agrees with its answers.")
