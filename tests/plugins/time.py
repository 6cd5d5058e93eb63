"""`tuesday`: the clock stands at a named Tuesday in every test; `time_passes(days=2)` moves it on.

A test marked `real_time` runs by the machine's own clock.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

TUESDAY = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _standing_clock(request: pytest.FixtureRequest, settings) -> Iterator[time_machine.Traveller | None]:
    Path(settings.CLOCK_FILE).unlink(missing_ok=True)
    if request.node.get_closest_marker("real_time"):
        yield None
        return
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def tuesday() -> datetime:
    """The moment at which the clock stands: Tuesday 3 November 2026, 10:00 in London."""
    return TUESDAY


@pytest.fixture
def time_passes(_standing_clock) -> Callable[..., datetime]:
    """Move the standing clock on: `now = time_passes(hours=3)`."""

    def move(**length: float) -> datetime:
        _standing_clock.shift(timedelta(**length))
        return datetime.now(UTC)

    return move
