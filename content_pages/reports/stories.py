"""Every story with who read it and when it is to be read again; those whose day has passed come first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusFlagColumn, TitleColumn

from content_pages.blocks import media
from content_pages.models import ActivityPage
from content_pages.reports import listing
from resilience import clock

STORY = "vignette"


@dataclass(frozen=True)
class Story:
    """One version of a story on one page."""

    page: listing.To
    heading: str
    profession: str
    invented: bool
    read_by: str
    review_on: date | None
    is_overdue: bool


class Stories(listing.Report):
    """The stories, those to be read again first."""

    page_title = _("Stories")
    header_icon = "group"
    index_url_name = "content_pages_stories"
    columns = [
        TitleColumn("page", label=_("Page"), accessor="page.title", get_url=lambda row: row.page.url),
        Column("heading", label=_("Story")),
        Column("profession", label=_("For")),
        StatusFlagColumn("invented", label=_("Invented"), true_label=_("invented"), false_label=_("true story")),
        Column("read_by", label=_("Read by"), accessor=lambda row: row.read_by or _("nobody yet")),
        Column("review_on", label=_("Read again on"), accessor=lambda row: row.review_on or "–"),
        StatusFlagColumn("is_overdue", label=_("State"), true_label=_("read it again")),
    ]  # fmt: skip

    def rows(self) -> Iterable[Story]:
        """Return the stories of the pages that somebody edits."""
        edited = listing.pages_edited_by(self.request.user).values("pk")
        today = clock.now().date()
        pages = ActivityPage.objects.filter(pk__in=edited).order_by("path")
        return sorted((story for page in pages for story in _of(page, today)), key=_overdue_first)


def _of(page: ActivityPage, today: date) -> Iterator[Story]:
    for block in page.body:
        if block.block_type != STORY:
            continue
        for version in block.value["versions"]:
            due = version["review_on"]
            yield Story(
                page=listing.to(page),
                heading=version["heading"] or block.value["heading"],
                profession=media.NAMES.get(version["profession"], ""),
                review_on=due,
                is_overdue=due is not None and due <= today,
                **media.about(version),
            )


def _overdue_first(story: Story) -> tuple[bool, date]:
    return (not story.is_overdue, story.review_on or date.max)
