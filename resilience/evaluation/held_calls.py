"""The calls of a cohort of this site as of a moment: what became of each, and what it took of the coach's time."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Min

from resilience import clock
from resilience.coaching import whom
from resilience.coaching.models import Booking, Call, CoachReport, Status
from resilience.evaluation import windows
from resilience.evaluation.analysis import frozen
from resilience.evaluation.cohorts import Cohort

TOLD = ("call_id", "preparation_minutes", "notes_minutes")
BACKGROUNDS = {whom.YES: frozen.CLINICAL, whom.NO: frozen.NOT_CLINICAL}


def of(cohort: Cohort) -> Iterable[frozen.Call]:
    """One row for each call with an outcome, and for each booking that was cancelled."""
    enrolled = [row.pk for row in cohort.people]
    held = Call.objects.filter(booking__enrolment__in=enrolled, started_at__lte=cohort.as_of).exclude(
        outcome=""
    )
    told = _told(enrolled, cohort)
    for call in held.select_related("booking__enrolment", "booking__coach").order_by("started_at", "pk"):
        preparation, notes = told.get(call.pk, (None, None))
        minutes = round(call.minutes or 0)
        yield _call(call.booking, call.outcome, minutes, preparation=preparation, notes=notes)
    ended = Booking.objects.filter(
        enrolment__in=enrolled, status=Status.CANCELLED, cancelled_at__lte=cohort.as_of
    )
    for booking in ended.select_related("enrolment", "coach").order_by("starts_at", "pk"):
        yield _call(booking, frozen.CANCELLED, 0)


def before(cohort: Cohort) -> dict[str, bool]:
    """Of each later time point that had come: whether anybody who answered had had a call before they did."""
    rows = Call.objects.filter(
        booking__enrolment__in=[row.pk for row in cohort.people],
        outcome=frozen.FULFILLED,
        started_at__lte=cohort.as_of,
    ).values_list("booking__enrolment__respondent_id")
    first = dict(rows.annotate(Min("started_at")))
    later = cohort.evaluation.plan.content["timepoints"][1:]
    found: dict[str, bool] = {}
    for who, key, answered, *_due in windows.first_answers(cohort):
        found[key] = found.get(key, False) or (who in first and first[who] < answered)
    return {key: found[key] for key in later if key in found}


def _told(enrolled: list, cohort: Cohort) -> dict[Any, tuple[int | None, int | None]]:
    """The minutes that a coach told of preparing each call, and of writing it up."""
    rows = CoachReport.objects.filter(call__booking__enrolment__in=enrolled, kept_at__lte=cohort.as_of)
    return {call: (before, after) for call, before, after in rows.values_list(*TOLD)}


def _call(booking: Booking, outcome: str, minutes: int, **more: Any) -> frozen.Call:
    return frozen.Call(
        str(booking.enrolment.respondent_id),
        str(booking.coach.respondent_id),
        outcome,
        minutes,
        booking.way,
        waited=_waited(booking),
        background=BACKGROUNDS.get(whom.worked_with_patients(booking.coach), ""),
        **more,
    )


def _waited(booking: Booking) -> int:
    """The days from booking to the call; a booking that was typed in afterwards waited for none."""
    first, last = (clock.local_day(at, booking.time_zone) for at in (booking.made_at, booking.starts_at))
    return max(0, (last - first).days)
