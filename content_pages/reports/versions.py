"""Which version of each page how many people saw, finished and skipped; never fewer than ten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.models import Page, Revision

from content_pages.models import ProgrammePage
from content_pages.reports import listing
from resilience.engagement import fidelity
from resilience.engagement.fidelity import Figures

FEW = _("fewer than 10")


@dataclass(frozen=True)
class Row:
    """One version of a page."""

    page: listing.To
    version_at: datetime | None
    figures: Figures


class Versions(listing.Report):
    """Versions with their figures; "at least", by fives."""

    page_title = _("Versions seen")
    header_icon = "history"
    index_url_name = "content_pages_versions"
    list_export = [
        "page.title",
        "figures.revision",
        "version_at",
        "figures.saw",
        "figures.finished",
        "figures.skipped",
    ]
    columns = [
        TitleColumn("page", label=_("Page"), accessor="page.title", get_url=lambda row: row.page.url),
        DateColumn("version_at", label=_("Version of")),
        Column("saw", label=_("Saw it, at least"), accessor=lambda row: _said(row.figures.saw)),
        Column("finished", label=_("Finished it, at least"), accessor=lambda row: _said(row.figures.finished)),
        Column("skipped", label=_("Skipped it, at least"), accessor=lambda row: _said(row.figures.skipped)),
    ]  # fmt: skip

    def rows(self) -> Iterable[Row]:
        """Return the versions that ten people or more saw, of the programmes that somebody edits."""
        return [row for page in listing.programmes_edited_by(self.request.user) for row in _of(page)]


def _of(programme: ProgrammePage) -> list[Row]:
    pages = {page.translation_key: page for page in programme.get_descendants().order_by("path")}
    figures = fidelity.by_version(programme=programme.slug, pages=pages)
    enough = [each for each in figures if each.saw is not None]
    made = _made([each.revision for each in enough])
    order = list(pages)
    enough.sort(key=lambda each: (order.index(each.page), each.revision or 0))
    return [Row(_to(pages[each.page], each.revision), made.get(each.revision), each) for each in enough]


def _made(revisions: list[int | None]) -> dict[int | None, datetime]:
    return dict(Revision.objects.filter(pk__in=revisions).values_list("pk", "created_at"))


def _to(page: Page, revision: int | None) -> listing.To:
    if revision is None:
        return listing.to(page)
    return listing.To(page.title, reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision]))


def _said(people: int | None) -> int | str | Promise:
    return FEW if people is None else people
