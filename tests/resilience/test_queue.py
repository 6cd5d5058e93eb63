import pytest
from django.db import transaction

from resilience import queue


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
