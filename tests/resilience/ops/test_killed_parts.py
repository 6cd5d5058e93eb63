"""Parts that are killed from outside, or begin while their database is away: real processes, nothing done twice."""

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from resilience import clock, queue
from resilience.coaching import calls
from resilience.coaching.models import CallLeg
from resilience.messaging import reconciling
from resilience.messaging.models import Outgoing, State
from resilience.ops import heartbeat
from resilience.ops.models import Heartbeat
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.factories.participants import EnrolmentFactory
from tests.resilience.coaching.conftest import ADAS_NUMBER
from tests.resilience.ops import parts

pytestmark = [pytest.mark.real_time, pytest.mark.django_db(transaction=True)]
WORKERS = 2
A_WHILE = timedelta(minutes=6)
ALIVE = "resilience.ops.tasks.worker_alive"
# As `run_watched worker`, with twenty seconds instead of three minutes.
WATCHED = """
import sys, django
django.setup()
from resilience.ops import watchdog
watchdog.LOOK_EVERY_S = 1
watchdog.PARTS["worker"] = watchdog.Part("qcluster", 20)
sys.exit(watchdog.run("worker"))
"""


@pytest.fixture
def network(settings):
    with parts.carrier() as network:
        settings.TWILIO_API_URL = network.url
        settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN = network.account_sid, network.auth_token
        yield network


@pytest.fixture
def environment(network, child_environment):
    return child_environment(DJANGO_SETTINGS_MODULE=parts.SETTINGS, CARRIER=network.url)


@pytest.fixture
def due(db):
    """A call that begins now."""
    enrolment = EnrolmentFactory(participant__phone=ADAS_NUMBER)
    booking = BookingFactory(coach=CoachFactory(weekdays=()), enrolment=enrolment, starts_at=clock.now())
    calls.plan(booking)
    return Outgoing.objects.get(kind="call_leg")


def test_group_41_a_dispatcher_killed_between_the_carriers_taking_a_ring_and_keeping_its_name_rings_once(
    network, environment, due
):
    network.fail_next("hang after", on="Calls")
    with parts.running(["manage.py", "run_dispatcher"], environment) as dispatcher:
        parts.wait_for(lambda: network.calls, "the ring")
        parts.kill(dispatcher)
    due.refresh_from_db()
    left = due.state, CallLeg.objects.get().ref
    reconciling.reconcile(now=clock.now() + A_WHILE)
    with parts.running(["manage.py", "run_dispatcher"], environment):
        sign_of_life(heartbeat.DISPATCHER)

    due.refresh_from_db()
    [ring] = network.calls
    assert left == (State.SENDING, "")
    assert (due.state, CallLeg.objects.get().ref) == (State.SENT, ring.sid)


def sign_of_life(name):
    """Wait for a sign of life that is newer than now; the worker's comes by a task that is queued each second."""
    begun = clock.machine_now()

    def look():
        if name == heartbeat.WORKER:
            queue.enqueue(ALIVE)
            time.sleep(1)
        return Heartbeat.objects.filter(name=name, at__gt=begun).exists()

    return parts.wait_for(look, f"a sign of life of the {name}", within_s=120)


@pytest.mark.long
def test_group_41_a_cluster_whose_idle_workers_are_killed_takes_tasks_again(environment):
    """Either it mends itself, or the watchdog ends it and whoever started it starts it afresh."""
    with parts.supervised(["-c", WATCHED], environment) as started:
        sign_of_life(heartbeat.WORKER)
        [cluster] = parts.children(started[-1].pid)
        [sentinel] = parts.children(cluster)
        for idle in parts.children(sentinel)[:WORKERS]:  # they are started before those who hand out and keep
            os.kill(idle, signal.SIGKILL)

        assert sign_of_life(heartbeat.WORKER)


@pytest.mark.parametrize(
    ("name", "command"),
    [
        pytest.param(heartbeat.DISPATCHER, ["manage.py", "run_watched", "dispatcher"], id="dispatcher"),
        pytest.param(heartbeat.WORKER, ["-c", WATCHED], id="worker", marks=pytest.mark.long),
    ],
)
def test_group_41_a_part_that_begins_while_its_database_is_away_works_once_it_is_back(
    environment, tmp_path, name, command
):
    file, folder = Path(connection.settings_dict["NAME"]), tmp_path / "away"
    with parts.supervised(command, environment | {"DATABASE_URL": f"sqlite:///{folder / file.name}"}):
        time.sleep(5)
        folder.symlink_to(file.parent)

        assert sign_of_life(name)
