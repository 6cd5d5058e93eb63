"""A disk that fills up is a refusal in words, like any other."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_noop

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
WORDS = gettext_noop(
    "There is no room left on the disk of this site, and nothing was kept. Tell whoever runs it; then ask again."
)


class FullDisk(Exception):
    """There is no room left for what was to be stored."""


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what the system says of a full disk into FullDisk; every other fault goes on as it is."""
    try:
        yield
    except OSError as odd:
        if odd.errno in NO_ROOM:
            raise FullDisk from odd
        raise
