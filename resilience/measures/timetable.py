"""Changing the timetable of a programme, also while people are under way: what they were asked stands."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.measures import grid, pack, schedules
from resilience.measures.models import LeftOut, Occasion, Timepoint, TimetableVersion
from resilience.participants import backing
from resilience.participants.models import Coaching, Enrolment, Programme


class AskedAlready(Exception):
    """Somebody was asked at this time point; it stays where it is."""


class CountedFrom(Exception):
    """Another time point counts its days from this one; `args` holds its label."""


class AtTheEnd(Exception):
    """It is the first or the last already."""


@contextmanager
def _changing(programme: Programme, *, by: User, now: datetime) -> Iterator[None]:
    """Keep how the timetable stood and how it stands afterwards, as versions; one change at a time."""
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        if not programme.timetable_versions.exists() and programme.timepoints.exists():
            TimetableVersion.objects.create(programme=programme, number=1, content=_content(programme))
        yield
        _keep(programme, by=by, now=now)


def _content(programme: Programme) -> dict:
    settings = Programme.objects.values("overlap", "coaching", "calls_offered", "calls_close_after_days")
    return {**settings.get(pk=programme.pk), "schedule": pack.schedule(programme)}


def _keep(programme: Programme, *, by: User, now: datetime) -> None:
    last, content = programme.timetable_versions.last(), _content(programme)
    if last is not None and last.content == content:
        return
    number = last.number + 1 if last else 1
    TimetableVersion.objects.create(programme=programme, number=number, content=content, from_at=now)
    trail.record(events.TIMETABLE_CHANGED, at=now, target=programme, by=by, version=number)


def was_asked(timepoint: Timepoint) -> bool:
    """Return whether anybody was asked at a time point, or was to be asked and spared."""
    return timepoint.occasions.exists() or timepoint.left_out.exists()


def anybody_was_asked(programme: Programme) -> bool:
    """Return whether anybody was asked anything by this timetable."""
    asked = Occasion.objects.filter(timepoint__programme=programme).exists()
    return asked or LeftOut.objects.filter(timepoint__programme=programme).exists()


def add(*, timepoint: Timepoint, by: User, now: datetime) -> Timepoint:
    """Put a time point at the end. Those whose window for it was over by now are not asked at it."""
    programme = timepoint.programme
    with _changing(programme, by=by, now=now):
        last = programme.timepoints.aggregate(last=Max("position"))["last"]
        timepoint.position = (last or 0) + 1
        under_way = Enrolment.objects.filter(cohort__programme=programme).exists()
        timepoint.planned_at = now if under_way else None
        timepoint.save()
    return timepoint


def change(*, timepoint: Timepoint, by: User, now: datetime) -> Timepoint:
    """Keep a time point as it is now; who was asked at it keeps the days that held then."""
    with _changing(timepoint.programme, by=by, now=now):
        timepoint.save()
    return timepoint


def remove(*, timepoint: Timepoint, by: User, now: datetime) -> None:
    """Take a time point out. Raises AskedAlready or CountedFrom."""
    with _changing(timepoint.programme, by=by, now=now):
        if was_asked(timepoint):
            raise AskedAlready
        counting = Timepoint.objects.filter(after=timepoint).order_by("position").first()
        if counting is not None:
            raise CountedFrom(counting.label)
        timepoint.delete()


def move(*, timepoint: Timepoint, earlier: bool, by: User, now: datetime) -> None:
    """Change places with the time point before or after it. Raises AtTheEnd, AskedAlready or CountedFrom."""
    with _changing(timepoint.programme, by=by, now=now):
        beside = _beside(timepoint, earlier=earlier)
        if was_asked(timepoint) or was_asked(beside):
            raise AskedAlready
        first, then = (timepoint, beside) if earlier else (beside, timepoint)
        if first.after_id == then.pk:
            raise CountedFrom(first.label)
        timepoint.position, beside.position = beside.position, timepoint.position
        Timepoint.objects.bulk_update([timepoint, beside], ["position"])


def _beside(timepoint: Timepoint, *, earlier: bool) -> Timepoint:
    others = timepoint.programme.timepoints
    if earlier:
        found = others.filter(position__lt=timepoint.position).order_by("-position").first()
    else:
        found = others.filter(position__gt=timepoint.position).order_by("position").first()
    if found is None:
        raise AtTheEnd
    return found


def ask(*, programme: Programme, asks: Mapping[str, Sequence[str]], by: User, now: datetime) -> None:
    """Ask at each time point, by its key, these instruments in this order. Who was asked already is asked no more."""
    with _changing(programme, by=by, now=now):
        for timepoint in programme.timepoints.prefetch_related("planned"):
            wanted = list(asks.get(timepoint.key, ()))
            if [cell.instrument for cell in timepoint.planned.all()] != wanted:
                grid.put(timepoint, wanted)


def begin_from(*, programme: Programme, schedule: str, by: User, now: datetime) -> None:
    """Put a ready-made timetable in place of the one that stands. Raises AskedAlready, or KeyError.

    Calls are switched on with it where somebody backs the coaches; else they stay as they are.
    """
    chosen = schedules.SCHEDULES[schedule]
    with _changing(programme, by=by, now=now):
        if anybody_was_asked(programme):
            raise AskedAlready
        programme.timepoints.filter(after__isnull=False).delete()
        programme.timepoints.all().delete()
        grid.make(programme, schedules.rows_of(schedule, programme))
        if chosen.calls is not None:
            programme.calls_offered = chosen.calls.offered
            programme.calls_close_after_days = chosen.calls.close_after_days
            if programme.coaching == Coaching.NONE and backing.stands(programme):
                programme.coaching = Coaching.OPTIONAL
            programme.save(update_fields=["coaching", "calls_offered", "calls_close_after_days"])


def settle(*, programme: Programme, by: User, now: datetime) -> None:
    """Keep how calls are offered, and what happens where time points meet. Raises backing.NotBacked."""
    with _changing(programme, by=by, now=now):
        backing.before_calls(programme)
        programme.save(update_fields=["overlap", "coaching", "calls_offered", "calls_close_after_days"])
