"""When a time point falls due for somebody, and who has come to one that they were not asked at yet."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from resilience import clock
from resilience.measures import asking, invitations
from resilience.measures.models import Anchor, LeftOut, Occasion, PlannedMeasure, Timepoint
from resilience.participants import milestones
from resilience.participants.models import Enrolment, Milestone, Programme, Reached

AT_ONCE = 500
CLOCK_CHANGES = timedelta(
    hours=3
)  # days are counted in the person's own zone, and some have more or fewer hours

Moments = Mapping[tuple[str, str], datetime]


def plan_of(programme_id: UUID) -> list[Timepoint]:
    """Return the programme's time points in order, each with its planned measures."""
    found = Timepoint.objects.filter(programme_id=programme_id).prefetch_related("planned")
    return list(found.order_by("position"))


def due_dates(
    enrolment: Enrolment, timepoints: Iterable[Timepoint], *, reached: Moments | None = None
) -> dict[UUID, datetime]:
    """Return when each time point falls, or fell, due for somebody; those that hang on an event to come are absent.

    A time point falls due by its event, and at the latest `latest_days` after joining, the event or not. Days are
    those of the person's own zone. `reached` says when what was reached; it is looked up where it is left out.
    """
    planned, due = list(timepoints), dict[UUID, datetime]()
    if reached is None:
        reached = _reached([enrolment], planned).get(enrolment.pk, {})
    for timepoint in planned:
        moment = _moment(enrolment, timepoint, due, reached)
        if moment is not None:
            due[timepoint.pk] = moment
    return due


def _reached(enrolments: Iterable[Enrolment], timepoints: Iterable[Timepoint]) -> dict[UUID, Moments]:
    wanted = {milestone_of(each)[0] for each in timepoints if milestone_of(each)}
    return milestones.reached([each.pk for each in enrolments], what=wanted) if wanted else {}


def milestone_of(timepoint: Timepoint) -> tuple[str, str] | None:
    """Return the kind of milestone that a time point counts from and what it is about, or None."""
    about = {
        Anchor.LIVE_SESSION: (Reached.LIVE_SESSION, timepoint.live_session),
        Anchor.MODULE: (Reached.MODULE, timepoint.module),
        Anchor.CALL: (Reached.CALL, str(timepoint.nth_call)),
    }
    return about.get(timepoint.anchor)


def _moment(
    enrolment: Enrolment, timepoint: Timepoint, due: Mapping[UUID, datetime], reached: Moments
) -> datetime | None:
    zone, events = enrolment.participant.time_zone, _events(enrolment, timepoint, due, reached)
    moments = [clock.days_after(each, timepoint.offset_days, zone) for each in events if each is not None]
    if timepoint.latest_days is not None:
        moments.append(clock.days_after(enrolment.joined_at, timepoint.latest_days, zone))
    return min(moments, default=None)


def _events(
    enrolment: Enrolment, timepoint: Timepoint, due: Mapping[UUID, datetime], reached: Moments
) -> tuple[datetime | None, ...]:
    """Return the moments from which a time point counts, whichever comes first."""
    match timepoint.anchor:
        case Anchor.ENROLMENT:
            return (enrolment.joined_at,)
        case Anchor.MODULES_DONE:
            return (enrolment.modules_done_at,)
        case Anchor.CALLS_DONE:
            return enrolment.calls_done_at, calls_close(enrolment)
        case Anchor.CALL:
            return reached.get(milestone_of(timepoint)), calls_close(enrolment)
        case Anchor.TIMEPOINT:
            return (due.get(timepoint.after_id),)
        case _:
            return (reached.get(milestone_of(timepoint)),)


def calls_close(enrolment: Enrolment) -> datetime:
    """Return when the time for calls is over for somebody, whether they had one or none."""
    return enrolment.joined_at + timedelta(days=enrolment.cohort.programme.calls_close_after_days)


def refresh(*, enrolment: Enrolment, now: datetime) -> int:
    """Make the occasions that have fallen due for somebody; return how many are new: none after they have stopped."""
    if enrolment.withdrawn_at is not None:
        return 0
    made = _make([enrolment], plan_of(enrolment.cohort.programme_id), now=now)
    if made:
        invitations.plan_due(now=now, respondent=enrolment.respondent_id)
    return made


