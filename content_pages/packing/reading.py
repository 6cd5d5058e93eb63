"""One page from its file: what can be said of it before the others stand, and what only then."""

from django.core.exceptions import ValidationError
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from content_pages.packing import columns, streams
from content_pages.packing.references import Inwards
from resilience.participants.packing import fields
from resilience.participants.packing.documents import Document

BESIDE = ("type", "translation_key", "live", "fields")


def page(document: Document, model: type[Page]) -> Page:
    """Return a page with its plain fields, not stored and not shown. Raises Broken."""
    document.only((), BESIDE)
    document.take(("live",), bool)
    stored = document.only(("fields",), [field.name for field in columns.of(model)])
    values = {
        field.name: _value(document, field, stored[field.name])
        for field in columns.of(model)
        if not field.is_relation
    }
    return model(live=False, translation_key=document.take(("translation_key",), str), **values)


def _value(document: Document, field: object, value: object) -> object:
    place = ("fields", field.name)
    if isinstance(field, StreamField):
        streams.check_shape(document, place, field.stream_block, value)
        return []
    features = streams.features_of(field) if isinstance(field, RichTextField) else None
    return fields.one(document, place, field, value, features)


def exercises(document: Document, stored: Page) -> list[tuple[tuple, str]]:
    """Return where the exercises of a page stand in its file, with their keys. Raises Broken."""
    return [
        (place, document.take(place, str))
        for field in columns.of(type(stored))
        if isinstance(field, StreamField)
        for number, each in enumerate(document.value["fields"][field.name])
        if each["type"] == "exercise"
        for place in [("fields", field.name, number, "value", "key")]
    ]


def complete(document: Document, stored: Page, inwards: Inwards) -> None:
    """Give a page what it says of others, and look at it as an editor's form would. Raises Broken."""
    stored.live = document.value["live"]
    for field in columns.of(type(stored)):
        try:
            _fill(stored, field, document.value["fields"][field.name], inwards)
        except (KeyError, TypeError):
            document.refuse(
                ("fields", field.name), "it names a page, a picture or a sound that is not in the pack"
            )
    if not stored.live:
        return
    for field in columns.of(type(stored)):
        if isinstance(field, StreamField):
            raw = streams.mapped(field.stream_block, document.value["fields"][field.name], inwards.leaf)
            streams.check_content(document, ("fields", field.name), field.stream_block, raw)
    try:
        stored.full_clean()
    except ValidationError as error:
        name, faults = next(iter(error.message_dict.items()))
        document.refuse(("fields", name), " ".join(faults))


def _fill(stored: Page, field: object, value: object, inwards: Inwards) -> None:
    if isinstance(field, StreamField):
        setattr(stored, field.name, streams.mapped(field.stream_block, value, inwards.leaf))
    elif isinstance(field, RichTextField):
        setattr(stored, field.name, inwards.text(value))
    elif columns.leads_to_a_page(field):
        setattr(stored, field.attname, None if value is None else inwards.pages[value])
    elif columns.is_picture(field):
        setattr(stored, field.attname, None if value is None else inwards.pictures[value])
