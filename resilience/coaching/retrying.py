"""Run a transaction again when the database asks for it: deadlock or failed serialization, up to three times."""

import functools
from collections.abc import Callable

from django.db import OperationalError, connection

AGAIN = frozenset({"40P01", "40001"})
TRIES = 3


class Crowded(Exception):
    """So many asked for the same at once that the database gave up three times; nothing was changed."""


def when_asked(act: Callable) -> Callable:
    """Decorate a function that opens its own transaction; inside another transaction it runs once.

    The last try raises Crowded where the database asked for another.
    """

    @functools.wraps(act)
    def run(*args: object, **kwargs: object) -> object:
        asked = None
        for _try in range(TRIES):
            try:
                return act(*args, **kwargs)
            except OperationalError as error:
                if connection.in_atomic_block or code(error) not in AGAIN:
                    raise
                asked = error
        raise Crowded from asked

    return run


def code(error: Exception) -> str:
    """Return PostgreSQL's code for an error, or an empty string."""
    return getattr(error.__cause__, "sqlstate", None) or ""
