from datetime import timedelta

import pytest
from django_q.models import Task

from resilience import clock
from resilience.ops import heartbeat, tasks

pytestmark = pytest.mark.django_db


def kept(minutes_ago: float) -> None:
    at = clock.machine_now() - timedelta(minutes=minutes_ago)
    Task.objects.create(
        id=f"{minutes_ago}", name="alive", func=tasks.WORKER_ALIVE, started=at, stopped=at, success=True
    )


@pytest.mark.parametrize(("ages", "is_alive"), [([], True), ([1], True), ([30, 1], True), ([30, 2.5], False)])
def test_a_worker_whose_results_are_no_longer_kept_falls_silent(ages, is_alive):
    for age in ages:
        kept(age)

    tasks.worker_alive()

    assert (heartbeat.silence(heartbeat.WORKER, at=clock.machine_now()) is not None) == is_alive


def test_the_recurring_job_is_the_one_whose_results_are_looked_for():
    from resilience.ops import schedules

    assert tasks.WORKER_ALIVE in {job.path for job in schedules.JOBS}
