"""Make a coach of somebody, change what is said of one, and end it on a day."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.text import slugify

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.audit import events, trail
from resilience.coaching import bookable, cover
from resilience.coaching import booking as bookings
from resilience.coaching.models import Booking, By, Coach, Status
from resilience.messaging import optouts, outbox
from resilience.messaging.models import Channel
from resilience.participants.models import Programme, Respondent
from resilience.telephony import numbers

INVITED = "coach_invited"
TWO_WEEKS = timedelta(days=14)
SECRET_BYTES = 32
RESERVED = {"new", "training"}  # words of our own addresses


class CoachesAlready(Exception):
    """Somebody with this address is a coach; `coach` is who."""

    def __init__(self, coach: Coach) -> None:
        super().__init__(coach.slug)
        self.coach = coach


@dataclass(frozen=True)
class Facts:
    """What is said of a coach. `phone` as it was typed; nothing typed takes the number away."""

    shown_name: str
    profile: str = ""
    languages: Collection[str] = field(default_factory=list)
    background: str = ""
    phone: str = ""
    most_people: int | None = None


def shown_to(user: User) -> list[Programme]:
    """Return the programmes for which somebody makes and ends coaches: as manager or as lead of the coaches."""
    held = [roles.programmes(user, role) for role in (Role.MANAGER, Role.COACH_LEAD)]
    every = Programme.objects.filter(is_synthetic=False).order_by("public_name")
    if None in held:
        return list(every)
    return list(every.filter(slug__in=set().union(*[slugs for slugs in held if slugs])))


@transaction.atomic
def make(*, address: str, facts: Facts, programmes: Collection[Programme], by: User, now: datetime) -> Coach:
    """Make a coach in training, who is told by e-mail how to sign in. Raises CoachesAlready or numbers.NotANumber."""
    number = _number(facts.phone)
    user = User.objects.filter(email=address.strip().lower()).first() or User.objects.create_user(address)
    if (standing := Coach.objects.filter(user=user).first()) is not None:
        raise CoachesAlready(standing)
    coach = Coach(
        user=user, respondent=Respondent.objects.create(), slug=_slug(facts.shown_name), in_training=True,
        calendar_secret=secrets.token_urlsafe(SECRET_BYTES),
    )  # fmt: skip
    _say(coach, facts, number)
    coach.save()
    _coach_in(coach, programmes, among=programmes, by=by, now=now)
    tell(coach, now=now)
    trail.record(events.COACH_MADE, at=now, target=coach, by=by)
    return coach


def tell(coach: Coach, *, now: datetime) -> None:
    """Write to a coach how to sign in; once a day at the most."""
    day = clock.local_day(now, coach.time_zone)
    outbox.plan(
        key=f"{INVITED}:{coach.pk}:{day}", kind=INVITED, channel=Channel.EMAIL, recipient=coach.user,
        target_id=coach.pk, due_at=now, not_after=now + TWO_WEEKS,
    )  # fmt: skip


@transaction.atomic
def change(
    *, coach: Coach, facts: Facts, programmes: Collection[Programme], among: Collection[Programme], by: User,
    now: datetime,
) -> Coach:  # fmt: skip
    """Change what is said of a coach; of `among`, they coach in `programmes` from now on. Raises numbers.NotANumber.

    Whoever changes it decides on their own programmes alone: those of others stay as they are.
    """
    say(coach=coach, facts=facts, by=by, now=now)
    _coach_in(coach, programmes, among=among, by=by, now=now)
    return coach


@transaction.atomic
def say(*, coach: Coach, facts: Facts, by: User, now: datetime) -> None:
    """Change what is said of a coach, and the number that we ring. Raises numbers.NotANumber."""
    _say(coach, facts, _number(facts.phone))
    coach.save()
    trail.record(events.COACH_CHANGED, at=now, target=coach, by=by)


def _number(typed: str) -> str:
    return numbers.parse(typed).e164 if typed.strip() else ""


def _say(coach: Coach, facts: Facts, number: str) -> None:
    coach.shown_name, coach.profile, coach.background = facts.shown_name, facts.profile, facts.background
    coach.languages, coach.most_people = list(facts.languages), facts.most_people
    coach.phone, coach.phone_index = number, optouts.index(number) if number else ""


def _coach_in(
    coach: Coach, programmes: Collection[Programme], *, among: Collection[Programme], by: User, now: datetime
) -> None:
    wanted = {programme.pk for programme in programmes}
    coach.programmes.add(*programmes)
    coach.programmes.remove(*[each for each in among if each.pk not in wanted])
    for programme in among:
        act = roles.grant if programme.pk in wanted else roles.end
        act(user=coach.user, role=Role.COACH, programme=programme.slug, by=by, now=now)


def _slug(name: str) -> str:
    """Return a slug that nobody has: the name's own, or with a number after it."""
    first = slugify(name)[:40] or "coach"
    taken = RESERVED | set(Coach.objects.filter(slug__startswith=first).values_list("slug", flat=True))
    numbered = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return first if first not in taken else next(slug for slug in numbered if slug not in taken)


@transaction.atomic
def end(*, coach: Coach, last_date: date, by: User, now: datetime) -> int:
    """Let this be a coach's last day; one that is over ends the coach at once.

    Calls booked after it are called off from our side, with other times. Return how many.
    """
    coach.last_date = last_date
    coach.save(update_fields=["last_date"])
    called_off = _call_off(coach, by=by, now=now)
    trail.record(events.COACH_ENDED, at=now, target=coach, by=by, last_date=str(last_date), calls=called_off)
    end_due(now=now)
    coach.refresh_from_db()
    return called_off


def _call_off(coach: Coach, *, by: User, now: datetime) -> int:
    booked = Booking.objects.filter(coach=coach, status=Status.BOOKED, starts_at__gt=now)
    later = list(booked.filter(starts_at__gte=bookable.until(coach)).order_by("participant"))
    for each in later:
        bookings.cancel(each, by=by, now=now, side=By.US)
    return len(later)


@transaction.atomic
def begin_again(*, coach: Coach, by: User, now: datetime) -> Coach:
    """Take a last day back: what they had met of the minimum still counts."""
    coach.last_date, coach.is_active = None, True
    coach.save(update_fields=["last_date", "is_active"])
    for programme in coach.programmes.all():
        roles.grant(user=coach.user, role=Role.COACH, programme=programme.slug, by=by, now=now)
    trail.record(events.COACH_CHANGED, at=now, target=coach, by=by)
    return coach


@transaction.atomic
def end_due(*, now: datetime) -> int:
    """End the coaches whose last day is over where they live: no times are shown, the role ends; return how many."""
    near = Coach.objects.filter(is_active=True, last_date__lte=now.date()).select_related("user")
    over = [coach for coach in near if bookable.until(coach) <= now]
    for coach in over:
        cover.end(coach, by=None, now=now)
    return len(over)
