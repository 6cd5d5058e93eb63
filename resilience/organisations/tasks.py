"""Doorways for the queue."""

from resilience import clock
from resilience.organisations import expiring, plain


def write_plain_pages() -> None:
    """Write the pages that stand as files, as everything stands now."""
    plain.write()


def warn_of_ends() -> None:
    """Tell the owners of routes that end soon, or have ended."""
    expiring.warn(now=clock.now())
