"""Another way to talk than the telephone: asked for, arranged by the coaches' lead, and counted as a call is."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.coaching import booking as bookings
from resilience.coaching import offers
from resilience.coaching.booking_models import OtherWay
from resilience.coaching.models import Booking, Call, Coach, Status
from resilience.coaching.ways import Way
from resilience.participants.models import Enrolment, Programme

AT_ONCE = 50


@transaction.atomic
def ask(*, enrolment: Enrolment, way: str, by: User, now: datetime) -> OtherWay:
    """Keep that somebody wants to talk another way, in place of what they asked before. Raises offers.NotOffered."""
    standing = offers.standing(enrolment, now=now)
    if not standing.bookable:
        raise offers.NotOffered(standing.offer)
    take_back(enrolment, now=now)
    asked = OtherWay.objects.create(enrolment=enrolment, way=way, asked_at=now)
    trail.record(events.OTHER_WAY_ASKED, target=asked, by=by, at=now)
    return asked


def take_back(enrolment: Enrolment, *, now: datetime) -> None:
    """Forget the wish; a talk that is arranged stays until it is cancelled."""
    OtherWay.objects.filter(enrolment=enrolment, ended_at=None).update(ended_at=now)


def open_wish(enrolment: Enrolment) -> OtherWay | None:
    """Return what somebody asked for and waits for, or None."""
    return OtherWay.objects.filter(enrolment=enrolment, ended_at=None).first()


def to_arrange(programmes: Iterable[Programme]) -> list[OtherWay]:
    """Return what is still to be arranged, the first asked first."""
    asked = OtherWay.objects.filter(
        enrolment__cohort__programme__in=programmes, enrolment__withdrawn_at=None, ended_at=None
    )
    related = ("enrolment__participant__user", "enrolment__cohort__programme", "enrolment__no_time")
    return list(asked.select_related(*related).order_by("asked_at"))


@transaction.atomic
def arrange(
    asked: OtherWay, *, coach: Coach, starts_at: datetime, meet_at: str, by: User, now: datetime
) -> Booking:
    """Book what was asked for at the time that was agreed. Raises what booking.book raises."""
    booked = bookings.arrange(
        coach=coach, starts_at=starts_at, enrolment=asked.enrolment, way=asked.way, meet_at=meet_at, by=by, now=now
    )  # fmt: skip
    OtherWay.objects.filter(pk=asked.pk).update(booking=booked, ended_at=now)
    return booked


def open_for_the_coachs_word(*, now: datetime) -> int:
    """Open the calls that we did not ring for once their time is over: only the coach's word tells how they went."""
    over = Booking.objects.filter(~Q(way=Way.PHONE), status=Status.BOOKED, ends_at__lte=now, calls=None)
    made = [
        Call(
            booking=each, version=each.version, room=secrets.token_urlsafe(24), started_at=each.starts_at,
            ended_at=each.ends_at,
        )
        for each in over[:AT_ONCE]
    ]  # fmt: skip
    Call.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)
