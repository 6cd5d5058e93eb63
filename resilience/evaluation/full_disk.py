"""A disk that fills up is a refusal in words, like any other."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError
from django.utils.translation import gettext_noop

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
DISK_FULL = "53100"  # PostgreSQL's word for it
WORDS = gettext_noop(
    "There is no room left on the disk of this site, and nothing was kept. Tell whoever runs it; then ask again."
)


class FullDisk(Exception):
    """There is no room left for what was to be stored."""


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what the system or the database says of a full disk into FullDisk; every other fault goes on as it is."""
    try:
        yield
    except (OSError, sqlite3.OperationalError, OperationalError) as odd:
        if _is_full(odd.__cause__ or odd):
            raise FullDisk from odd
        raise


def _is_full(odd: BaseException) -> bool:
    return (
        getattr(odd, "errno", None) in NO_ROOM
        or getattr(odd, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        or getattr(odd, "sqlstate", None) == DISK_FULL
    )
