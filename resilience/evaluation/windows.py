"""On which day of study people answered, and when each time point was open to them."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Max, Min
from django.db.models.functions import Coalesce

from resilience import clock
from resilience.evaluation.analysis import frozen
from resilience.evaluation.cohorts import Cohort
from resilience.measures.models import Response

MOMENT = timedelta(microseconds=1)


def of(cohort: Cohort) -> Iterable[frozen.Wave]:
    """The first answer of each person at each time point. Data from elsewhere come without days."""
    if cohort.imported:
        return
    zone = cohort.evaluation.programme.time_zone
    joined = {row.respondent_id: clock.local_day(row.joined_at, zone) for row in cohort.people}
    for who, key, first, due, closes in first_answers(cohort):
        days = (clock.local_day(at, zone) for at in (first, due, closes - MOMENT))
        yield frozen.Wave(str(who), key, *((day - joined[who]).days for day in days))


def joined(cohort: Cohort) -> tuple[str, str] | None:
    """The first and the last day on which somebody joined."""
    if cohort.imported or not cohort.people:
        return None
    zone = cohort.evaluation.programme.time_zone
    days = [clock.local_day(row.joined_at, zone) for row in cohort.people]
    return min(days).isoformat(), max(days).isoformat()


def first_answers(cohort: Cohort) -> Iterable[tuple]:
    """Person, time point, first answer, when it fell due, and when an answer was no longer in time."""
    given = Response.objects.filter(
        respondent__in=cohort.respondents, occasion__isnull=False, submitted_at__lte=cohort.as_of
    )
    rows = given.values("respondent_id", "occasion__timepoint__key").annotate(
        first=Min("submitted_at"),
        due=Min("occasion__due_at"),
        closes=Max(Coalesce("occasion__late_at", "occasion__closes_at")),
    )
    return rows.order_by("respondent_id", "occasion__timepoint__key").values_list(
        "respondent_id", "occasion__timepoint__key", "first", "due", "closes"
    )
