"""What is written to the two about a booking, and when: planned with the booking, decided when it is sent.

Every row is keyed by the booking, its version and what it says; moving or cancelling a booking leaves the rows of
the old version behind, and they never fire.
"""

from datetime import datetime, timedelta

from resilience.accounts.models import User
from resilience.coaching.models import Booking, Call
from resilience.messaging import outbox, quiet
from resilience.messaging.models import Channel

BOOKED, MOVED = "booked", "moved"

BOOKING_TEXT, BOOKING_MAIL, COACH_MAIL = "booking_text", "booking_mail", "coach_mail"
CANCELLED_MAIL, SORRY = "cancelled_mail", "sorry"
DAY_BEFORE, HOUR_BEFORE, MISSED, RATE = "day_before", "hour_before", "missed", "rate_call"
NOT_NOW = "not_now"
CHANGE = "change_link"
MOVE_PLEASE = "move_please"
BY_MAIL = "_mail"

STILL_USEFUL = timedelta(hours=6)
TOO_NEAR = timedelta(minutes=10)
SETTLE_FIRST = timedelta(minutes=5)
THREE_DAYS = timedelta(days=3)
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


def plan(booking: Booking, what: str, *, now: datetime) -> None:
    """Plan the confirmations of a booking that was made or moved, and its reminders."""
    until = min(now + STILL_USEFUL, booking.starts_at)
    for kind in (BOOKING_TEXT, BOOKING_MAIL):
        _to_participant(booking, kind, due_at=now, not_after=until)
    _to_coach(booking, now=now)
    _remind(booking, now=now)


def _remind(booking: Booking, *, now: datetime) -> None:
    hour_before = quiet.before(
        booking.starts_at - AN_HOUR, latest=booking.starts_at - TOO_NEAR, zone=booking.time_zone
    )
    day_before = quiet.before(booking.starts_at - A_DAY, latest=hour_before, zone=booking.time_zone)
    if now < day_before < hour_before:
        _to_participant(booking, DAY_BEFORE, due_at=day_before, not_after=hour_before)
    if now < hour_before:
        _to_participant(booking, HOUR_BEFORE, due_at=hour_before, not_after=booking.starts_at - TOO_NEAR)


def forget(booking: Booking, *, now: datetime) -> None:
    """Skip all that still waits for this booking: the call too."""
    outbox.forget(target_id=booking.pk, now=now, reason="the booking changed")


def plan_cancelled(booking: Booking, *, now: datetime) -> None:
    """Plan word of a cancelled booking: with an apology and a way to other times where it was not their doing."""
    until = now + A_DAY
    _to_participant(booking, CANCELLED_MAIL, due_at=now, not_after=until)
    _to_coach(booking, now=now)
    if booking.cancelled_by != "PARTICIPANT":
        due_at = now if booking.starts_at - now < A_DAY else quiet.after(now, zone=booking.time_zone)
        _to_participant(booking, SORRY, due_at=due_at, not_after=max(until, due_at + AN_HOUR))


def plan_one_word(booking: Booking, *, by_text: bool, now: datetime) -> None:
    """Plan the one word of a call that is called off on its day: a text, or an e-mail that clears the calendar too."""
    _to_participant(booking, SORRY if by_text else CANCELLED_MAIL, due_at=now, not_after=now + A_DAY)
    _to_coach(booking, now=now)


def plan_ask_to_move(booking: Booking, *, now: datetime) -> None:
    """Plan the question whether a call could be at another time; it stays as it is until they choose one."""
    due_at = quiet.after(now, zone=booking.time_zone)
    _to_participant(booking, MOVE_PLEASE, due_at=due_at, not_after=booking.starts_at)


def plan_missed(booking: Booking, *, not_now: bool, now: datetime) -> None:
    """Plan the word that we rang and missed them, or the other times that somebody asked for by pressing 2."""
    _to_participant(booking, NOT_NOW if not_now else MISSED, due_at=now, not_after=now + A_DAY)


def plan_change(booking: Booking, *, now: datetime) -> None:
    """Plan the link to other times, for somebody who asked by text to change a booking."""
    _to_participant(booking, CHANGE, due_at=now, not_after=booking.starts_at)


def plan_sorry(booking: Booking, *, now: datetime) -> None:
    """Plan the word that the call could not go ahead from our side."""
    _to_participant(booking, SORRY, due_at=now, not_after=now + A_DAY)


def plan_rating(call: Call, *, now: datetime) -> None:
    """Plan the word that the short page after a call is ready."""
    due_at = quiet.after(now + SETTLE_FIRST, zone=call.booking.time_zone)
    _to_participant(call.booking, RATE, due_at=due_at, not_after=due_at + THREE_DAYS)


def plan_as(booking: Booking, kind: str, *, channel: str, now: datetime, not_after: datetime) -> None:
    """Plan one more message to the participant, at once."""
    to = booking.participant.user
    _plan(booking, kind, to=to, channel=channel, due_at=now, not_after=not_after)


def plan_by_mail(booking: Booking, kind: str, *, now: datetime, not_after: datetime) -> None:
    """Plan the e-mail that stands in for a text which cannot be sent."""
    _plan(
        booking,
        kind + BY_MAIL,
        to=booking.participant.user,
        channel=Channel.EMAIL,
        due_at=now,
        not_after=not_after,
    )


def _to_participant(booking: Booking, kind: str, *, due_at: datetime, not_after: datetime) -> None:
    channel = Channel.EMAIL if kind in (BOOKING_MAIL, CANCELLED_MAIL) else Channel.SMS
    _plan(booking, kind, to=booking.participant.user, channel=channel, due_at=due_at, not_after=not_after)


def _to_coach(booking: Booking, *, now: datetime) -> None:
    _plan(
        booking, COACH_MAIL, to=booking.coach.user, channel=Channel.EMAIL, due_at=now, not_after=now + A_DAY
    )


def _plan(
    booking: Booking, kind: str, *, to: User, channel: str, due_at: datetime, not_after: datetime
) -> None:
    outbox.plan(
        key=f"{kind}:{booking.pk}:v{booking.version}",
        kind=kind,
        channel=channel,
        recipient=to,
        target_id=booking.pk,
        version=booking.version,
        due_at=due_at,
        not_after=not_after,
    )
