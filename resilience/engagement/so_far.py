"""Where somebody is, in one question to the database: pages need it each time they are read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Case, CharField, Exists, Max, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat

from resilience import db
from resilience.accounts.models import Draft
from resilience.engagement.models import ActivityCompletion, Entry, How, PageView, Remark, Tally
from resilience.measures.models import LeftOut, Occasion, PlannedMeasure, Response, Timepoint
from resilience.participants.models import Enrolment, Milestone, Reached

SEEN, OPENED, WROTE, TYPED = "SEEN", "OPENED", "WROTE", "TYPED"
TAPPED, REMARKED, INSTRUMENT = "TAPPED", "REMARKED", "INSTRUMENT"
PLANNED, AWAITS, OVER = "PLANNED", "AWAITS", "OVER"
CHARS = CharField()


@dataclass(frozen=True)
class SoFar:
    """What is behind somebody, what they opened today, whether something typed waits for a page; and what stays open.

    `begun` are the pages that they ever opened or wrote in, `parts` those whose every piece was behind them once,
    `sessions` the live sessions that they attended or that are over. `tapped` is what they tapped, by what is counted
    and about what; `remarked` the parts to whose makers they wrote; `instruments` what they answered that no time
    point asks for. `questions` are the time points that ask
    something, by key, with their label; `answered` those that are answered or closed. The last two are read where
    they are asked for.
    """

    completed: dict[UUID, str]
    seen_today: frozenset[UUID]
    draft_waits: bool
    begun: frozenset[UUID] = frozenset()
    parts: frozenset[str] = frozenset()
    sessions: frozenset[str] = frozenset()
    tapped: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    remarked: frozenset[str] = frozenset()
    instruments: frozenset[str] = frozenset()
    questions: dict[str, str] = field(default_factory=dict)
    answered: frozenset[str] = frozenset()


def read(
    enrolment: Enrolment, *, today: date, address: str, now: datetime | None = None, questions: bool = False
) -> SoFar:
    """Return where somebody is; `address` is the page that a kept draft would belong to.

    With `questions` the time points are read too, as they stand at `now`.
    """
    values = {
        "enrolment": enrolment.pk, "day": today, "user": enrolment.participant.user_id, "page": address,
        "respondent": enrolment.respondent_id,
    }  # fmt: skip
    if questions:
        values |= {"programme": enrolment.cohort.programme_id, "now": now}
    found = (WITH_QUESTIONS if questions else ROWS).rows(**values)
    return _read([(db.as_uuid(key), *what.split(":", 2)) for key, what in found])


def _read(rows: list[tuple]) -> SoFar:
    awaited, over = _named(rows, AWAITS), _named(rows, OVER)
    return SoFar(
        completed={row[0]: row[1] for row in rows if row[1] in How.values},
        seen_today=frozenset(row[0] for row in rows if row[1] == SEEN),
        draft_waits=any(row[1] == TYPED for row in rows),
        begun=frozenset(row[0] for row in rows if row[1] in (SEEN, OPENED, WROTE)),
        parts=_named(rows, Reached.MODULE),
        sessions=_named(rows, Reached.LIVE_SESSION),
        tapped=_tapped([(row[2], *row[3].split(":")) for row in rows if row[1] == TAPPED]),
        remarked=_named(rows, REMARKED),
        instruments=_named(rows, INSTRUMENT),
        questions={row[2]: row[3] for row in rows if row[1] == PLANNED},
        answered=over - awaited,
    )


def _named(rows: Iterable[tuple], kind: str) -> frozenset[str]:
    return frozenset(row[2] for row in rows if row[1] == kind)


def _tapped(rows: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], frozenset[str]] = {}
    for what, about, tag in rows:
        found[what, about] = found.get((what, about), frozenset()) | {tag}
    return found


def _rows(*, enrolment: UUID, day: date, user: UUID, page: str, respondent: UUID) -> QuerySet:
    of_pages = _of_pages(enrolment, day, user, page)
    return _completed(enrolment).union(*of_pages, *_of_taps(enrolment, respondent), all=True)


def _with_questions(
    *, enrolment: UUID, day: date, user: UUID, page: str, respondent: UUID, programme: UUID, now: datetime
) -> QuerySet:
    of_all = [*_of_pages(enrolment, day, user, page), *_of_taps(enrolment, respondent)]
    return _completed(enrolment).union(*of_all, *_of_questions(respondent, programme, now), all=True)


def _completed(enrolment: UUID) -> QuerySet:
    return ActivityCompletion.objects.filter(enrolment=enrolment).values_list("activity", "how")


def _of_pages(enrolment: UUID, day: date, user: UUID, page: str) -> tuple[QuerySet, ...]:
    opened = PageView.objects.filter(enrolment=enrolment).values("page").annotate(last=Max("day"))
    when = Case(When(last=day, then=Value(SEEN)), default=Value(OPENED), output_field=CHARS)
    mine = {"enrolment": enrolment}
    return (
        opened.values_list("page", when),
        Entry.objects.filter(**mine).values_list("page", Value(WROTE, output_field=CHARS)),
        Draft.objects.filter(user=user, page=page).values_list("id", Value(TYPED, output_field=CHARS)),
        Milestone.objects.filter(**mine).values_list(
            "id", Concat("what", Value(":"), "about", output_field=CHARS)
        ),
    )


def _of_taps(enrolment: UUID, respondent: UUID) -> tuple[QuerySet, ...]:
    asked_once = Response.objects.filter(respondent=respondent, occasion=None)
    return (
        Tally.objects.filter(enrolment=enrolment).values_list("id", _told(TAPPED, "what", "about", "tag")),
        Remark.objects.filter(enrolment=enrolment).values_list("id", _told(REMARKED, "about")),
        asked_once.values_list("id", _told(INSTRUMENT, "instrument")),
    )


def _told(word: str, *names: str) -> Concat:
    """Return a word and the values of slugs in one column, with a colon before each."""
    parts = [part for name in names for part in (Value(":"), name)]
    return Concat(Value(word), *parts, output_field=CHARS)


def _of_questions(respondent: UUID, programme: UUID, now: datetime) -> tuple[QuerySet, ...]:
    answered = Exists(Response.objects.filter(occasion=OuterRef("pk")))
    over = When(Q(closes_at__lte=now) | answered, then=Value(OVER))
    state = Case(over, default=Value(AWAITS), output_field=CHARS)
    asks = Exists(PlannedMeasure.objects.filter(timepoint=OuterRef("pk")).order_by())
    planned = Timepoint.objects.filter(asks, programme=programme).order_by()
    named = Concat(Value(f"{PLANNED}:"), "key", Value(":"), "label", output_field=CHARS)
    asked = Concat(state, Value(":"), "timepoint__key", output_field=CHARS)
    occasions = Occasion.objects.filter(respondent=respondent)
    spared = LeftOut.objects.filter(respondent=respondent)
    return (
        occasions.values_list("id", asked),
        spared.values_list("id", Concat(Value(f"{OVER}:"), "timepoint__key", output_field=CHARS)),
        planned.values_list("id", named),
    )


EXAMPLES = {
    "enrolment": UUID(int=1), "day": date(2001, 1, 1), "user": UUID(int=2), "page": "/an address/",
    "respondent": UUID(int=3),
}  # fmt: skip
ROWS = db.Prepared(_rows, **EXAMPLES)
WITH_QUESTIONS = db.Prepared(
    _with_questions, **EXAMPLES, programme=UUID(int=4),
    now=datetime(2001, 1, 1, 1, 1, tzinfo=UTC),
)  # fmt: skip
