"""Each block and page has what an editor needs: to choose it, to see it before it is used, and to fill it in."""

from collections.abc import Iterator

from django.core import checks
from django.db.models import Model
from wagtail.blocks import Block, ListBlock, StructBlock
from wagtail.images.blocks import ImageBlock
from wagtail.models import get_page_models

from content_pages.blocks.streams import ActivityStream, PublicStream

OURS = "content_pages"


@checks.register
def every_block_can_be_shown_and_previewed(**kwargs: object) -> list[checks.Error]:
    """Return one error for each thing that a block of a page lacks."""
    streams = (ActivityStream(), PublicStream())
    blocks = {name: block for stream in streams for name, block in stream.child_blocks.items()}
    return [
        checks.Error(
            f"The block {name} has no {missing}.", hint="Say it in the block's Meta.", id="content_pages.E001"
        )
        for name, block in sorted(blocks.items())
        for missing in (*lacking(block), *unexplained(block))
    ]


@checks.register
def every_page_is_explained(**kwargs: object) -> list[checks.Error]:
    """Return one error for each kind of page, and each field of one, that says nothing to its editor."""
    ours = [model for model in get_page_models() if model._meta.app_label == OURS]
    return [
        checks.Error(
            f"{model.__name__} has no {missing}.", hint="A writer reads it.", id="content_pages.E002"
        )
        for model in ours
        for missing in silent(model)
    ]


def lacking(block: Block) -> Iterator[str]:
    """Yield what a block lacks."""
    for needed in ("icon", "label", "template", "description"):
        if not getattr(block.meta, needed, None) or getattr(block.meta, needed) == "placeholder":
            yield needed
    if not hasattr(block.meta, "preview_value"):
        yield "preview_value"


def unexplained(block: Block, above: str = "") -> Iterator[str]:
    """Yield the boxes inside a block that have no help text."""
    if isinstance(block, ListBlock):
        yield from unexplained(block.child_block, above)
    elif isinstance(block, StructBlock) and not isinstance(block, ImageBlock):
        for name, child in block.child_blocks.items():
            box = getattr(child, "field", None) or child.meta
            if not getattr(box, "help_text", ""):
                yield f"help text for {above}{name}"
            yield from unexplained(child, f"{above}{name}.")


def silent(page: type[Model]) -> Iterator[str]:
    """Yield what a kind of page does not explain."""
    if not getattr(page, "page_description", ""):
        yield "page_description"
    for field in page._meta.local_fields:
        if not field.help_text and not field.primary_key:
            yield f"help text for {field.name}"
