"""A coach's day and week at a glance, and how full the coaches' weeks are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from resilience.coaching import outcomes, slots
from resilience.coaching.models import Booking, Call, Coach, Status
from resilience.engagement import sharing
from resilience.participants.models import Programme

A_WEEK = timedelta(days=7)
TWO_WEEKS = timedelta(days=14)
WEEKS = 4
USUAL = 30


@dataclass(frozen=True)
class Entry:
    """One thing in a day of the week: a booking, or a free time."""

    at: datetime
    booking: Booking | None


def day(coach: Coach, *, now: datetime) -> dict:
    """Return the next call, the others of today and of the coming days, those that want a word, the last, the week."""
    booked = Booking.objects.filter(coach=coach, status=Status.BOOKED).select_related(
        "participant__user", "enrolment__cohort__programme"
    )
    over = Call.objects.filter(booking__coach=coach, ended_at__isnull=False).values("booking")
    coming = list(booked.filter(blocked_until__gt=now).exclude(pk__in=over).order_by("starts_at")[:100])
    today = now.astimezone(ZoneInfo(coach.time_zone)).date()
    unsaid, lately = to_close(coach, now=now), _lately(booked, coming, now=now)
    return {
        "next": coming[0] if coming else None,
        "today": [each for each in coming[1:] if _day(each, coach) == today],
        "coming": [each for each in coming[1:] if _day(each, coach) > today],
        "to_close": unsaid,
        "lately": [each for each in lately if each not in unsaid],
        "newest": lately[0] if lately else None,
        "week": week(coach, coming, now=now),
        "sharing": sharing.among(each.enrolment_id for each in coming),
    }


def _lately(booked: QuerySet, coming: list[Booking], *, now: datetime) -> list[Booking]:
    """Return the calls of the last two weeks, the newest first: each can still be put right or talked over."""
    begun = booked.filter(starts_at__lte=now, starts_at__gt=now - TWO_WEEKS)
    return [each for each in begun.order_by("-starts_at") if each not in coming]


def _day(booking: Booking, coach: Coach) -> date:
    return booking.starts_at.astimezone(ZoneInfo(coach.time_zone)).date()


def to_close(coach: Coach, *, now: datetime) -> list[Booking]:
    """Return the bookings whose call is over and of which the coach has yet to say how it went.

    Nothing is asked of a call that ended since one of the two knew the other.
    """
    over = Call.objects.filter(booking__coach=coach, ended_at__isnull=False).exclude(
        events__kind__in=[outcomes.COACH_SAID, outcomes.KNOWN]
    )
    recent = over.filter(started_at__gt=now - timedelta(days=60)).select_related("booking__participant__user")
    return [call.booking for call in recent.order_by("started_at") if call.booking.status == Status.BOOKED]


def week(coach: Coach, coming: Iterable[Booking], *, now: datetime) -> list[tuple[date, list[Entry]]]:
    """Return seven days from today: what is booked and what is free, in order."""
    zone = ZoneInfo(coach.time_zone)
    first = now.astimezone(zone).date()
    until = datetime.combine(first + A_WEEK, time(), tzinfo=zone).astimezone(UTC)
    entries = [Entry(booking.starts_at, booking) for booking in coming if booking.starts_at < until]
    for slot in slots.next_free(coaches=[coach], length=_length(coach), now=now, most=200):
        if slot.starts_at < until:
            entries.append(Entry(slot.starts_at, None))
    days: dict[date, list[Entry]] = {first + timedelta(days=ahead): [] for ahead in range(7)}
    for entry in sorted(entries, key=lambda entry: entry.at):
        days.get(entry.at.astimezone(zone).date(), []).append(entry)
    return list(days.items())


def _length(coach: Coach) -> timedelta:
    programme = coach.programmes.first()
    return timedelta(minutes=programme.call_minutes if programme else USUAL)


def capacity(*, programmes: set[str] | None, now: datetime) -> list[dict]:
    """Return how many calls each coach has booked and free in each of the next four weeks; counts only."""
    held = Programme.objects.all() if programmes is None else Programme.objects.filter(slug__in=programmes)
    coaches = Coach.objects.filter(programmes__in=held, is_active=True).distinct().order_by("shown_name")
    return [
        {"coach": coach.shown_name, "slug": coach.slug, "weeks": _weeks(coach, now=now)} for coach in coaches
    ]


def _weeks(coach: Coach, *, now: datetime) -> list[dict]:
    spans = [(now + A_WEEK * ahead, now + A_WEEK * (ahead + 1)) for ahead in range(WEEKS)]
    booked = Booking.objects.filter(coach=coach, status=Status.BOOKED)
    return [
        {
            "booked": booked.filter(starts_at__gte=span[0], starts_at__lt=span[1]).count(),
            "free": slots.count(coach=coach, length=_length(coach), between=span, now=now),
        }
        for span in spans
    ]
