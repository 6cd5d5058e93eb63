"""Twilio's words and what they mean to us: statuses, events and error codes. Nothing here calls anybody."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from typing import Any

from resilience.telephony import gateway
from resilience.telephony.gateway import CallState, Reason, RoomChange, TextState, Wish

CALL_STATES = {
    "queued": CallState.WAITING,
    "initiated": CallState.WAITING,
    "ringing": CallState.RINGING,
    "in-progress": CallState.ANSWERED,
    "answered": CallState.ANSWERED,
    "completed": CallState.ENDED,
    "busy": CallState.BUSY,
    "no-answer": CallState.NO_ANSWER,
    "failed": CallState.FAILED,
    "canceled": CallState.CANCELLED,
}

ROOM_CHANGES = {
    "participant-join": RoomChange.JOINED,
    "participant-leave": RoomChange.LEFT,
    "conference-start": RoomChange.STARTED,
    "conference-end": RoomChange.ENDED,
}

TEXT_STATES = {
    "accepted": TextState.WAITING,
    "scheduled": TextState.WAITING,
    "queued": TextState.WAITING,
    "sending": TextState.WAITING,
    "sent": TextState.SENT,
    "delivered": TextState.DELIVERED,
    "partially_delivered": TextState.DELIVERED,
    "read": TextState.DELIVERED,
    "undelivered": TextState.UNDELIVERED,
    "failed": TextState.FAILED,
    "canceled": TextState.CANCELLED,
}

# Single words only: "STOP PLEASE" is a sentence for a person (Twilio's default lists, May 2025).
WISHES = {
    **dict.fromkeys(
        ("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"), Wish.STOP
    ),
    **dict.fromkeys(("START", "YES", "UNSTOP"), Wish.START),
    **dict.fromkeys(("HELP", "INFO"), Wish.HELP),
}

LARGEST = 2**31 - 1
YEARS = range(2000, 2100)
LONGEST_REFERENCE = 64

TOO_MANY = (20429, 10004)
ALREADY_OVER, GONE = 21220, 20404

# TELEPHONY 2.3, row by row; what to do about each reason stands in messaging.texts and messaging.troubles.
REASONS = {
    **dict.fromkeys((20003, 20404), Reason.ACCOUNT),
    **dict.fromkeys((21408, 13227, 21215, 21612), Reason.CONFIGURATION),
    **dict.fromkeys((30007, 30032, 30034), Reason.FILTERED),
    **dict.fromkeys((21211, 21604, 21201, 21217, 30005), Reason.NUMBER),
    **dict.fromkeys((21614, 21635, 30006), Reason.NOT_MOBILE),
    21610: Reason.OPTED_OUT,
    30003: Reason.UNREACHABLE,
    **dict.fromkeys((21617, 21602), Reason.MESSAGE),
}


def reason(code: int | None) -> Reason | None:
    """Why Twilio gave this code; a code that we do not know is for the operator. None without a code."""
    if not code:
        return None
    return REASONS.get(code, Reason.CONFIGURATION)


def failure(*, status: int, code: int | None) -> Exception:
    """The refusal that an error answer of Twilio's API means."""
    evidence = f"twilio {code or 0}, HTTP {status}"
    if status == 429 or code in TOO_MANY:
        return gateway.TryLater(evidence=evidence)
    if status >= 500 or code == 20500:
        return gateway.Unknown(evidence)
    return gateway.Refused(reason(code) or Reason.CONFIGURATION, evidence)


def unread(status: int) -> Exception | None:
    """What a list that cannot be had means: of it the client would only say that there is none."""
    if status >= 500:
        return gateway.Unknown(f"HTTP {status}")
    return gateway.Refused(Reason.ACCOUNT, f"HTTP {status}") if status in (401, 403) else None


def whole_number(text: object) -> int | None:
    """The number in a form field or an answer, or None: also for what no database's integer holds."""
    try:
        found = int(str(text))
    except ValueError:
        return None
    return found if 0 <= found <= LARGEST else None


def moment(text: str | None) -> datetime | None:
    """The time in a form field (RFC 2822) in UTC, or None: also for one that no clock of our days shows."""
    try:
        found = parsedate_to_datetime(text or "")
        found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.year in YEARS else None


