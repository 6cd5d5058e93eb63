"""The one table of recurring jobs, and the loop that sends what is due."""

import csv
import io
import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils.module_loading import import_string
from django_q import scheduler
from django_q.brokers import get_broker
from django_q.models import OrmQ, Schedule

from resilience import clock
from resilience.messaging.models import Channel, Outgoing, State
from resilience.ops import dispatcher, heartbeat, schedules
from resilience.ops.models import Heartbeat


def test_every_job_of_the_table_can_be_called():
    for job in schedules.JOBS:
        assert callable(import_string(job.path)), job.name


def test_names_of_jobs_differ():
    assert len({job.name for job in schedules.JOBS}) == len(schedules.JOBS)


@pytest.mark.postgres_too
@pytest.mark.django_db
def test_the_queues_rows_become_those_of_the_table():
    Schedule.objects.create(name="left-over", func="gone.by.now")

    schedules.install()
    schedules.install()

    rows = dict(Schedule.objects.values_list("name", "minutes"))
    assert rows == {job.name: job.minutes for job in schedules.JOBS}


@pytest.mark.django_db
def test_group_41_a_row_that_cannot_be_read_is_put_right_before_it_stops_the_others():
    schedules.install()
    Schedule.objects.filter(name="calls-sweep").update(args="((", kwargs="{", hook="no.such.hook")
    Schedule.objects.create(name="poison", func="gone.by.now", args="((")

    schedules.install()

    assert not Schedule.objects.filter(name="poison").exists()
    assert not Schedule.objects.exclude(args=None, kwargs=None, hook=None).exists()


def scheduled():
    """Let the queue's own scheduler look once; return the names of the rows that it queued a task for."""
    scheduler.scheduler(broker=get_broker())
    return Counter(row.task["func"] for row in OrmQ.objects.all())


@pytest.mark.django_db(transaction=True)
def test_group_41_a_row_that_cannot_be_read_stops_all_until_it_is_put_right_with_an_alarm(tuesday, caplog):
    schedules.install()
    Schedule.objects.update(next_run=tuesday - timedelta(minutes=1))
    Schedule.objects.filter(name="calls-sweep").update(args="((")
    stopped = scheduled()
    caplog.clear()

    schedules.install()
    alarms = caplog.text.count("recurring rows hold arguments")
    schedules.install()

    assert stopped == {}
    assert (alarms, caplog.text.count("recurring rows hold arguments")) == (1, 1)
    assert set(scheduled().values()) == {1}


@pytest.mark.django_db(transaction=True)
def test_group_27_a_job_that_was_missed_for_three_hours_runs_once(tuesday):
    schedules.install()
    Schedule.objects.update(next_run=tuesday - timedelta(hours=3))

    runs = [scheduled(), scheduled()]

    assert runs[0] == runs[1] == {job.path: 1 for job in schedules.JOBS if job.on is None}
    assert not Schedule.objects.filter(cluster=None, next_run__lte=tuesday).exists()


@pytest.mark.django_db
def test_every_job_runs_on_an_empty_site(drain):
    schedules.run_all()

    assert drain() == len(schedules.JOBS)
    assert heartbeat.silence(heartbeat.WORKER, at=clock.machine_now()) == 0


@pytest.mark.django_db
def test_jobs_are_listed_with_when_they_last_ran(capsys):
    schedules.install()

    call_command("list_schedules")

    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["name"] for row in rows] == [job.name for job in schedules.JOBS]
    assert rows[0]["every"] == "1 min"
    assert rows[0]["last_run"] == ""


class Turns(threading.Event):
    """Stops the loop after so many turns, and does something before the last."""

    def __init__(self, number: int, *, before_last=lambda: None) -> None:
        super().__init__()
        self.left, self.before_last = number, before_last

    def wait(self, timeout: float | None = None) -> bool:
        self.left -= 1
        if self.left == 1:
            self.before_last()
        if self.left <= 0:
            self.set()
        return self.is_set()


@pytest.mark.django_db(transaction=True)
def test_the_loop_shows_that_it_lives():
    dispatcher.run(Turns(1))

    assert Heartbeat.objects.filter(name=heartbeat.DISPATCHER).exists()


@pytest.mark.django_db(transaction=True)
def test_in_the_demonstration_jobs_follow_the_clock_within_a_turn(settings, tuesday):
    settings.DEMONSTRATION = True

    dispatcher.run(Turns(3, before_last=lambda: clock.move_to(tuesday.replace(hour=20))))

    assert OrmQ.objects.count() == 2 * len(schedules.JOBS)


@pytest.mark.django_db(transaction=True)
def test_on_a_site_with_real_people_nothing_follows_a_clock_file(tuesday):
    dispatcher.run(Turns(3, before_last=lambda: clock.move_to(tuesday.replace(hour=20))))

    assert OrmQ.objects.count() == len(schedules.JOBS)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_nobody_can_send_does_not_end_the_loop(tuesday, caplog):
    for kind in ("nobody-knows", "nobody-either"):
        Outgoing.objects.create(
            key=kind, kind=kind, channel=Channel.EMAIL, due_at=tuesday, not_after=tuesday + timedelta(days=1)
        )

    dispatcher.run(Turns(3))

    assert set(Outgoing.objects.values_list("state", flat=True)) == {State.SENDING}
    assert caplog.text.count("row cannot be sent") == 2
