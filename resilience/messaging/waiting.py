"""How long to wait before a busy carrier is asked again."""

import random
from datetime import timedelta

from resilience.messaging.models import Channel

SHORTEST = timedelta(seconds=1)
LONGEST_RING = timedelta(seconds=20)  # a ring has a quarter of an hour
TWO_MINUTES, QUARTER_HOUR = timedelta(minutes=2), timedelta(minutes=15)
AN_HOURS_TRIES = 36


def before_next(*, channel: str, tries: int, asked: timedelta | None) -> timedelta:
    """Return what the carrier asked for, else twice as long each time: up to two minutes, later to fifteen."""
    if asked is not None:
        return max(asked, SHORTEST)
    doubled = timedelta(seconds=2 ** min(tries, 10) + random.random())  # noqa: S311 - spreads, guards nothing
    return min(doubled, _longest(channel, tries))


def _longest(channel: str, tries: int) -> timedelta:
    if channel == Channel.CALL:
        return LONGEST_RING
    return TWO_MINUTES if tries <= AN_HOURS_TRIES else QUARTER_HOUR
