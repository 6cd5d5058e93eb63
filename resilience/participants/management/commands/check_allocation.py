"""Show the places that were given, and whether each is the one that the seed gives."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from resilience.participants.arms import auditing, plans
from resilience.participants.models import AllocationPlan


class Command(BaseCommand):
    """`manage.py check_allocation SLUG`: `stratum,number,stored,drawn` in rows; an error where the two differ."""

    help = "Check that the groups of a programme are those that its seed gives, in the order in which people came."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the programme."""
        parser.add_argument("programme", help="the programme's short name")

    def handle(self, *, programme: str, **options: object) -> None:
        """Print every place that was given; the seed itself once nobody comes into a group any more."""
        plan = AllocationPlan.objects.filter(programme__slug=programme, confirmed_at__isnull=False).first()
        if plan is None:
            raise CommandError(f"{programme} has no confirmed groups")
        self.stdout.write("stratum,number,stored,drawn")
        for line in auditing.lines(plan):
            self.stdout.write(f'"{line.stratum}",{line.number},{line.stored},{line.drawn}')
        self.stderr.write(f"mark of the seed: {plans.mark(plan)}")
        if plan.ended_at:
            self.stderr.write(f"seed: {plan.seed}")
        if not auditing.holds(plan):
            raise CommandError("what is stored is not what the seed gives")
