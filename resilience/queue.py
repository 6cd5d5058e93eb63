"""The work queue: the only importer of django-q2."""

from datetime import datetime, timedelta

from django_q.models import Failure, OrmQ, Schedule, Task
from django_q.tasks import async_task

LONG = "long"
AN_HOUR = timedelta(hours=1)


def enqueue(path: str, *, on: str | None = None, **ids: str | int) -> None:
    """Queue the function at `path` with ids as keywords.

    The row commits or rolls back with the caller's transaction. `on=LONG` is for reports and exports.
    """
    options = {"cluster": on} if on else {}
    async_task(path, q_options=options, **ids)


def every_minutes(*, name: str, path: str, minutes: int, on: str | None = None) -> None:
    """Keep one recurring row of this name that calls `path`; an older one of the name is brought up to date."""
    plain = {"args": None, "kwargs": None, "hook": None}  # a row that cannot be read would stop every other
    often = plain | {"schedule_type": Schedule.MINUTES, "minutes": minutes, "repeats": -1}
    Schedule.objects.update_or_create(name=name, defaults={"func": path, "cluster": on, **often})


def with_arguments() -> int:
    """Return how many recurring rows hold arguments: ours hold none, and one that cannot be read stops all others."""
    return Schedule.objects.exclude(args=None, kwargs=None, hook=None).count()


def drop_schedules(*, but: set[str]) -> None:
    """Take away the recurring rows whose names are not in `but`."""
    Schedule.objects.exclude(name__in=but).delete()


def last_runs(*, now: datetime) -> dict[str, datetime]:
    """Return when each recurring row last finished well, by its name; those that never did are absent.

    Of a daily row the result may be gone by now, as only the newest results are kept: then its time counts. A task
    that failed stays listed, so what is gone went well.
    """
    rows = {row.task: row for row in Schedule.objects.exclude(task=None)}
    kept = {task.pk: task.stopped if task.success else None for task in Task.objects.filter(pk__in=rows)}
    found = {row.name: kept.get(task, _due_before(row, now=now)) for task, row in rows.items()}
    return {name: moment for name, moment in found.items() if moment is not None}


def _due_before(row: Schedule, *, now: datetime) -> datetime | None:
    """Return when a row last fell due, where that is long enough ago for its task to have ended."""
    due_at = row.next_run - timedelta(minutes=row.minutes)
    return due_at if due_at < now - AN_HOUR else None


def keeps_results(path: str, *, within_s: float, at: datetime) -> bool:
    """Return whether a result of the recurring task at `path` was kept lately, or there is none yet at all."""
    newest = Task.objects.filter(func=path).order_by("-stopped").values_list("stopped", flat=True).first()
    return newest is None or newest > at - timedelta(seconds=within_s)


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
