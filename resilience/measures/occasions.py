"""What somebody is asked now."""

from datetime import datetime

from django.db.models import QuerySet

from resilience.measures import permission
from resilience.measures.models import Occasion
from resilience.participants.models import Enrolment, Respondent


def due(respondent: Respondent, *, now: datetime) -> list[Occasion]:
    """Return the open occasions that are not answered yet, in the order of the plan."""
    found = _asked_of(respondent).filter(due_at__lte=now, closes_at__gt=now, responses=None)
    open_now = _in_order(found)
    for each in open_now:
        each.respondent = respondent
    return open_now


def _asked_of(respondent: Respondent) -> QuerySet[Occasion]:
    """Return somebody's occasions, without those of what they did not agree to be asked."""
    mine = Occasion.objects.filter(respondent=respondent)
    left_out = permission.withheld(respondent)
    return mine.exclude(instrument__in=left_out) if left_out else mine


def _in_order(found: object) -> list[Occasion]:
    occasions = list(found.select_related("timepoint").prefetch_related("timepoint__planned"))
    return sorted(occasions, key=lambda each: (each.timepoint.position, _place(each)))


def _place(occasion: Occasion) -> int:
    places = {cell.instrument: cell.position for cell in occasion.timepoint.planned.all()}
    return places.get(occasion.instrument, len(places))


def of(user: object, *, timepoint: str, instrument: str) -> Occasion | None:
    """Return this person's newest occasion of a time point and instrument; None where they may not be asked it."""
    found = Occasion.objects.filter(
        respondent__enrolment__participant__user=user, timepoint__key=timepoint, instrument=instrument
    )
    newest = (
        found.select_related(
            "timepoint",
            "respondent__enrolment__participant__user",
            "respondent__enrolment__cohort__programme",
        )
        .order_by("-respondent__enrolment__joined_at")
        .first()
    )
    asked = newest is not None and instrument not in permission.withheld(newest.respondent)
    return newest if asked else None


def answered(enrolment: Enrolment, timepoint_key: str) -> bool:
    """Return whether every occasion of this time point was answered (and there is one)."""
    mine = _asked_of(enrolment.respondent).filter(timepoint__key=timepoint_key)
    return mine.exists() and not mine.filter(responses=None).exists()


def closed(enrolment: Enrolment, timepoint_key: str, *, now: datetime) -> bool:
    """Return whether the window of this time point is over."""
    mine = _asked_of(enrolment.respondent).filter(timepoint__key=timepoint_key)
    return mine.exists() and not mine.filter(closes_at__gt=now).exists()
