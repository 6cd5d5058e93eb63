"""How long back an instrument asks: within that time of an answer it is not asked again."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from resilience.measures import catalogue


def days(instrument: str) -> int:
    """Return how many days an instrument asks about; 0 for one that asks about now."""
    return catalogue.get(instrument).recall_days


def within(instrument: str, *, opens: datetime, answered: Mapping[str, Iterable[datetime]]) -> bool:
    """Return whether it was answered so shortly before `opens` that it would ask about the same days."""
    back = timedelta(days=days(instrument))
    return any(opens - back < moment for moment in answered.get(instrument, ()))
