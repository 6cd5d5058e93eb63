"""Which blocks and which kinds of exercise stand where, and how often."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.fields import StreamField
from wagtail.models import Page

from content_pages.blocks.exercises import KINDS
from content_pages.blocks.streams import ActivityStream
from content_pages.reports import listing

EXERCISE = "exercise"


@dataclass(frozen=True)
class Use:
    """One block or kind of exercise: how often it stands on pages, and on which."""

    name: str
    times: int
    pages: tuple[listing.To, ...]


class Blocks(listing.Report):
    """The blocks, also those that no page uses."""

    page_title = _("Blocks in use")
    header_icon = "placeholder"
    index_url_name = "content_pages_blocks"
    columns = [
        Column("name", label=_("Block")),
        Column("times", label=_("How often")),
        listing.LinksColumn("pages", label=_("On which pages")),
    ]

    def rows(self) -> Iterable[Use]:
        """Return each block with the pages, of those that somebody edits, on which it stands."""
        found: dict[str, list[Page]] = defaultdict(list)
        for page in listing.pages_edited_by(self.request.user).specific():
            for name in _on(page):
                found[name].append(page)
        return [_use(label, found[name]) for name, label in _names()]


def _names() -> Iterator[tuple[str, str]]:
    for name, block in ActivityStream().child_blocks.items():
        yield name, str(block.label)
    for kind, label in KINDS:
        yield f"{EXERCISE}:{kind}", str(_("Exercise: %(kind)s") % {"kind": label})


def _on(page: Page) -> Iterator[str]:
    """Yield the name of each block of a page, and the kind of each exercise, as often as it stands there."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for block in getattr(page, field.name):
                yield block.block_type
                if block.block_type == EXERCISE:
                    yield f"{EXERCISE}:{block.value['kind']}"


def _use(name: str, pages: list[Page]) -> Use:
    once = {page.pk: page for page in pages}
    return Use(name, len(pages), tuple(listing.to(page) for page in once.values()))
