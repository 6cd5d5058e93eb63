"""Where somebody is, in one question to the database: pages need it each time they are read."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Concat

from resilience import db
from resilience.accounts.models import Draft
from resilience.engagement.models import ActivityCompletion, How, PageView, Remark, Tally
from resilience.measures.models import Response
from resilience.participants.models import Enrolment

SEEN, TYPED, REMARKED, TAPPED, ANSWERED = "SEEN", "TYPED", "REMARKED", "TAPPED", "ANSWERED"


@dataclass(frozen=True)
class SoFar:
    """What is behind somebody, what they opened today, whether something typed waits for a page; what they tapped,
    by what is counted and about what, the parts to whose makers they wrote, and which instruments that no time
    point asks for they have answered.
    """

    completed: dict[UUID, str]
    seen_today: frozenset[UUID]
    draft_waits: bool
    tapped: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    remarked: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()


def read(enrolment: Enrolment, *, today: date, address: str) -> SoFar:
    """Return where somebody is; `address` is the page that a kept draft would belong to."""
    found = ROWS.rows(
        enrolment=enrolment.pk, day=today, user=enrolment.participant.user_id, page=address,
        respondent=enrolment.respondent_id,
    )  # fmt: skip
    rows = [(key, *told.split()) for key, told in found]
    return SoFar(
        completed={db.as_uuid(key): what for key, what, *_ in rows if what in How.values},
        seen_today=frozenset(db.as_uuid(key) for key, what, *_ in rows if what == SEEN),
        draft_waits=any(what == TYPED for _key, what, *_ in rows),
        tapped=_tapped([told for _key, what, *told in rows if what == TAPPED]),
        remarked=_told_of(REMARKED, rows),
        answered=_told_of(ANSWERED, rows),
    )


def _told_of(word: str, rows: list[tuple]) -> frozenset[str]:
    return frozenset(told[0] for _key, what, *told in rows if what == word)


def _tapped(rows: list[list[str]]) -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], frozenset[str]] = {}
    for what, about, tag in rows:
        found[what, about] = found.get((what, about), frozenset()) | {tag}
    return found


def _rows(*, enrolment: UUID, day: date, user: UUID, page: str, respondent: UUID) -> QuerySet:
    completed = ActivityCompletion.objects.filter(enrolment=enrolment).values_list("activity", "how")
    seen = PageView.objects.filter(enrolment=enrolment, day=day)
    typed = Draft.objects.filter(user=user, page=page)
    remarks = Remark.objects.filter(enrolment=enrolment)
    tapped = Tally.objects.filter(enrolment=enrolment)
    answered = Response.objects.filter(respondent=respondent, occasion=None)
    return completed.union(
        seen.values_list("page", Value(SEEN, output_field=CharField())),
        typed.values_list("id", Value(TYPED, output_field=CharField())),
        remarks.values_list("id", _told(REMARKED, "about")),
        tapped.values_list("id", _told(TAPPED, "what", "about", "tag")),
        answered.values_list("id", _told(ANSWERED, "instrument")),
        all=True,
    )


def _told(word: str, *names: str) -> Concat:
    """Return a word and the values of slugs in one column, with a space before each."""
    parts = [part for name in names for part in (Value(" "), name)]
    return Concat(Value(word), *parts, output_field=CharField())


ROWS = db.Prepared(
    _rows,
    enrolment=UUID(int=1),
    day=date(2001, 1, 1),
    user=UUID(int=2),
    page="/an address/",
    respondent=UUID(int=3),
)
