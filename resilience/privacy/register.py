"""The field register: each stored field is personal, pseudonymous or operational, with what erasure does to it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import models

PERSONAL, PSEUDONYMOUS, OPERATIONAL = "personal", "pseudonymous", "operational"
ERASE, BLANK, KEEP = "delete", "blank", "keep"

TWELVE_MONTHS_AFTER_LAST_ACTIVITY = "12 months after last activity"
THIRTY_DAYS_AFTER_LAST_BOOKING = "30 days after the last booking"
THIRTY_DAYS = "30 days"
NINETY_DAYS = "90 days"
SIX_YEARS = "6 years"
SESSION_LIFE = "as long as the sign-in"
WHILE_THE_SITE_RUNS = "as long as the site runs"
STUDY_RETENTION = "as long as the programme's plan names"


@dataclass(frozen=True)
class Row:
    """One field of one model, as listed by `manage.py list_fields`."""

    model: str
    field: str
    kind: str
    purpose: str
    retention: str
    erasure: str


_rows: dict[tuple[str, str], Row] = {}


class DeclaredTwice(Exception):
    """A field was put into the register twice."""


def register(
    model: type[models.Model],
    *,
    purpose: str,
    keep: str,
    personal: Mapping[str, str] | None = None,
    pseudonymous: Mapping[str, str] | None = None,
    operational: Iterable[str] = (),
) -> None:
    """Classify the fields of `model`. Raises DeclaredTwice when one is already there."""
    for field, erasure in (personal or {}).items():
        _add(model, field, PERSONAL, purpose, keep, erasure)
    for field, erasure in (pseudonymous or {}).items():
        _add(model, field, PSEUDONYMOUS, purpose, keep, erasure)
    for field in operational:
        _add(model, field, OPERATIONAL, purpose, keep, KEEP)


def register_whole(label: str, *, kind: str, purpose: str, keep: str, erasure: str = KEEP) -> None:
    """Classify every field of somebody else's model by one row (their models change with their releases)."""
    model = apps.get_model(label)
    for field in stored_fields(model):
        _add(model, field, kind, purpose, keep, erasure)


def _add(model: type[models.Model], field: str, kind: str, purpose: str, keep: str, erasure: str) -> None:
    key = (model._meta.label, field)
    if key in _rows:
        raise DeclaredTwice(f"{key[0]}.{field}")
    _rows[key] = Row(key[0], field, kind, purpose, keep, erasure)


def stored_fields(model: type[models.Model]) -> list[str]:
    """Return the names of the fields that the model's own table stores (many-to-many tables included)."""
    return [field.name for field in [*model._meta.local_fields, *model._meta.local_many_to_many]]


def rows() -> list[Row]:
    """Return the whole register, by model and field."""
    return sorted(_rows.values(), key=lambda row: (row.model, row.field))


def undeclared() -> Iterator[str]:
    """Yield `app.Model.field` for each stored field that nobody classified."""
    for model in apps.get_models(include_auto_created=False):
        for field in stored_fields(model):
            if (model._meta.label, field) not in _rows:
                yield f"{model._meta.label}.{field}"


def declared_but_gone() -> Iterator[str]:
    """Yield `app.Model.field` for each row whose field the model no longer has."""
    for model_label, field in _rows:
        if field not in stored_fields(apps.get_model(model_label)):
            yield f"{model_label}.{field}"