def readable(form: Mapping[str, str]) -> dict[str, str]:
    """What a verified form says, without the zeros that a database cannot keep."""
    return {name: form[name].replace("\x00", "") for name in form}


def reference(form: Mapping[str, str], *names: str) -> str:
    """The first name that the form gives under one of these; "" where it is longer than any of Twilio's."""
    found = next((form[name] for name in names if form.get(name)), "")
    return found if len(found) <= LONGEST_REFERENCE else ""


def wish(form: Mapping[str, str]) -> Wish | None:
    """What the network itself has already acted on: named by Advanced Opt-Out, or one of its single words."""
    named = form.get("OptOutType", "") or form.get("Body", "").strip()
    return WISHES.get(named.upper())


def call_event(form: Mapping[str, str], *, once: str) -> gateway.CallEvent:
    """Read a verified voice callback, whichever of our addresses it came to."""
    form = readable(form)
    call = gateway.CallRef(reference(form, "CallSid"))
    if form.get("StatusCallbackEvent", "") in ROOM_CHANGES and form.get("ConferenceSid"):
        return gateway.RoomChanged(
            room=form.get("FriendlyName", ""),
            change=ROOM_CHANGES[form["StatusCallbackEvent"]],
            call=call,
            side=form.get("ParticipantLabel", ""),
            order=whole_number(form.get("SequenceNumber")),
            at=moment(form.get("Timestamp")),
            once=once,
        )
    state = CALL_STATES.get(form.get("CallStatus", ""))
    if not call or state is None:
        return gateway.NotUnderstood(once=once)
    if form.get("CallbackSource") == "call-progress-events" or state.is_final:
        return gateway.LegChanged(
            call=call,
            state=state,
            order=whole_number(form.get("SequenceNumber")),
            seconds=whole_number(form.get("CallDuration")) if state.is_final else None,
            at=moment(form.get("Timestamp")),
            once=once,
        )
    return gateway.LineAsks(
        call=call,
        caller=form.get("From", ""),
        called=form.get("To", ""),
        inbound=form.get("Direction", "") == "inbound",
        key=form.get("Digits", ""),
        once=once,
    )


def text_event(form: Mapping[str, str], *, once: str) -> gateway.TextEvent:
    """Read a verified messaging callback: an inbound text, or news of one of ours."""
    form = readable(form)
    message = gateway.MessageRef(reference(form, "MessageSid", "SmsSid"))
    status = form.get("MessageStatus", "") or form.get("SmsStatus", "")
    if message and status in ("received", "receiving"):
        return gateway.TextArrived(
            message=message,
            sender=form.get("From", ""),
            body=form.get("Body", ""),
            wish=wish(form),
            once=once,
        )
    if not message or status not in TEXT_STATES:
        return gateway.NotUnderstood(once=once)
    code = whole_number(form.get("ErrorCode"))
    return gateway.TextChanged(
        message=message,
        state=TEXT_STATES[status],
        reason=reason(code),
        evidence=f"twilio {code}" if code else "",
        once=once,
    )


def call_seen(call: Any) -> gateway.CallSeen:
    """A row of the client's list of calls."""
    return gateway.CallSeen(
        call=gateway.CallRef(call.sid),
        to=call.to,
        state=CALL_STATES[call.status],
        created_at=call.date_created,
        seconds=whole_number(call.duration),
        cost=cost(call.price),
        currency=call.price_unit or "",
    )


def cost(price: str | None) -> Decimal | None:
    """What Twilio takes for a call, which it writes as a negative number; None where it does not say yet."""
    try:
        return abs(Decimal(price)) if price else None
    except InvalidOperation:
        return None


def text_seen(message: Any) -> gateway.TextSeen:
    """A row of the client's list of messages."""
    return gateway.TextSeen(
        message=gateway.MessageRef(message.sid),
        to=message.to,
        body=message.body or "",
        state=TEXT_STATES[message.status],
        created_at=message.date_created,
        reason=reason(message.error_code),
    )


def between(stream: Iterator[Any], *, since: datetime, until: datetime) -> Iterator[Any]:
    """What was created in that time, of a list that runs from new to old.

    Twilio's own filters look at the time of sending, which a message still in its queue does not have.
    """
    for seen in stream:
        if seen.date_created < since.replace(microsecond=0):  # Twilio's times are whole seconds
            return
        if seen.date_created <= until:
            yield seen
