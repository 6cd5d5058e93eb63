"""Signs of life: the workers' come through their queues, the dispatcher's from its own loop.

They are kept in the machine's own time, so that moving the demonstration's clock on does not look like silence.
"""

from datetime import datetime

from resilience import clock
from resilience.ops.models import Heartbeat

WORKER, LONG_WORKER, DISPATCHER = "worker", "long-worker", "dispatcher"
SILENT_AFTER_S = 180


def beat(*, name: str) -> None:
    """Note that the part called `name` is alive now."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": clock.machine_now()})


def silence(name: str, *, at: datetime) -> float | None:
    """Return the seconds since the last sign of `name` at the machine's moment `at`; None when there was none."""
    last = Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()
    return None if last is None else max(0.0, (at - last).total_seconds())
