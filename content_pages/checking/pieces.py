"""A page taken apart for looking at: each block with the words, headings, links and pictures in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

from content_pages.checking import markup
from content_pages.checking.markup import Found, Heading, Picture, Words

IN_WORDS = ("title", "summary", "aim", "content_note", "drawing_alt")
SHOWN_AS_HEADINGS = {"heading", "title"}
A_PART = 2


@dataclass(frozen=True)
class Piece:
    """One field of a page, or one block of a stream, with what stands in it."""

    field: str
    index: int | None
    name: str
    holds: tuple[Found, ...]

    @property
    def passages(self) -> list[str]:
        """Return the words that are read."""
        return [each.text for each in self.holds if isinstance(each, Words | Heading)]


def of(page: Model, values: Mapping[str, object] | None = None) -> list[Piece]:
    """Return the pieces of a page, in its order; of `values` where a form holds newer ones."""
    newer = values or {}
    return [
        piece
        for field in page._meta.get_fields()
        if hasattr(field, "attname")
        for piece in _of_field(page, field, newer.get(field.name, getattr(page, field.name, None)))
    ] + _drawing(page, newer)


def _of_field(page: Model, field: object, value: object) -> Iterator[Piece]:
    if isinstance(field, StreamField):
        for index, child in enumerate(value or ()):
            name = _("“%(block)s”, block %(number)d") % {"block": child.block.label, "number": index + 1}
            yield Piece(field.name, index, name, tuple(_in_block(child.block, child.value)))
    elif isinstance(field, RichTextField):
        yield Piece(field.name, None, str(field.verbose_name), tuple(markup.read(str(value or ""))))
    elif field.name in IN_WORDS and value:
        yield Piece(field.name, None, str(field.verbose_name), (Words(str(value)),))


def _drawing(page: Model, newer: Mapping[str, object]) -> list[Piece]:
    name = newer.get("drawing", getattr(page, "drawing", ""))
    if not name:
        return []
    described = newer.get("drawing_alt", getattr(page, "drawing_alt", ""))
    return [Piece("drawing_alt", None, _("The drawing"), (Picture(bool(described)),))]


def _in_block(block: blocks.Block, value: object) -> Iterator[Found]:
    """Yield what stands in a block of any kind, blocks inside it included."""
    if isinstance(block, blocks.StructBlock) and not isinstance(block, ImageBlock):
        for name, child in block.child_blocks.items():
            yield from _in_child(name, child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for each in value or ():
            yield from _in_block(block.child_block, each)
    elif isinstance(block, ImageBlock):
        if value is not None:
            yield Picture(bool(value.decorative or value.contextual_alt_text))
    elif isinstance(value, RichText):
        yield from markup.read(value.source)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock) and value:
        yield Words(str(value))


def _in_child(name: str, child: blocks.Block, value: object) -> Iterator[Found]:
    if name == "alt":
        yield Picture(bool(value))
    if name in SHOWN_AS_HEADINGS and value and isinstance(child, blocks.CharBlock):
        yield Heading(A_PART, str(value))
    else:
        yield from _in_block(child, value)