def refresh_all(*, now: datetime) -> int:
    """Make the occasions that have fallen due for everybody who takes part; return how many are new.

    Only people who have come to a time point are read, so many at once: a hundred thousand take no more memory.
    """
    made = 0
    for programme in Programme.objects.filter(is_synthetic=False):
        plan = plan_of(programme.pk)
        for some in _in_batches(_arrived(programme, plan, now=now)):
            made += _make(some, plan, now=now)
    invitations.plan_due(now=now)
    return made


def _arrived(programme: Programme, plan: list[Timepoint], *, now: datetime) -> QuerySet[Enrolment]:
    """Return who takes part and has come to a time point that they were neither asked at nor spared."""
    some = Q(pk__in=[])
    for timepoint in plan:
        if timepoint.planned.all():
            opens = now + CLOCK_CHANGES + timedelta(days=timepoint.early_days)
            some |= _not_yet(timepoint) & _has_come(timepoint, opens, programme, plan)
    taking_part = Enrolment.objects.filter(
        cohort__programme=programme, withdrawn_at=None, respondent__erased_at=None
    )
    return taking_part.filter(some).select_related("participant__user", "cohort__programme")


def _not_yet(timepoint: Timepoint) -> Q:
    mine = {"respondent": OuterRef("respondent_id"), "timepoint": timepoint}
    return Q(~Exists(Occasion.objects.filter(**mine))) & Q(~Exists(LeftOut.objects.filter(**mine)))


def _has_come(timepoint: Timepoint, by: datetime, programme: Programme, plan: list[Timepoint]) -> Q:
    """Return the condition that a time point has fallen due by a moment, in days of twenty-four hours."""
    event = by - timedelta(days=timepoint.offset_days)
    calls_over = Q(joined_at__lte=event - timedelta(days=programme.calls_close_after_days))
    found = {
        Anchor.ENROLMENT: lambda: Q(joined_at__lte=event),
        Anchor.MODULES_DONE: lambda: Q(modules_done_at__lte=event),
        Anchor.CALLS_DONE: lambda: Q(calls_done_at__lte=event) | calls_over,
        Anchor.CALL: lambda: _was_reached(timepoint, event) | calls_over,
        Anchor.TIMEPOINT: lambda: _has_come(_one(plan, timepoint.after_id), event, programme, plan),
    }.get(timepoint.anchor, lambda: _was_reached(timepoint, event))()
    if timepoint.latest_days is not None:
        found |= Q(joined_at__lte=by - timedelta(days=timepoint.latest_days))
    return found


def _one(plan: list[Timepoint], key: UUID) -> Timepoint:
    return next(each for each in plan if each.pk == key)


def _was_reached(timepoint: Timepoint, by: datetime) -> Q:
    what, about = milestone_of(timepoint)
    mine = Milestone.objects.filter(enrolment=OuterRef("pk"), what=what, about=about, at__lte=by)
    return Q(Exists(mine))


def _in_batches(people: QuerySet[Enrolment]) -> Iterator[list[Enrolment]]:
    """Yield the people, so many at once; each batch is read when the one before it is done with."""
    found = list(people.order_by("pk")[:AT_ONCE])
    while found:
        yield found
        found = list(people.filter(pk__gt=found[-1].pk).order_by("pk")[:AT_ONCE])


def _make(enrolments: list[Enrolment], plan: list[Timepoint], *, now: datetime) -> int:
    reached, rows = _reached(enrolments, plan), []
    for enrolment in enrolments:
        due = due_dates(enrolment, plan, reached=reached.get(enrolment.pk, {}))
        rows.append((enrolment, due))
    return asking.make(rows, plan, now=now)


def comes_to_everybody(timepoint: Timepoint) -> bool:
    """Return whether a time point asks something and falls due for everybody, whatever they do or leave."""
    return timepoint.planned.exists() and _has_a_day(timepoint)


def _has_a_day(timepoint: Timepoint) -> bool:
    by_itself = (Anchor.ENROLMENT, Anchor.CALLS_DONE, Anchor.CALL)
    if timepoint.anchor in by_itself or timepoint.latest_days is not None:
        return True
    return timepoint.anchor == Anchor.TIMEPOINT and _has_a_day(timepoint.after)


def questions_and_minutes(cells: Iterable[PlannedMeasure]) -> tuple[int, int]:
    """Return how many questions these cells of the grid ask, and the minutes they take."""
    from resilience.measures import catalogue

    instruments = [catalogue.get(cell.instrument) for cell in cells]
    return sum(len(each.asked) for each in instruments), catalogue.minutes_of(instruments)
