"""What somebody is asked now."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from resilience.measures import catalogue, covers, permission
from resilience.measures.models import LeftOut, Occasion, Response
from resilience.participants.models import Enrolment, Respondent


def due(respondent: Respondent, *, now: datetime) -> list[Occasion]:
    """Return the open occasions that are not answered yet, in the order of the plan.

    An instrument that this site may not show, or not any more, is not among them.
    """
    open_ones = _in_order(open_now(now=now).filter(respondent=respondent, responses=None))
    left_out = not_asked(respondent, [each.instrument for each in open_ones])
    found = [each for each in open_ones if each.instrument not in left_out and may_be_shown(each.instrument)]
    for each in found:
        each.respondent = respondent
    return found


def not_asked(respondent: Respondent, instruments: Iterable[str]) -> set[str]:
    """Return those of the instruments that somebody did not agree to, or for which nobody stands by."""
    asked = list(instruments)
    withheld = permission.withheld(respondent, asked)
    if not any(map(catalogue.alarms, asked)):  # most ask nothing of that kind: the programme need not be read
        return withheld
    return withheld | covers.unattended(asked, respondent.enrolment.cohort.programme)


def may_be_shown(instrument: str) -> bool:
    """Return whether this site has the words of an instrument, and may show them."""
    try:
        return catalogue.get(instrument).words is not None
    except catalogue.UnknownInstrument:
        return False


def open_now(*, now: datetime) -> QuerySet[Occasion]:
    """Return the occasions that take answers at a moment."""
    begun = Q(opens_at__lte=now) | Q(opens_at=None, due_at__lte=now)
    return Occasion.objects.filter(begun, closes_at__gt=now)


def note_opened(seen: Iterable[Occasion], *, at: datetime) -> None:
    """Note that somebody saw what they are asked, the first time."""
    if fresh := [each.pk for each in seen if each.opened_at is None]:
        Occasion.objects.filter(pk__in=fresh, opened_at=None).update(opened_at=at)


def _in_order(found: QuerySet[Occasion]) -> list[Occasion]:
    occasions = list(found.select_related("timepoint").prefetch_related("timepoint__planned"))
    return sorted(occasions, key=lambda each: (each.timepoint.position, _place(each)))


def _place(occasion: Occasion) -> int:
    places = {cell.instrument: cell.position for cell in occasion.timepoint.planned.all()}
    return places.get(occasion.instrument, len(places))


def of(user: object, *, timepoint: str, instrument: str, programme: str = "") -> Occasion | None:
    """Return this person's occasion of a time point and instrument, or None.

    Somebody in several programmes may have one in each: without a `programme` it is that of the enrolment that their
    pages are about, the newest that they have not left.
    """
    whose = {"respondent__enrolment__participant__user": user}
    if programme:
        whose["respondent__enrolment__cohort__programme__slug"] = programme
    found = Occasion.objects.filter(**whose, timepoint__key=timepoint, instrument=instrument)
    still_in = Case(
        When(respondent__enrolment__withdrawn_at=None, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    newest = (
        found.select_related(
            "timepoint",
            "respondent__enrolment__participant__user",
            "respondent__enrolment__cohort__programme",
        )
        .order_by(still_in.desc(), "-respondent__enrolment__joined_at")
        .first()
    )
    asked = newest is not None and not permission.withheld(newest.respondent, [instrument])
    return newest if asked else None


def answered(enrolment: Enrolment, timepoint_key: str) -> bool:
    """Return whether every occasion of this time point was answered (and there is one)."""
    mine = _asked_of(enrolment, timepoint_key)
    return bool(mine) and all(each.answered for each in mine)


def closed(enrolment: Enrolment, timepoint_key: str, *, now: datetime) -> bool:
    """Return whether the window of this time point is over, or somebody is not asked at it at all."""
    if mine := _asked_of(enrolment, timepoint_key):
        return all(each.closes_at <= now for each in mine)
    spared = LeftOut.objects.filter(respondent=enrolment.respondent_id, timepoint__key=timepoint_key)
    return spared.exists()


def _asked_of(enrolment: Enrolment, timepoint_key: str) -> list:
    """Return what somebody is asked at a time point, without what they did not agree to be asked."""
    mine = Occasion.objects.filter(respondent=enrolment.respondent_id, timepoint__key=timepoint_key)
    given = mine.annotate(answered=Exists(Response.objects.filter(occasion=OuterRef("pk"))))
    rows = list(given.values_list("instrument", "closes_at", "answered", named=True))
    left_out = not_asked(enrolment.respondent, [row.instrument for row in rows])
    return [row for row in rows if row.instrument not in left_out]
