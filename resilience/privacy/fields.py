"""Text that is stored encrypted under a person's data key, bound to its model, field and row."""

import base64
import os
import uuid
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from resilience.privacy import keys

VERSION = "1"
NONCE_BYTES = 12


class Unreadable(Exception):
    """The stored text was moved to another row or field, or tampered with."""


@dataclass(frozen=True)
class Sealed:
    """Stored ciphertext, not yet opened: `version.key id.nonce and text in base64`."""

    token: str

    @property
    def key_id(self) -> uuid.UUID:
        return uuid.UUID(self.token.split(".")[1])


def seal(text: str, *, key_id: uuid.UUID, place: str) -> Sealed:
    """Return `text` encrypted with the data key `key_id` and bound to `place`. Raises keys.Destroyed."""
    nonce = os.urandom(NONCE_BYTES)
    body = AESGCM(keys.open_key(key_id)).encrypt(nonce, text.encode(), place.encode())
    return Sealed(f"{VERSION}.{key_id}.{base64.urlsafe_b64encode(nonce + body).decode()}")


def unseal(sealed: Sealed, *, place: str, key: bytes | None = None) -> str:
    """Return the text, opened with `key` where the caller has it. Raises keys.Destroyed, or Unreadable elsewhere."""
    raw = base64.urlsafe_b64decode(sealed.token.split(".")[2])
    try:
        cipher = AESGCM(key or keys.open_key(sealed.key_id))
        opened = cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.encode())
    except InvalidTag:
        raise Unreadable(place) from None
    return opened.decode()


class _Opened:
    """Opens the text when it is read, once for each instance."""

    def __init__(self, field: "EncryptedTextField") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type) -> object:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            instance.refresh_from_db(fields=[self.field.attname])
        value = instance.__dict__[self.field.attname]
        if isinstance(value, Sealed):
            value = unseal(value, place=self.field.place(instance))
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField):
    """A text field whose column holds ciphertext only.

    `key` names the path from the row to its DataKey id (for example "participant.data_key_id"). An empty
    text is stored as an empty string. It cannot be searched or ordered by. Reading raises keys.Destroyed
    after erasure.
    """

    def __init__(self, *args: object, key: str, **kwargs: object) -> None:
        self.key = key
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "key": self.key}

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: object) -> None:
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, self.attname, _Opened(self))

    def place(self, instance: models.Model) -> str:
        """Return what the ciphertext is bound to: model, field and row."""
        return f"{instance._meta.label}|{self.name}|{instance.pk}"

    def from_db_value(self, value: str | None, expression: object, connection: object) -> object:
        return Sealed(value) if value else value

    def pre_save(self, instance: models.Model, add: bool) -> object:
        value = instance.__dict__.get(self.attname)
        if not value or isinstance(value, Sealed):
            return value
        return seal(str(value), key_id=self._key_id(instance), place=self.place(instance))

    def get_prep_value(self, value: object) -> object:
        return value.token if isinstance(value, Sealed) else value

    def get_db_prep_save(self, value: object, connection: object) -> object:
        if value and not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is encrypted: save the row itself, not through update()")
        return self.get_prep_value(value)

    def _key_id(self, instance: models.Model) -> uuid.UUID:
        found = instance
        for step in self.key.split("."):
            found = getattr(found, step)
        return found
