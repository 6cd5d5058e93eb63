"""What our models share: UUID keys, time stamps, evidence that is written once, constraints by vendor."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler


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


class Prepared:
    """A query whose SQL is built once: each call binds its values.

    Building SQL costs several times what running it does, and a page of a programme is read far more often than
    anything else. `build` is called once for each connection with the `examples`, which must differ from each other
    and from every constant of the query; what they became in it is what each call puts its own values in place of.
    """

    def __init__(self, build: Callable[..., models.QuerySet], **examples: object) -> None:
        self.build, self.examples = build, examples

    def rows(self, **values: object) -> list[tuple]:
        """Return plain rows for these values, as the database has them."""
        return self._run(values)[1]

    def instances(self, **values: object) -> list[models.Model]:
        """Return model instances for these values, with what was selected beside them, as a queryset would."""
        compiler, rows = self._run(values)
        fields = compiler.klass_info["select_fields"]
        begin, end = fields[0], fields[-1] + 1
        names = [column.target.attname for column, *_ in compiler.select[begin:end]]
        related = get_related_populators(compiler.klass_info, compiler.select, compiler.using)
        found = []
        for row in compiler.results_iter([rows]):
            instance = compiler.klass_info["model"].from_db(compiler.using, names, row[begin:end])
            for populator in related:
                populator.populate(row, instance)
            for name, column in compiler.annotation_col_map.items():
                setattr(instance, name, row[column])
            found.append(instance)
        return found

    def _run(self, values: dict[str, object]) -> tuple[SQLCompiler, list[tuple]]:
        kept = connection.__dict__.setdefault("_prepared", {})
        if self not in kept:
            kept[self] = self._built()
        compiler, sql, names, constants = kept[self]
        bound = {name: _bound(value) for name, value in values.items()}
        with connection.cursor() as cursor:
            cursor.execute(
                sql, [bound[name] if name else fixed for name, fixed in zip(names, constants, strict=True)]
            )
            return compiler, cursor.fetchall()

    def _built(self) -> tuple[SQLCompiler, str, list[str | None], list[object]]:
        compiler = self.build(**self.examples).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        names = {_bound(example): name for name, example in self.examples.items()}
        return compiler, sql, [names.get(each) for each in params], list(params)


def _bound(value: object) -> object:
    if isinstance(value, uuid.UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def as_uuid(value: uuid.UUID | str) -> uuid.UUID:
    """Return the key that a plain row holds, whatever the vendor hands out."""
    return value if isinstance(value, uuid.UUID) else uuid.UUID(value)


def as_moment(value: datetime | None) -> datetime | None:
    """Return the moment that a plain row holds: SQLite hands it out without its zone, which is UTC."""
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value
