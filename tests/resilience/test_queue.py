from datetime import timedelta

import pytest
from django.db import transaction
from django_q.models import Schedule, Task

from resilience import queue

A_DAY = 24 * 60


class Undone(Exception):
    pass


@pytest.mark.postgres_too
@pytest.mark.django_db(transaction=True)
def test_a_task_is_queued_only_if_the_callers_data_is_kept():
    with pytest.raises(Undone), transaction.atomic():
        queue.enqueue("resilience.ops.tasks.beat")
        raise Undone
    assert queue.waiting() == 0

    with transaction.atomic():
        queue.enqueue("resilience.ops.tasks.beat")
    assert queue.waiting() == 1


@pytest.fixture
def daily(db, tuesday):
    """A row that fell due two hours ago; its task is `daily`."""
    queue.every_minutes(name="let-go", path="resilience.journeys.tasks.let_go", minutes=A_DAY)
    Schedule.objects.update(task="daily", next_run=tuesday + timedelta(hours=22))


def test_a_daily_task_whose_result_is_gone_counts_as_run_when_it_fell_due(daily, tuesday):
    assert queue.last_runs(now=tuesday) == {"let-go": tuesday - timedelta(hours=2)}
    assert queue.last_runs(now=tuesday - timedelta(hours=1, minutes=30)) == {}


def test_a_task_that_failed_does_not_count_as_run(daily, tuesday):
    Task.objects.create(id="daily", name="n", func="f", started=tuesday, stopped=tuesday, success=False)

    assert queue.last_runs(now=tuesday) == {}
