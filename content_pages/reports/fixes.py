"""What was changed in frozen programmes, when, by whom and why."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn

from content_pages.models import ContentFix
from content_pages.reports import listing


class Fixes(listing.Report):
    """The safety fixes of the programmes that somebody edits, the newest first."""

    page_title = _("Safety fixes")
    header_icon = "lock"
    index_url_name = "content_pages_fixes"
    list_export = ["at", "programme", "title", "page", "reason", "by"]
    columns = [
        DateColumn("at", label=_("When")),
        Column("programme", label=_("Programme")),
        Column("title", label=_("Page")),
        Column("reason", label=_("Why")),
        Column("by", label=_("By"), accessor=lambda fix: fix.by or _("somebody who has left")),
    ]

    def rows(self) -> Iterable[ContentFix]:
        """Return the fixes."""
        slugs = [page.slug for page in listing.programmes_edited_by(self.request.user)]
        return ContentFix.objects.filter(programme__in=slugs).select_related("by").order_by("-at")
