"""Show the places that were given, and whether each is the one that the seed gives."""

from argparse import ArgumentParser
from collections.abc import Iterator

from django.core.management.base import CommandError

from resilience.listing import ListingCommand
from resilience.participants.arms import auditing, plans
from resilience.participants.models import AllocationPlan


class Command(ListingCommand):
    help = "Lists each place in a group that was given with what the seed gives; fails where one of them differs."
    columns = ("stratum", "number", "stored", "drawn")

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("programme", help="the programme's short name")

    def handle(self, *args: object, **options: object) -> None:
        """Print the rows, then the mark of the seed; the seed itself once nobody comes into a group any more."""
        confirmed = AllocationPlan.objects.filter(confirmed_at__isnull=False)
        self.plan = confirmed.filter(programme__slug=options["programme"]).first()
        if self.plan is None:
            raise CommandError(f"{options['programme']} has no confirmed groups. Confirm them first.")
        super().handle(*args, **options)
        self.stderr.write(f"Mark of the seed: {plans.mark(self.plan)}")
        if self.plan.ended_at:
            self.stderr.write(f"Seed: {self.plan.seed}")
        if not auditing.holds(self.plan):
            raise CommandError(
                "What is stored is not what the seed gives. Stop here, and find out who changed it."
            )

    def rows(self) -> Iterator[tuple]:
        for line in auditing.lines(self.plan):
            yield line.stratum, line.number, line.stored, line.drawn
