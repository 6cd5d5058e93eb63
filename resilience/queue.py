"""The work queue: the only importer of django-q2."""

from datetime import datetime

from django_q.models import Failure, OrmQ, Schedule, Success, Task
from django_q.tasks import async_task

LONG = "long"


def enqueue(path: str, *, on: str | None = None, **ids: str | int) -> None:
    """Queue the function at `path` with ids as keywords.

    The row commits or rolls back with the caller's transaction. `on=LONG` is for reports and exports.
    """
    options = {"cluster": on} if on else {}
    async_task(path, q_options=options, **ids)


def every_minutes(*, name: str, path: str, minutes: int, on: str | None = None) -> None:
    """Keep one recurring row of this name that calls `path`; an older one of the name is brought up to date."""
    often = {"schedule_type": Schedule.MINUTES, "minutes": minutes, "repeats": -1}
    Schedule.objects.update_or_create(name=name, defaults={"func": path, "cluster": on, **often})


def drop_schedules(*, but: set[str]) -> None:
    """Take away the recurring rows whose names are not in `but`."""
    Schedule.objects.exclude(name__in=but).delete()


def last_runs() -> dict[str, datetime]:
    """Return when each recurring row last finished well, by its name; those that never did are absent."""
    tasks = dict(Schedule.objects.exclude(task=None).values_list("task", "name"))
    ended = Success.objects.filter(pk__in=tasks).values_list("pk", "stopped")
    return {tasks[task]: moment for task, moment in ended}


def waiting() -> int:
    """Return how many tasks wait for a worker."""
    return OrmQ.objects.count()


def failed() -> int:
    """Return how many tasks failed and are still listed."""
    return Failure.objects.count()


def let_go(*, before: datetime) -> int:
    """Delete tasks that ended, or were put into the queue and forgotten, before a moment; return how many."""
    ended, _by_model = Task.objects.filter(stopped__lt=before).delete()
    forgotten, _by_model = OrmQ.objects.filter(lock__lt=before).delete()
    return ended + forgotten
