"""Make, open and destroy data keys."""

import uuid
from collections.abc import Callable
from datetime import datetime

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction

from resilience.privacy.models import DataKey


class Destroyed(Exception):
    """The key is gone, and with it everything that was written under it."""


def make(*, at: datetime) -> DataKey:
    """Return a stored data key of 256 bits, wrapped by the newest of the site's keys."""
    return DataKey.objects.create(wrapped=_site_keys().encrypt(AESGCM.generate_key(256)), made_at=at)


def open_key(key_id: uuid.UUID) -> bytes:
    """Return the 32 bytes of a data key. Raises Destroyed when it was destroyed or never was."""
    wrapped = DataKey.objects.filter(pk=key_id).values_list("wrapped", flat=True).first()
    if wrapped is None:
        raise Destroyed(str(key_id))
    return unwrap(wrapped)


def unwrap(wrapped: bytes | None) -> bytes:
    """Return the 32 bytes of a data key that was read beside the row it opens. Raises Destroyed."""
    if wrapped is None:
        raise Destroyed
    return _site_keys().decrypt(bytes(wrapped))


def destroy(key: DataKey, *, at: datetime) -> None:
    """Destroy the key: what was written under it can never be read again."""
    DataKey.objects.filter(pk=key.pk).update(wrapped=None, destroyed_at=at)


def rewrap(*, batch: int = 500, tell: Callable[[int], None] | None = None) -> int:
    """Wrap every living key anew under the newest of the site's keys; return how many there were.

    `tell` hears after each batch how many are done. Raises InvalidToken for one that no key of the site opens; the
    batches before it stay wrapped anew.
    """
    done, after = 0, uuid.UUID(int=0)
    while found := _rewrap_next(batch, after=after):
        done, after = done + len(found), found[-1].pk
        if tell is not None:
            tell(done)
    return done


@transaction.atomic
def _rewrap_next(batch: int, *, after: uuid.UUID) -> list[DataKey]:
    living = DataKey.objects.filter(
        wrapped__isnull=False
    )  # asked again when writing: a key may be destroyed meanwhile
    found = list(living.filter(pk__gt=after).order_by("pk").select_for_update()[:batch])
    for key in found:
        key.wrapped = _site_keys().rotate(bytes(key.wrapped))
    living.bulk_update(found, ["wrapped"])
    return found


def _site_keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])
