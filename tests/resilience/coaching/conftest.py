"""What the tests of calls share: Ada's telephone, and a booking made as the page makes it."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from resilience.coaching import booking as bookings
from resilience.coaching import guides
from resilience.coaching.models import Booking, Call
from resilience.messaging import optouts
from tests.plugins.time import TUESDAY

ADAS_NUMBER = "+447700900123"
BENS_NUMBER = "+442079460111"
HALF_PAST_TWO = datetime(
    2026, 11, 3, 14, 20, tzinfo=UTC
)  # a time of Ben's grid: nine, and forty minutes each
STAGES = [{"title": f"Stage {place}", "minutes": 6, "questions": ["How?"]} for place in range(1, 6)]


@pytest.fixture
def ada(ada):
    """Ada, whose mobile we may ring and text."""
    participant = ada.participant
    participant.phone, participant.phone_index = ADAS_NUMBER, optouts.index(ADAS_NUMBER)
    participant.phone_takes_texts = True
    participant.phone_confirmed_at = TUESDAY
    participant.save()
    return ada


@pytest.fixture
def ben(ben):
    """Ben, whose number we know when he rings."""
    ben.phone_index = optouts.index(BENS_NUMBER)
    ben.save()
    return ben


@pytest.fixture
def book(ada, ben):
    """Book Ben's half past two, or another time, for Ada: `book(tuesday, at=..., enrolment=...)`."""

    def make(
        now: datetime, *, at: datetime = HALF_PAST_TWO, enrolment=None, coach=None, request=None
    ) -> Booking:
        who = enrolment or ada
        return bookings.book(
            coach=coach or ben, starts_at=at, enrolment=who, request=request or uuid4(),
            by=who.participant.user, now=now,
        )  # fmt: skip

    return make


@pytest.fixture
def an_hour() -> timedelta:
    return timedelta(hours=1)


@pytest.fixture
def line(telephone, drain, time_passes):
    """The network and the outbox together: `line.at(moment)`, `line.minutes(3)`."""
    return Line(telephone, drain, time_passes)


class Line:
    def __init__(self, telephone, drain, time_passes):
        self.network, self.drain, self.time_passes = telephone, drain, time_passes
        self.ada, self.ben = telephone.handset(ADAS_NUMBER), telephone.handset(BENS_NUMBER)

    def go_on(self):
        for _ in range(4):
            self.drain()
            self.network.settle()

    def pass_on(self, **length):
        self.network.pass_time(timedelta(**length).total_seconds())
        now = self.time_passes(**length)
        self.go_on()
        return now

    def answer_and_press(self, handset, key="1"):
        handset.answer()
        handset.press(key)
        self.go_on()

    def start(self):
        """Let the agreed time come."""
        return self.pass_on(hours=4, minutes=20)

    def rings_of(self, number):
        return [call for call in self.network.calls if call.to == number]


@pytest.fixture
def ada_later(ada, sign_in, time_passes):
    """Ada, signed in again after the time of the call."""
    time_passes(hours=5)
    return sign_in(ada.participant.user)


@pytest.fixture
def ben_later(ben, sign_in, time_passes):
    """Ben, signed in again after the time of the call."""
    time_passes(hours=5)
    return sign_in(ben.user)


@pytest.fixture
def booked(book, tuesday):
    return book(tuesday)


@pytest.fixture
def announced(booked, line):
    """A booking of which both have been told."""
    line.go_on()
    return booked


@pytest.fixture
def talking(line, announced):
    """Both pressed 1 and hear each other."""
    line.start()
    line.answer_and_press(line.ben)
    line.answer_and_press(line.ada)
    return announced


@pytest.fixture
def talked(booked, tuesday) -> Call:
    """Ada and Ben talked for 25 minutes."""
    start = booked.starts_at
    return Call.objects.create(
        booking=booked, version=1, room="r" * 32, started_at=start, bridged_at=start, outcome="FULFILLED", minutes=25,
        ended_at=start + timedelta(minutes=25),
    )  # fmt: skip


@pytest.fixture
def guide(ada):
    return guides.load(
        programme=ada.cohort.programme, role="", guidance="",
        calls=[{"title": "Making it mine", "minutes": 30, "stages": STAGES}],
    )  # fmt: skip


def words(answer):
    return answer.content.decode()


def radios(answer):
    return re.findall(r'<input type="radio" name="time"[^>]*value="([^"]+)"', words(answer))


def once(answer):
    return re.search(r'name="request" value="([^"]+)"', words(answer))[1]
