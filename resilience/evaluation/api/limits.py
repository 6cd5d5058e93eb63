"""How often a program may ask, counted by the minute in the site's cache."""

from datetime import datetime

from django.core.cache import cache

READS_A_MINUTE, WRONG_A_MINUTE = 120, 20
A_MINUTE = 60


class TooOften(Exception):
    """More was asked than a minute allows; `seconds` says when the next one begins."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def take(key: str, *, most: int, now: datetime) -> None:
    """Count one more for this key. Raises TooOften above `most` in this minute."""
    minute, second = divmod(int(now.timestamp()), A_MINUTE)
    name = f"api:{key}:{minute}"
    if cache.add(name, 1, timeout=2 * A_MINUTE):
        return
    if cache.incr(name) > most:
        raise TooOften(A_MINUTE - second)
