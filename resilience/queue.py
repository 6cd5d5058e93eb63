"""The work queue: the only importer of django-q2."""

from django_q.models import Schedule
from django_q.tasks import async_task

LONG = "long"


def enqueue(path: str, *, on: str | None = None, **ids: str | int) -> None:
    """Queue the function at `path` with ids as keywords.

    The row commits or rolls back with the caller's transaction. `on=LONG` is for reports and exports.
    """
    options = {"cluster": on} if on else {}
    async_task(path, q_options=options, **ids)


def every_minutes(*, name: str, path: str, minutes: int) -> None:
    """Keep one recurring row of this name that calls `path`; an older one of the name is brought up to date."""
    Schedule.objects.update_or_create(
        name=name, defaults={"func": path, "schedule_type": Schedule.MINUTES, "minutes": minutes, "repeats": -1}
    )


def drop_schedules(*, but: set[str]) -> None:
    """Take away the recurring rows whose names are not in `but`."""
    Schedule.objects.exclude(name__in=but).delete()


def waiting() -> int:
    """Return how many tasks wait for a worker."""
    from django_q.models import OrmQ

    return OrmQ.objects.count()
