"""Two dispatchers, each a process of its own on PostgreSQL, and forty calls that all begin at the same moment."""

import contextlib
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from resilience import clock
from resilience.coaching import calls
from resilience.coaching.models import CallLeg
from resilience.messaging.models import Outgoing, State
from resilience.telephony.simulator.errors import Fault, Faults
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.factories.participants import EnrolmentFactory
from tests.resilience.coaching.conftest import ADAS_NUMBER
from tests.resilience.ops import parts

pytestmark = [pytest.mark.postgresql, pytest.mark.real_time, pytest.mark.django_db(transaction=True)]
CALLS = 40
NAMES = ("dispatcher-one", "dispatcher-two")


class OneAtATime(Faults):
    """A line that takes a call each so many seconds, and is busy for whoever comes sooner."""

    def __init__(self, every_s: float) -> None:
        super().__init__()
        self.every_s, self.free_at, self.refused = every_s, 0.0, 0

    def take(self, *, method: str, path: str) -> Fault | None:
        if method != "POST":
            return None
        with self.lock:
            if time.monotonic() < self.free_at:
                self.refused += 1
                return Fault("429", retry_after=1)
            self.free_at = time.monotonic() + self.every_s
        return None


@pytest.fixture
def network():
    with parts.carrier() as network:
        yield network


@pytest.fixture
def two_dispatchers(network, child_environment):
    with contextlib.ExitStack() as stack:
        for name in NAMES:
            settings = {"DJANGO_SETTINGS_MODULE": parts.SETTINGS, "CARRIER": network.url, "PGAPPNAME": name}
            stack.enter_context(parts.running(["manage.py", "run_dispatcher"], child_environment(**settings)))
        parts.wait_for(lambda: connected() == set(NAMES), "two dispatchers")
        yield


def connected():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT application_name FROM pg_stat_activity WHERE datname = current_database()"
        )
        return {name for (name,) in cursor.fetchall()} & set(NAMES)


def book_all():
    soon = clock.now() + timedelta(seconds=2)
    coaches = [
        CoachFactory(phone=f"+44207946{number:04d}", weekdays=()) for number in range(400, 400 + CALLS)
    ]
    people = [EnrolmentFactory(participant__phone=ADAS_NUMBER) for _coach in coaches]
    return [
        BookingFactory(coach=coach, enrolment=person, starts_at=soon)
        for coach, person in zip(coaches, people, strict=True)
    ]


def plan_twice(bookings):
    """Run the job that plans the start of each call in two threads at once."""

    def plan():
        for booking in bookings:
            calls.plan(booking)
        connection.close()

    both = [threading.Thread(target=plan) for _twice in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()


@pytest.mark.parametrize(
    "every_s",
    [pytest.param(0.1, id="ten a second"), pytest.param(1, id="one a second", marks=pytest.mark.long)],
)
def test_group_34_two_dispatchers_ring_forty_coaches_once_each_however_slow_the_line(
    network, two_dispatchers, every_s
):
    network.server.faults = line = OneAtATime(every_s)
    plan_twice(book_all())

    waiting = Outgoing.objects.filter(state__in=[State.DUE, State.SENDING])
    parts.wait_for(lambda: not waiting.exists(), "the end of forty rings", within_s=120)

    rung = Counter(call.to for call in network.calls)
    assert Counter(Outgoing.objects.values_list("state", "reason")) == {(State.SENT, ""): CALLS}
    assert (len(rung), set(rung.values())) == (CALLS, {1})
    assert CallLeg.objects.exclude(ref="").count() == CallLeg.objects.count() == CALLS
    assert line.refused > 0
    assert connected() == set(NAMES)
