"""The site in the proof of an outage: a thousand bookings, a carrier that goes away, and what the carrier took."""

import base64
import json
import time
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from resilience import clock
from resilience.coaching import reminders
from resilience.messaging import optouts
from resilience.messaging.models import Channel, Outgoing, State
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.factories.participants import EnrolmentFactory, ProgrammeFactory
from tests.proofs.outage_counting import Arrived, Reminder
from tests.proofs.resting import Killer

LONDON = ZoneInfo("Europe/London")
STEP, AN_HOUR, A_DAY, A_MINUTE = (
    timedelta(minutes=5),
    timedelta(hours=1),
    timedelta(days=1),
    timedelta(minutes=1),
)
STEPS_AN_HOUR = AN_HOUR // STEP
AFTER = timedelta(minutes=60)
A_BATCH, MOST = 50, 1_000
PATIENCE_S, LOOK_S = 120, 0.2
# What the carrier does in each of the three hours: refuses, cuts the line, and takes texts without saying so.
WAYS = ({"": "503"}, {"": "cut"}, {"POST": "500 after", "GET": "503"})
KILLS_AT = (10, 22, 31)


class NotAtRest(Exception):
    """The site did not come to rest in time; the message says what is left."""


def plan(how_many: int) -> list[Reminder]:
    """Move on to ten in the morning; book a call for each person whose one reminder falls due in the next three hours.

    One half is reminded an hour before, and that is of no use to most of them once the outage is over; the other half
    the day before.
    """
    start = (clock.now() + A_DAY).astimezone(LONDON).replace(hour=10, minute=0, second=0, microsecond=0)
    clock.move_to(start)
    programme = ProgrammeFactory()
    coach = CoachFactory(programmes=[programme], weekdays=())
    for first in range(0, how_many, A_BATCH):
        with transaction.atomic():
            for number in range(first, min(first + A_BATCH, how_many)):
                _book(number, how_many, coach, start)
    Outgoing.objects.exclude(channel=Channel.SMS).delete()
    texts = Outgoing.objects.filter(due_at__lt=start + 3 * AN_HOUR).select_related("recipient__participant")
    return [
        Reminder(row.recipient.participant.phone, row.due_at, row.not_after)
        for row in texts.order_by("due_at")
    ]


def _book(number: int, how_many: int, coach: object, start: datetime) -> None:
    phone = f"+447700900{number:03d}"
    enrolment = EnrolmentFactory(
        cohort__programme=coach.programmes.get(), participant__phone=phone,
        participant__phone_index=optouts.index(phone), participant__phone_takes_texts=True,
        participant__phone_confirmed_at=start,
    )  # fmt: skip
    due_at = start + A_MINUTE + (3 * AN_HOUR - 2 * A_MINUTE) * number / how_many
    ahead = AN_HOUR if number % 2 else A_DAY
    booking = BookingFactory(coach=coach, enrolment=enrolment, starts_at=due_at + ahead)
    reminders._remind(booking, now=start)


def live_through(killer: Killer) -> datetime:
    """Let three hours pass without a carrier, in steps of five minutes; return when it is back."""
    for hour, ways in enumerate(WAYS):
        _ask("/control/faults", method="DELETE")
        for on, kind in ways.items():
            _ask("/control/faults", method="POST", kind=kind, on=on, times="always")
        for step in range(STEPS_AN_HOUR):
            if hour * STEPS_AN_HOUR + step in KILLS_AT:
                killer.soon()
            clock.move_to(clock.now() + STEP)
            _wait(left=_waiting)
            killer.ended()
    _ask("/control/faults", method="DELETE")
    return clock.now()


def come_to_rest(ended_at: datetime) -> datetime:
    """Let minutes pass until nothing waits or is open; return when that was. Then pass four hours more."""
    while _open():
        if clock.now() > ended_at + AFTER:
            raise NotAtRest(_open())
        clock.move_to(clock.now() + A_MINUTE)
        _wait(left=_open, seconds=15, strictly=False)
    rested_at = clock.now()
    for _hour in range(4):
        clock.move_to(clock.now() + AN_HOUR)
        _wait(left=_waiting)
    return rested_at


def _wait(*, left: object, seconds: float = PATIENCE_S, strictly: bool = True) -> None:
    until = time.monotonic() + seconds
    while found := left():
        if time.monotonic() > until:
            if strictly and not _only_crashed(found):
                raise NotAtRest(found)
            return
        time.sleep(LOOK_S)


def _only_crashed(found: list[tuple]) -> bool:
    """Return whether all that is left was claimed by a process that was killed: it is looked up after five minutes."""
    return all(state == State.SENDING for state, _reason in found)


def _waiting() -> list[tuple]:
    """Return what is due and waits, or is claimed."""
    due = Outgoing.objects.filter(state=State.DUE, due_at__lte=clock.now())
    claimed = Outgoing.objects.filter(state=State.SENDING, claimed_at__gt=clock.now() - 2 * STEP)
    return list(due.values_list("state", "reason").union(claimed.values_list("state", "reason")))


def _open() -> list[tuple]:
    """Return what is due, claimed or not known yet."""
    unknown = Outgoing.objects.filter(state=State.UNKNOWN).exclude(reason="cannot be told")
    return [*_waiting(), *unknown.values_list("state", "reason").distinct()]


def arrived() -> Iterator[Arrived]:
    """Yield every text that the carrier took from us, read from the carrier's own list."""
    path = f"/2010-04-01/Accounts/{settings.TWILIO_ACCOUNT_SID}/Messages.json?PageSize={MOST}"
    while path:
        page = _ask(path)
        for message in page["messages"]:
            if message["direction"] == "outbound-api":
                yield Arrived(message["to"], parsedate_to_datetime(message["date_created"]))
        path = page.get("next_page_uri")


def _ask(path: str, *, method: str = "GET", **form: str) -> dict:
    secret = base64.b64encode(f"{settings.TWILIO_ACCOUNT_SID}:{settings.TWILIO_AUTH_TOKEN}".encode()).decode()
    request = urllib.request.Request(  # noqa: S310 - our own loopback address
        settings.TWILIO_API_URL + path, method=method, data=urlencode(form).encode() if form else None,
        headers={"Authorization": f"Basic {secret}"},
    )  # fmt: skip
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - as above
        return json.load(answer)
