"""Learn who stands above whom and who would rather not talk with whom; what was booked against it becomes free.

Whoever looks locks a coach first and reads what is known afterwards, as a booking does: of a relation and a booking of
the same moment one always sees the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from resilience import clock
from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.coaching import booking as bookings
from resilience.coaching import firewall, retrying
from resilience.coaching.booking_models import Apart, CoachChange, Kind, WorkRelation
from resilience.coaching.models import LIVE, Booking, By, Coach, CoachingRelationship, Side
from resilience.organisations.models import Organisation
from resilience.participants.models import Enrolment, Participant

A_BATCH = 2_000


def declare(*, by: User, kind: str, other: str, other_is_above: bool, now: datetime) -> None:
    """Keep that somebody stands above this person at work, or below; `other` is a work e-mail or a staff number.

    What is booked between people who may no longer talk with one another becomes free.
    """
    own, theirs = firewall.mark(by.email), firewall.mark(other)
    above, below = (theirs, own) if other_is_above else (own, theirs)
    _declare(by, [(kind, above, below)], now=now)


def name_oneself(*, by: User, known_as: str, now: datetime) -> None:
    """Keep another work e-mail, or the staff number, under which others know this person."""
    own, other = firewall.mark(by.email), firewall.mark(known_as)
    if own != other:
        _declare(by, [(Kind.SAME, own, other), (Kind.SAME, other, own)], now=now)


def _declare(by: User, relations: Iterable[tuple[str, str, str]], *, now: datetime) -> None:
    with transaction.atomic():
        WorkRelation.objects.bulk_create(
            [
                WorkRelation(declared_by=by, kind=kind, above=above, below=below, learned_at=now)
                for kind, above, below in relations
            ],
            ignore_conflicts=True,
        )
        trail.record(events.WORK_RELATION_DECLARED, target=by, by=by, at=now)
    look_again(now=now)


@dataclass(frozen=True)
class Told:
    """How much somebody declared: people above and below them, and other names of their own."""

    above: int
    below: int
    names: int


def told(by: User) -> Told | None:
    """Return how much somebody declared, or None where it is nothing; whom, nobody can say any more."""
    own, declared = firewall.mark(by.email), WorkRelation.objects.filter(declared_by=by)
    people = declared.exclude(kind=Kind.SAME)
    found = Told(
        above=people.filter(below=own).values("above").distinct().count(),
        below=people.filter(above=own).values("below").distinct().count(),
        names=declared.filter(kind=Kind.SAME, above=own).count(),
    )
    return found if found != Told(0, 0, 0) else None


@transaction.atomic
def take_back(*, by: User, now: datetime, only_last: bool = False) -> None:
    """Forget all that somebody declared, or what they declared last: a slip, which nobody can pick out of a list."""
    declared = WorkRelation.objects.filter(declared_by=by)
    if only_last:
        declared = declared.filter(learned_at=declared.aggregate(last=Max("learned_at"))["last"])
    taken, _by_model = declared.delete()
    if taken:
        trail.record(events.WORK_RELATIONS_TAKEN_BACK, target=by, by=by, at=now)


def take_in(
    *, organisation: Organisation, relations: Sequence[tuple[str, str, str]], by: User | None, now: datetime
) -> None:
    """Keep who stands above whom in a whole organisation, in place of what was imported before.

    `relations` are kind, mark above, mark below. What is booked against them becomes free.
    """
    with transaction.atomic():
        WorkRelation.objects.filter(organisation=organisation).delete()
        WorkRelation.objects.bulk_create(
            (
                WorkRelation(organisation=organisation, kind=kind, above=above, below=below, learned_at=now)
                for kind, above, below in dict.fromkeys(relations)
            ),
            batch_size=A_BATCH,
        )
        trail.record(
            events.WORK_RELATIONS_IMPORTED, target=organisation, by=by, at=now, relations=len(set(relations))
        )
    look_again(now=now)


def look_again(*, now: datetime) -> int:
    """Free every coming call of two who may no longer talk with one another; return how many."""
    return sum(_free_of(coach, now=now) for coach in Coach.objects.order_by("pk"))


@retrying.when_asked
@transaction.atomic
def _free_of(coach: Coach, *, now: datetime) -> int:
    coach = Coach.objects.select_for_update(no_key=True, of=("self",)).select_related("user").get(pk=coach.pk)
    coming = Booking.objects.filter(coach=coach, status__in=LIVE, starts_at__gt=now)
    freed = [
        booking
        for booking in coming.select_related("participant__user").order_by("participant")
        if firewall.between(coach, booking.participant)
    ]
    for booking in freed:
        bookings.cancel(booking, by=None, now=now, side=By.US)
        _part(coach, booking.participant, now=now)
    return len(freed)


def _part(coach: Coach, participant: Participant, *, now: datetime) -> int:
    together = CoachingRelationship.objects.filter(coach=coach, enrolment__participant=participant)
    return together.filter(active_to=None).update(active_to=now)


@retrying.when_asked
@transaction.atomic
def not_with(*, coach: Coach, enrolment: Enrolment, side: str, by: User | None, now: datetime) -> None:
    """Keep these two apart, as one of them wishes; no reason is asked. A call that is booked becomes free.

    Where a participant changes a coach whom they had, that is counted beside nobody.
    """
    participant = enrolment.participant
    bookings.lock([coach.pk], participant_id=participant.pk)
    _kept, fresh = Apart.objects.get_or_create(
        coach=coach, participant=participant, side=side, defaults={"since": now}
    )
    if fresh:
        trail.record(events.KEPT_APART, target=enrolment, by=by, at=now)
    coming = Booking.objects.filter(coach=coach, participant=participant, status__in=LIVE, starts_at__gt=now)
    own = side == Side.PARTICIPANT
    for booking in coming:
        bookings.cancel(booking, by=by, now=now, side=By.PARTICIPANT if own else By.US)
    if _part(coach, participant, now=now) and fresh and own:
        zone = enrolment.cohort.programme.time_zone
        CoachChange.objects.create(cohort=enrolment.cohort, on_date=clock.local_day(now, zone))


def after_all(*, coach: Coach, participant: Participant, side: str) -> None:
    """Let these two talk again as far as this side is concerned."""
    Apart.objects.filter(coach=coach, participant=participant, side=side).delete()
