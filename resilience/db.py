"""What our models share: UUID keys, time stamps, evidence that is written once, constraints by vendor."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models


class Keyed(models.Model):
    """A row with a random UUID as its key, so that no address tells how many there are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class WrittenOnce(Exception):
    """Evidence was asked to change; a correction is a new row that points at the old one."""


class WrittenOnceQuerySet(models.QuerySet):
    """Reads and creates; nothing else, but for `erase`."""

    def update(self, **values: object) -> int:
        """Refuse. Raises WrittenOnce always."""
        raise WrittenOnce(self.model.__name__)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse. Raises WrittenOnce always."""
        raise WrittenOnce(self.model.__name__)

    def erase(self) -> tuple[int, dict[str, int]]:
        """Delete for the register's sake: erasure of a person and retention alone may call this."""
        return super().delete()


class Evidence(Keyed):
    """Written once: saving a stored row or deleting one raises WrittenOnce."""

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        """Insert the row. Raises WrittenOnce when it is already stored."""
        if not self._state.adding:
            raise WrittenOnce(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Refuse. Raises WrittenOnce always."""
        raise WrittenOnce(type(self).__name__)


class PostgresOnly(ExclusionConstraint):
    """An exclusion constraint that other vendors leave out; SQLite's one writer and our check stand in there."""

    def constraint_sql(self, model: type[models.Model], schema_editor: object) -> str | None:
        """Return the SQL on PostgreSQL, else None."""
        return super().constraint_sql(model, schema_editor) if _postgresql(schema_editor) else None

    def create_sql(self, model: type[models.Model], schema_editor: object) -> object | None:
        """Return the SQL on PostgreSQL, else None."""
        return super().create_sql(model, schema_editor) if _postgresql(schema_editor) else None

    def remove_sql(self, model: type[models.Model], schema_editor: object) -> object | None:
        """Return the SQL on PostgreSQL, else None."""
        return super().remove_sql(model, schema_editor) if _postgresql(schema_editor) else None

    def check(self, model: type[models.Model], connection: object) -> list:
        """Return nothing: the check would want django.contrib.postgres on every vendor."""
        return []

    def validate(self, model: type[models.Model], instance: models.Model, **kwargs: object) -> None:
        """Check on PostgreSQL alone. Raises ValidationError where the constraint is broken."""
        from django.db import connections

        if connections[kwargs.get("using") or "default"].vendor == "postgresql":
            super().validate(model, instance, **kwargs)


def _postgresql(schema_editor: object) -> bool:
    return schema_editor.connection.vendor == "postgresql"


def one_of(field: str, choices: type[models.TextChoices], *, name: str) -> models.CheckConstraint:
    """Return a constraint that admits only the stored codes of `choices` in `field`."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": choices.values}), name=name)


def set_exactly_when(field: str, *, status: str, is_: str, name: str) -> models.CheckConstraint:
    """Return a constraint: `field` holds a value exactly when `status` equals `is_`."""
    held = models.Q(**{f"{field}__isnull": False})
    there = models.Q(**{status: is_})
    return models.CheckConstraint(condition=(there & held) | (~there & ~held), name=name)
