"""What somebody is asked now."""

from collections.abc import Iterable
from datetime import datetime

from resilience.measures.models import Occasion
from resilience.participants.models import Enrolment, Respondent


def due(respondent: Respondent, *, now: datetime) -> list[Occasion]:
    """Return the open occasions that are not answered yet, in the order of the plan."""
    found = Occasion.objects.filter(respondent=respondent, due_at__lte=now, closes_at__gt=now, responses=None)
    return _in_order(found)


def note_opened(seen: Iterable[Occasion], *, at: datetime) -> None:
    """Note that somebody saw what they are asked, the first time."""
    if fresh := [each.pk for each in seen if each.opened_at is None]:
        Occasion.objects.filter(pk__in=fresh, opened_at=None).update(opened_at=at)


def _in_order(found: object) -> list[Occasion]:
    occasions = list(found.select_related("timepoint").prefetch_related("timepoint__planned"))
    return sorted(occasions, key=lambda each: (each.timepoint.position, _place(each)))


def _place(occasion: Occasion) -> int:
    places = {cell.instrument: cell.position for cell in occasion.timepoint.planned.all()}
    return places.get(occasion.instrument, len(places))


def of(user: object, *, timepoint: str, instrument: str) -> Occasion | None:
    """Return this person's newest occasion of a time point and instrument, or None."""
    found = Occasion.objects.filter(
        respondent__enrolment__participant__user=user, timepoint__key=timepoint, instrument=instrument
    )
    return (
        found.select_related(
            "timepoint",
            "respondent__enrolment__participant__user",
            "respondent__enrolment__cohort__programme",
        )
        .order_by("-respondent__enrolment__joined_at")
        .first()
    )


def answered(enrolment: Enrolment, timepoint_key: str) -> bool:
    """Return whether every occasion of this time point was answered (and there is one)."""
    mine = Occasion.objects.filter(respondent=enrolment.respondent_id, timepoint__key=timepoint_key)
    return mine.exists() and not mine.filter(responses=None).exists()


def closed(enrolment: Enrolment, timepoint_key: str, *, now: datetime) -> bool:
    """Return whether the window of this time point is over."""
    mine = Occasion.objects.filter(respondent=enrolment.respondent_id, timepoint__key=timepoint_key)
    return mine.exists() and not mine.filter(closes_at__gt=now).exists()
