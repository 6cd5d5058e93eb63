"""Every page with how it reads, what there is to put right, and when somebody other than its writer read it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.models import Page, TaskState

from content_pages.checking import page as checking
from content_pages.reports import listing


class Checks(listing.Report):
    """The checks of all pages."""

    page_title = _("All pages checked")
    header_icon = "circle-check"
    index_url_name = "content_pages_checks"
    columns = [
        TitleColumn("title", label=_("Page"), get_url=lambda page: listing.to(page).url),
        Column("kind", label=_("Kind"), accessor=lambda page: page.specific_class.get_verbose_name()),
        Column("state", label=_("State"), accessor=lambda page: _("published") if page.live else _("draft")),
        Column("age", label=_("Reads like age"), accessor=lambda page: page.checked.reading.age or _("too short")),
        listing.LinesColumn("faults", label=_("To put right"), accessor="told"),
        DateColumn("reviewed_at", label=_("Read by a second person")),
    ]  # fmt: skip

    def rows(self) -> Iterable[Page]:
        """Return the pages that somebody edits; what the checks find is worked out for those of one screen."""
        return listing.pages_edited_by(self.request.user).specific()

    def get_table(self, object_list: Iterable[Page]) -> object:
        """Return the table, each page with what the checks find."""
        pages = list(object_list)
        read = _read(pages)
        for page in pages:
            page.checked = checking.look(page)
            page.told = [fault.told for fault in page.checked.faults] + [page.checked.in_words]
            page.reviewed_at = read.get(str(page.pk))
        return super().get_table(pages)


def _read(pages: list[Page]) -> dict[str, datetime]:
    approved = TaskState.objects.filter(
        status=TaskState.STATUS_APPROVED, workflow_state__object_id__in=[str(page.pk) for page in pages]
    )
    rows = approved.order_by("finished_at").values_list("workflow_state__object_id", "finished_at")
    return dict(rows)
