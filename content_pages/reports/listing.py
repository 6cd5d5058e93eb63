"""What the reports share: whose pages somebody may edit, rows that lead to a page, and Wagtail's own table."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from content_pages.models import ProgrammePage
from resilience.accounts.models import User

LONGEST_LIST = 10


def pages_edited_by(user: User) -> QuerySet:
    """Return the pages that somebody may edit, in the order of the tree."""
    policy = policy_registry.get_by_type(Page)
    return policy.instances_user_has_permission_for(user, "change").filter(depth__gt=1).order_by("path")


def programmes_edited_by(user: User) -> list[ProgrammePage]:
    """Return the first pages of the programmes that somebody may edit."""
    return list(ProgrammePage.objects.filter(pk__in=pages_edited_by(user).values("pk")).order_by("path"))


@dataclass(frozen=True)
class To:
    """A link to the editor of a page."""

    title: str
    url: str


def to(page: Page) -> To:
    """Return the link to the editor of a page."""
    return To(page.title, reverse("wagtailadmin_pages:edit", args=[page.pk]))


class LinksColumn(Column):
    """A few links, and how many more there are."""

    cell_template_name = "content_pages/admin/links_cell.html"

    def get_cell_context_data(self, instance: object, parent_context: dict) -> dict:
        """Return the context with the links of this row."""
        links = list(self.get_value(instance) or ())
        shown = {"links": links[:LONGEST_LIST], "more": max(0, len(links) - LONGEST_LIST)}
        return {**super().get_cell_context_data(instance, parent_context), **shown}


class LinesColumn(Column):
    """Some short lines below each other."""

    cell_template_name = "content_pages/admin/lines_cell.html"


class Report(ReportView):
    """A report of rows that this person may see; Wagtail shows it as a table and as a spreadsheet."""

    any_permission_required = ["add", "change", "publish"]
    permission_policy = policy_registry.get_by_type(Page)

    def rows(self) -> Iterable[object]:
        """Return the rows."""
        raise NotImplementedError

    def get_filtered_queryset(self) -> list:
        """Return the rows as Wagtail's view wants them."""
        return list(self.rows())
