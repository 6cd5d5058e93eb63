"""How many, never who: totals of each cohort for those who run the programme."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.participants.models import Cohort


@dataclass(frozen=True)
class Total:
    """One cohort in figures."""

    cohort: Cohort
    joined: int
    taking_part: int
    modules_done: int
    invited: int
    invitations_open: int


def of_cohorts(cohorts: Iterable[Cohort], *, now: datetime) -> list[Total]:
    """Return the totals of each cohort, by one query."""
    joined, invited = "enrolments", "invitations"
    counted = (
        Cohort.objects.filter(pk__in=[cohort.pk for cohort in cohorts])
        .select_related("programme")
        .annotate(
            joined=Count(joined, distinct=True),
            taking_part=Count(joined, filter=Q(enrolments__withdrawn_at=None), distinct=True),
            modules_done=Count(joined, filter=Q(enrolments__modules_done_at__isnull=False), distinct=True),
            invited=Count(invited, distinct=True),
            still_open=Count(
                invited,
                filter=Q(invitations__opened_at__isnull=False, invitations__used_at=None),
                distinct=True,
            ),
        )
    )
    return [
        Total(row, row.joined, row.taking_part, row.modules_done, row.invited, row.still_open)
        for row in counted.order_by("programme__public_name", "-opens_on")
    ]


def cohorts_run_by(user: User) -> list[Cohort]:
    """Return the cohorts of the programmes that `user` manages."""
    slugs = roles.programmes(user, Role.MANAGER)
    found = Cohort.objects.select_related("programme")
    return list(found if slugs is None else found.filter(programme__slug__in=slugs))
