"""What the line says and does: the same neutral words for both, no name, nothing recorded."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from resilience.coaching import dialling, events, notices, outcomes, pins
from resilience.coaching.models import Booking, CallLeg, Side, Status
from resilience.coaching.outcomes import Seen
from resilience.participants import numbers_of
from resilience.telephony import gateway

YES, NOT_NOW, NOT_MINE, KNOWN = "1", "2", "3", "9"
PIN_PATH = "/telephony/voice/pin/"
A_LITTLE = timedelta(seconds=5)


def address(leg: CallLeg, what: str) -> str:
    """Return one of the callback addresses of a leg."""
    return f"/telephony/voice/{leg.token}/{what}/"


def ask(leg: CallLeg, *, now: datetime) -> list[gateway.Step]:
    """Return the question that a voicemail cannot answer, and what is said to silence."""
    text = _("This is a call you booked. To go on, press 1. If now is not a good time, press 2.")
    if may_be_a_strangers(leg, now=now):
        text += " " + _("If you booked no call, press 3.")
    return [gateway.AskForKey(text=text, action_path=address(leg, "key")), gateway.HangUp()]


def may_be_a_strangers(leg: CallLeg, *, now: datetime) -> bool:
    """Return whether we rang a number at which nobody has said yes before."""
    return dialling.rang_theirs(leg) and not numbers_of.is_confirmed(leg.call.booking.participant, at=now)


def join(leg: CallLeg, *, now: datetime) -> list[gateway.Step]:
    """Return the way into the room: it opens with the participant and closes when the coach leaves."""
    coach = leg.side == Side.COACH
    room = gateway.JoinRoom(
        room=leg.call.room,
        side=leg.side.lower(),
        starts=not coach,
        ends=coach,
        wait_path=address(leg, "hold"),
        status_path=address(leg, "room"),
        time_limit=dialling.time_left(leg.call.booking, now=now),
    )
    before = gateway.Say(text=_before(coach=coach))
    ended = _(
        "The call has ended. If the line dropped, ring this number. If one of you knows the other, press 9."
    )
    after = gateway.AskForKey(text=ended, action_path=address(leg, "after"), repeats=1, wait=A_LITTLE)
    return [before, room, after, gateway.HangUp()]


def _before(*, coach: bool) -> str:
    """Return what is said before the two talk; nothing can be said to a coach who is left alone in the room later."""
    known = _("Should one of you know the other, press star, then 9. The call ends then.")
    quiet = _("If it goes quiet, they have left the line. Wait half a minute: they can come back.")
    return f"{known} {quiet}" if coach else known


def apart(leg: CallLeg) -> list[gateway.Step]:
    """Return what is said to whoever knows the other: no reason is asked."""
    if leg.side == Side.COACH:
        return _goodbye(_("Thank you. That is all we need to know. They are offered other people. Goodbye."))
    return _goodbye(_("Thank you. That is all we need to know. You are offered other people. Goodbye."))


def not_now(leg: CallLeg) -> list[gateway.Step]:
    """Return what is said to somebody who pressed 2: nobody rings them again."""
    if leg.side == Side.COACH:
        text = _(
            "That is fine. We do not ring again today. They are told now, and offered other times. Goodbye."
        )
    else:
        text = _("That is fine. We do not ring again today, and we send you other times. Goodbye.")
    return _goodbye(text)


def not_mine() -> list[gateway.Step]:
    """Return what is said to a stranger: the number was typed wrongly, or handed on."""
    return _goodbye(_("We are sorry. We do not ring this number again. Goodbye."))


def silence() -> list[gateway.Step]:
    """Return what is said where no key was pressed."""
    return _goodbye(_("Goodbye."))


def cancelled() -> list[gateway.Step]:
    """Return what is said where the booking changed while the telephone was ringing."""
    return _goodbye(_("This call was cancelled or moved. We are sorry to have rung you. Goodbye."))


def ask_for_pin() -> list[gateway.Step]:
    """Return what is said to a caller in whose number we do not see whose call it is: the same to everybody."""
    text = _(
        "We cannot see a call for this telephone now. If your page shows a code of six digits, key it in."
    )
    return [
        gateway.AskForKey(text=text, action_path=PIN_PATH, digits=pins.DIGITS, repeats=1),
        gateway.HangUp(),
    ]


def no_call() -> list[gateway.Step]:
    """Return what is said to a caller for whom no call stands now, whoever they are."""
    return _goodbye(_("There is no call at this number now. Your appointment page shows the time. Goodbye."))


def not_yet(booking: Booking, side: str) -> list[gateway.Step]:
    """Return when the call is, for a caller who keyed in its code."""
    zone = booking.coach.time_zone if side == Side.COACH else booking.time_zone
    when = notices.long_time(booking.starts_at, ZoneInfo(zone))
    return _goodbye(
        _("Your call is on %(when)s. Ring again then, or wait: we ring you. Goodbye.") % {"when": when}
    )


def _goodbye(text: str) -> list[gateway.Step]:
    return [gateway.Say(text=text), gateway.HangUp()]


def hold(leg: CallLeg, *, now: datetime) -> list[gateway.Step]:
    """Return what somebody hears who waits alone in the room; it is asked for again after each round."""
    early = now < leg.call.booking.starts_at
    if leg.side == Side.COACH:
        text = _told_the_coach(events.of(leg.call), early=early)
    elif early:
        text = _("Thank you. Please stay on the line. Your call begins at the agreed time.")
    else:
        text = _("Thank you. Please stay on the line. Your call begins in a moment.")
    return [gateway.Hold(text=text), gateway.GoTo(path=address(leg, "hold"))]


def _told_the_coach(known: Sequence[Seen], *, early: bool) -> str:
    if outcomes.settle(known) is not None:
        return _("They cannot be reached now. They are sent other times. You may hang up. Thank you.")
    if early:
        return _("Thank you. We ring the other person at the agreed time. Please stay on the line.")
    if outcomes.again(known, side=Side.PARTICIPANT):
        return _("They have not answered yet. We try again in a few minutes. Please stay on the line.")
    return _("Thank you. We are ringing the other person now. Please stay on the line.")


def live(leg: CallLeg) -> bool:
    """Return whether the booking still stands as it did when this leg was rung."""
    booking = leg.call.booking
    return booking.status == Status.BOOKED and booking.version == leg.call.version
