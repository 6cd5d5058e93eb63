"""Each block has what an editor needs to choose it: an icon, a label, a template and a preview."""

from collections.abc import Iterator

from django.core import checks
from wagtail.blocks import Block

from content_pages.blocks.streams import ActivityStream, PublicStream


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
        for missing in lacking(block)
    ]


def lacking(block: Block) -> Iterator[str]:
    """Yield what a block lacks."""
    for needed in ("icon", "label", "template", "description"):
        if not getattr(block.meta, needed, None) or getattr(block.meta, needed) == "placeholder":
            yield needed
    if not hasattr(block.meta, "preview_value"):
        yield "preview_value"
