"""Doorways for the queue."""

from resilience import clock
from resilience.journeys import keeping, quiet, waited


def let_go() -> None:
    """Blank the numbers and erase the people whose time is over."""
    keeping.let_go(now=clock.now())


def write_to_the_quiet() -> None:
    """Write once to the people who have been away for three weeks."""
    quiet.write_once(now=clock.now())


def write_to_who_waited() -> None:
    """Write once to the people whose waiting list has ended."""
    waited.write_once(now=clock.now())
