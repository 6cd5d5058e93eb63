"""Where somebody is, in one question to the database: pages need it each time they are read."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import CharField, Value

from resilience.accounts.models import Draft
from resilience.engagement.models import ActivityCompletion, PageView
from resilience.participants.models import Enrolment

SEEN, TYPED = "SEEN", "TYPED"


@dataclass(frozen=True)
class SoFar:
    """What is behind somebody, what they opened today, and whether something typed waits for a page."""

    completed: dict[UUID, str]
    seen_today: frozenset[UUID]
    draft_waits: bool


def read(enrolment: Enrolment, *, today: date, address: str) -> SoFar:
    """Return where somebody is; `address` is the page that a kept draft would belong to."""
    rows = list(_completed(enrolment).union(_seen(enrolment, today), _typed(enrolment, address), all=True))
    return SoFar(
        completed={key: how for key, how in rows if how not in (SEEN, TYPED)},
        seen_today=frozenset(key for key, how in rows if how == SEEN),
        draft_waits=any(how == TYPED for _, how in rows),
    )


def _completed(enrolment: Enrolment) -> object:
    return ActivityCompletion.objects.filter(enrolment=enrolment).values_list("activity", "how")


def _seen(enrolment: Enrolment, today: date) -> object:
    seen = PageView.objects.filter(enrolment=enrolment, day=today)
    return seen.values_list("page", Value(SEEN, output_field=CharField()))


def _typed(enrolment: Enrolment, address: str) -> object:
    drafts = Draft.objects.filter(user=enrolment.participant.user_id, page=address)
    return drafts.values_list("id", Value(TYPED, output_field=CharField()))
