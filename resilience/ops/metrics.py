"""The numbers of `/metrics`, in Prometheus text, read from the database when somebody asks."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from resilience.ops.health import Health, Numbers


class _Numbers(Collector):
    def __init__(self, health: Health, numbers: Numbers) -> None:
        self.health, self.numbers = health, numbers

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield one family for each figure."""
        health, numbers = self.health, self.numbers
        yield _gauge("resilience_ready", "1 when every part is ok", int(health.ready))
        if health.worker_seen_s is not None:
            yield _gauge(
                "resilience_worker_seen_seconds", "since the worker's last sign of life", health.worker_seen_s
            )
        yield _gauge(
            "resilience_oldest_due_seconds", "how long the oldest due message waits", health.oldest_due_s
        )
        yield _gauge("resilience_queue_waiting", "tasks that wait for a worker", numbers.queue_waiting)
        yield _gauge(
            "resilience_queue_failed", "tasks that failed and are still listed", numbers.queue_failed
        )
        outbox = GaugeMetricFamily("resilience_outbox", "messages by state", labels=["state"])
        for state, count in sorted(numbers.outbox.items()):
            outbox.add_metric([state], count)
        yield outbox


def _gauge(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, value=value)


def text(health: Health, numbers: Numbers) -> bytes:
    """Return the numbers in the format that Prometheus reads."""
    registry = CollectorRegistry()
    registry.register(_Numbers(health, numbers))
    return generate_latest(registry)
