"""When a time point falls due for somebody, and the occasions that follow from it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from resilience.measures import invitations
from resilience.measures.models import Anchor, Occasion, PlannedMeasure, Timepoint
from resilience.participants import milestones
from resilience.participants.models import Enrolment, Programme, Reached


def plan_of(programme_id: UUID) -> list[Timepoint]:
    """Return the programme's time points in order, each with its planned measures."""
    found = Timepoint.objects.filter(programme_id=programme_id).prefetch_related("planned")
    return list(found.order_by("position"))


def due_dates(
    enrolment: Enrolment, timepoints: Iterable[Timepoint], *, sessions: Mapping[str, datetime] | None = None
) -> dict[UUID, datetime]:
    """Return when each time point falls, or fell, due for somebody; those that hang on an event to come are absent.

    A time point falls due by its event, and at the latest `latest_days` after joining, the event or not. `sessions`
    says when each live session was attended or over; it is looked up where it is left out.
    """
    planned, due = list(timepoints), dict[UUID, datetime]()
    if sessions is None:
        sessions = _sessions([enrolment], planned).get(enrolment.pk, {})
    for timepoint in planned:
        moment = _moment(enrolment, timepoint, due, sessions)
        if moment is not None:
            due[timepoint.pk] = moment
    return due


def _sessions(
    enrolments: Iterable[Enrolment], timepoints: Iterable[Timepoint]
) -> dict[UUID, dict[str, datetime]]:
    if not any(each.anchor == Anchor.LIVE_SESSION for each in timepoints):
        return {}
    return milestones.reached([each.pk for each in enrolments], what=Reached.LIVE_SESSION)


def _moment(
    enrolment: Enrolment,
    timepoint: Timepoint,
    due: Mapping[UUID, datetime],
    sessions: Mapping[str, datetime],
) -> datetime | None:
    anchors = {
        Anchor.ENROLMENT: enrolment.joined_at,
        Anchor.MODULES_DONE: enrolment.modules_done_at,
        Anchor.CALLS_DONE: enrolment.calls_done_at,
        Anchor.TIMEPOINT: due.get(timepoint.after_id),
        Anchor.LIVE_SESSION: sessions.get(timepoint.live_session),
    }
    event = anchors[timepoint.anchor]
    moments = [event + timedelta(days=timepoint.offset_days)] if event else []
    if timepoint.latest_days is not None:
        moments.append(enrolment.joined_at + timedelta(days=timepoint.latest_days))
    return min(moments, default=None)


def refresh(*, enrolment: Enrolment, now: datetime) -> int:
    """Make the occasions that have fallen due for somebody; return how many are new: none after they have stopped."""
    if enrolment.withdrawn_at is not None:
        return 0
    made = _make([enrolment], plan_of(enrolment.cohort.programme_id), now=now)
    if made:
        invitations.plan_due(now=now, respondent=enrolment.respondent_id)
    return made


def refresh_all(*, now: datetime) -> int:
    """Make the occasions that have fallen due for everybody who takes part; return how many are new."""
    made = 0
    for programme in Programme.objects.filter(is_synthetic=False):
        taking_part = Enrolment.objects.filter(cohort__programme=programme, withdrawn_at=None)
        active = taking_part.filter(Q(respondent__erased_at=None)).select_related("participant__user")
        made += _make(list(active), plan_of(programme.pk), now=now)
    invitations.plan_due(now=now)
    return made


def _make(enrolments: list[Enrolment], timepoints: list[Timepoint], *, now: datetime) -> int:
    there, sessions = _already(enrolments), _sessions(enrolments, timepoints)
    fresh: list[Occasion] = []
    for enrolment in enrolments:
        due = due_dates(enrolment, timepoints, sessions=sessions.get(enrolment.pk, {}))
        for timepoint in timepoints:
            moment = due.get(timepoint.pk)
            if moment is not None and moment <= now and (enrolment.respondent_id, timepoint.pk) not in there:
                fresh += _occasions(enrolment, timepoint, moment)
    Occasion.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _already(enrolments: list[Enrolment]) -> set[tuple[UUID, UUID]]:
    if len(enrolments) == 1:
        rows = Occasion.objects.filter(respondent_id=enrolments[0].respondent_id)
    else:
        programmes = {enrolment.cohort_id for enrolment in enrolments}
        rows = Occasion.objects.filter(respondent__enrolment__cohort_id__in=programmes)
    return set(rows.values_list("respondent_id", "timepoint_id").distinct())


def _occasions(enrolment: Enrolment, timepoint: Timepoint, due_at: datetime) -> list[Occasion]:
    closes_at = due_at + timedelta(days=timepoint.window_days)
    return [
        Occasion(
            respondent_id=enrolment.respondent_id, timepoint=timepoint, instrument=cell.instrument,
            due_at=due_at, closes_at=closes_at,
        )
        for cell in timepoint.planned.all()
    ]  # fmt: skip


def comes_to_everybody(timepoint: Timepoint) -> bool:
    """Return whether a time point asks something and falls due for everybody, whatever they do or leave."""
    return timepoint.planned.exists() and _has_a_day(timepoint)


def _has_a_day(timepoint: Timepoint) -> bool:
    if timepoint.anchor == Anchor.ENROLMENT or timepoint.latest_days is not None:
        return True
    return timepoint.anchor == Anchor.TIMEPOINT and _has_a_day(timepoint.after)


def questions_and_minutes(cells: Iterable[PlannedMeasure]) -> tuple[int, int]:
    """Return how many questions these cells of the grid ask, and the minutes they take."""
    from resilience.measures import catalogue

    instruments = [catalogue.get(cell.instrument) for cell in cells]
    return sum(len(each.asked) for each in instruments), catalogue.minutes_of(instruments)
