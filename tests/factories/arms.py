"""Groups of a programme: two, set up or confirmed, and people who answer their first questions."""

from collections.abc import Iterable
from datetime import datetime

from resilience.measures import arming, responses
from resilience.measures.models import Occasion
from resilience.participants.models import AllocationPlan, Arm, Enrolment, Programme
from tests.factories.accounts import UserFactory
from tests.factories.measures import OccasionFactory, TimepointFactory
from tests.factories.participants import EnrolmentFactory


def drafted(programme: Programme, *, arms: Iterable[dict] = (), **plan: object) -> AllocationPlan:
    """Return the draft of groups, by default two: one with optional calls, one without."""
    TimepointFactory(programme=programme, asks=["who5"])
    wanted = list(arms) or [{"kind": "OPTIONAL"}, {"kind": "NONE"}]
    for position, fields in enumerate(wanted, start=1):
        letter = "ab"[position - 1] if position < 3 else str(position)
        named = {"key": letter, "name": f"Group {letter.upper()}", "position": position}
        Arm.objects.create(programme=programme, **(named | fields))
    return AllocationPlan.objects.create(programme=programme, **({"blocks": [4]} | plan))


def confirmed(programme: Programme, *, now: datetime, seed: str = "", **settings: object) -> AllocationPlan:
    """Return a plan that is confirmed; with a `seed`, that one is put in the place of what was drawn."""
    drafted(programme, **settings)
    plan = arming.confirm(programme=programme, by=UserFactory(), now=now)
    if seed:
        plan.seed = seed
        plan.save()
    return plan


def asked(enrolment: Enrolment, *, at: datetime, key: str = "t1", instrument: str = "who5") -> Occasion:
    """Return an open occasion of somebody."""
    timepoint = TimepointFactory(programme=enrolment.cohort.programme, key=key)
    return OccasionFactory(
        respondent=enrolment.respondent, timepoint=timepoint, instrument=instrument, due_at=at
    )


def answers(enrolment: Enrolment, *, at: datetime) -> Enrolment:
    """Let somebody answer their first questions."""
    responses.submit(occasion=asked(enrolment, at=at), answers={"1": 3}, at=at)
    return enrolment


def arrives(programme: Programme, *, at: datetime, **respondent: str) -> Enrolment:
    """Return somebody who has just joined and answered their first questions."""
    about = {f"respondent__{name}": value for name, value in respondent.items()}
    return answers(EnrolmentFactory(cohort__programme=programme, joined_at=at, **about), at=at)


def group_of(enrolment: Enrolment) -> str:
    """Return the key of somebody's group; empty where they are in none."""
    return Enrolment.objects.filter(pk=enrolment.pk).values_list("allocation__arm__key", flat=True)[0] or ""


def answers_at(enrolment: Enrolment, key: str, instrument: str, *, at: datetime) -> None:
    """Let somebody answer an instrument at a time point."""
    responses.submit(
        occasion=asked(enrolment, at=at, key=key, instrument=instrument), answers={"1": 3}, at=at
    )
