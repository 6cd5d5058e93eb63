"""Where somebody is, in one question to the database: pages need it each time they are read."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Concat

from resilience import db
from resilience.accounts.models import Draft
from resilience.engagement.models import ActivityCompletion, PageView
from resilience.measures.models import Response
from resilience.participants.models import Enrolment

SEEN, TYPED, ANSWERED = "SEEN", "TYPED", "ANSWERED:"


@dataclass(frozen=True)
class SoFar:
    """What is behind somebody, what they opened today, whether something typed waits for a page, and which
    instruments that no time point asks for they have answered.
    """

    completed: dict[UUID, str]
    seen_today: frozenset[UUID]
    draft_waits: bool
    answered: frozenset[str] = frozenset()


def read(enrolment: Enrolment, *, today: date, address: str) -> SoFar:
    """Return where somebody is; `address` is the page that a kept draft would belong to."""
    found = ROWS.rows(
        enrolment=enrolment.pk, day=today, user=enrolment.participant.user_id, page=address,
        respondent=enrolment.respondent_id,
    )  # fmt: skip
    rows = [(db.as_uuid(key), how) for key, how in found]
    return SoFar(
        completed={key: how for key, how in rows if how not in (SEEN, TYPED) and ANSWERED not in how},
        seen_today=frozenset(key for key, how in rows if how == SEEN),
        draft_waits=any(how == TYPED for _, how in rows),
        answered=frozenset(how.removeprefix(ANSWERED) for _, how in rows if ANSWERED in how),
    )


def _rows(*, enrolment: UUID, day: date, user: UUID, page: str, respondent: UUID) -> QuerySet:
    completed = ActivityCompletion.objects.filter(enrolment=enrolment).values_list("activity", "how")
    seen = PageView.objects.filter(enrolment=enrolment, day=day)
    typed = Draft.objects.filter(user=user, page=page)
    answered = Response.objects.filter(respondent=respondent, occasion=None)
    return completed.union(
        seen.values_list("page", Value(SEEN, output_field=CharField())),
        typed.values_list("id", Value(TYPED, output_field=CharField())),
        answered.values_list("id", Concat(Value(ANSWERED), "instrument", output_field=CharField())),
        all=True,
    )


ROWS = db.Prepared(
    _rows,
    enrolment=UUID(int=1),
    day=date(2001, 1, 1),
    user=UUID(int=2),
    page="/an address/",
    respondent=UUID(int=3),
)
