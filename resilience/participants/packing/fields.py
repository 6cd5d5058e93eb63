"""A model's own fields in a pack, by introspection: a field that is added travels by itself."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from resilience.participants.packing import markup
from resilience.participants.packing.documents import Document, Place

AS_TEXT = (date, datetime, time, Decimal, UUID)


def travelling(model: type[models.Model], *, left_out: Collection[str]) -> list[models.Field]:
    """Return the fields of a model that stand in its own table or a parent's, but for those left out."""
    return [field for field in model._meta.concrete_fields if field.name not in left_out]


def write(instance: models.Model, *, left_out: Collection[str]) -> dict[str, object]:
    """Return the fields of a row as JSON has them."""
    return {field.name: plain(instance, field) for field in travelling(type(instance), left_out=left_out)}


def plain(instance: models.Model, field: models.Field) -> object:
    """Return one field as JSON has it."""
    value = field.value_from_object(instance)
    return field.value_to_string(instance) if isinstance(value, AS_TEXT) else value


def read(
    document: Document,
    place: Place,
    model: type[models.Model],
    *,
    left_out: Collection[str],
    markup_in: Mapping[str, Collection[str]] | None = None,
) -> dict[str, object]:
    """Return the fields of a row from an object in a pack; `markup_in` names the fields that may hold HTML.

    Raises Broken for a name that is missing or unknown, a value of another kind, and HTML where none may stand.
    """
    fields = travelling(model, left_out=left_out)
    stored = document.only(place, [field.name for field in fields])
    rich = markup_in or {}
    return {
        field.name: one(document, (*place, field.name), field, stored[field.name], rich.get(field.name))
        for field in fields
    }


def one(
    document: Document, place: Place, field: models.Field, value: object, features: Collection[str] | None
) -> object:
    """Return one field's value from a pack. Raises Broken."""
    if isinstance(value, str):
        words = markup.plain(value) if features is None else markup.rich(value, features)
        if words:
            document.refuse(place, words)
    if not _fits(field, value):
        document.refuse(place, f"this does not fit “{field.name}”")
    try:
        return field.to_python(value)
    except ValidationError as error:
        document.refuse(place, " ".join(error.messages))


def _fits(field: models.Field, value: object) -> bool:
    if value is None:
        return field.null
    if isinstance(field, models.BooleanField):
        return isinstance(value, bool)
    if isinstance(field, models.IntegerField):
        return isinstance(value, int) and not isinstance(value, bool)
    if isinstance(field, models.FloatField):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(field, models.JSONField) or isinstance(value, str)


def checked(document: Document, place: Place, instance: models.Model) -> models.Model:
    """Return a row that may be stored. Raises Broken, at the field where its model refuses it."""
    try:
        instance.full_clean()
    except ValidationError as error:
        faults = error.message_dict
        name = next(iter(faults))
        document.refuse((*place, name), " ".join(faults[name]))
    return instance
