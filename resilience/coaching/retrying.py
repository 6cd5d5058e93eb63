"""Run a transaction again when the database asks for it: deadlock or failed serialization, up to three times."""

import functools
from collections.abc import Callable

from django.db import OperationalError, connection

AGAIN = frozenset({"40P01", "40001"})
TRIES = 3


def when_asked(act: Callable) -> Callable:
    """Decorate a function that opens its own transaction; inside another transaction it runs once."""

    @functools.wraps(act)
    def run(*args: object, **kwargs: object) -> object:
        for _earlier in range(TRIES - 1):
            try:
                return act(*args, **kwargs)
            except OperationalError as error:
                if connection.in_atomic_block or code(error) not in AGAIN:
                    raise
        return act(*args, **kwargs)

    return run


def code(error: Exception) -> str:
    """Return PostgreSQL's code for an error, or an empty string."""
    return getattr(error.__cause__, "sqlstate", None) or ""
