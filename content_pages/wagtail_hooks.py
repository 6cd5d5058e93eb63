"""Wagtail's admin, trimmed to what an editor needs."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.documents.wagtail_hooks import DocumentsSummaryItem
from wagtail.models import Page

from content_pages import access, counting_parts, guarding  # noqa: F401 - guarding registers by import
from content_pages.models import ModulePage, ProgrammePage
from content_pages.reports import menu  # noqa: F401 - registers by import

HIDDEN = {"settings", "help", "documents", "snippets", "collections"}


@hooks.register("before_serve_page")
def serve_only_what_is_for_everyone(
    page: object, request: HttpRequest, args: list, kwargs: dict
) -> HttpResponse | None:
    """Hand a page to Wagtail only where its class says that it is for everyone."""
    return access.before_serving(page, request)


@hooks.register("construct_main_menu")
def leave_out_what_editors_do_not_need(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Keep pages, pictures and reports; people, sites and groups are kept elsewhere."""
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN]


@hooks.register("register_admin_menu_item")
def to_the_site() -> MenuItem:
    """Add the way back to the site."""
    return MenuItem(_("To the site"), "/", name="to-the-site", icon_name="home", order=10_000)


class ProgrammesPanel(Component):
    """The programmes with their parts, each one click from its editor."""

    name = "programmes"
    template_name = "content_pages/admin/programmes.html"
    order = 10

    def get_context_data(self, parent_context: dict) -> dict:
        """Return the live parts of each programme that this person edits, with the address of their editor."""
        user, pages = parent_context["request"].user, ProgrammePage.objects.live().order_by("path")
        pages = pages.select_related("locale")
        return {"programmes": [_parts(page) for page in pages if page.permissions_for_user(user).can_edit()]}


def _parts(page: ProgrammePage) -> dict:
    parts = [
        {
            "title": each.title,
            "pieces": each.get_children().live().count(),
            "edit": reverse("wagtailadmin_explore", args=[each.pk]),
        }
        for each in ModulePage.objects.child_of(page).live()
    ]
    edit = reverse("wagtailadmin_explore", args=[page.pk])
    return {"title": page.get_admin_display_title(), "locale": page.locale, "edit": edit, "parts": parts}


@hooks.register("construct_homepage_summary_items")
def count_no_documents(request: HttpRequest, summary_items: list[Component]) -> None:
    """Count pages and pictures; the programme has no documents."""
    summary_items[:] = [item for item in summary_items if not isinstance(item, DocumentsSummaryItem)]


@hooks.register("construct_homepage_panels")
def programmes_first(request: HttpRequest, panels: list[Component]) -> None:
    """Put the programmes on top of the first page."""
    panels.insert(0, ProgrammesPanel())


@hooks.register("after_delete_page")
def count_the_parts_that_are_left(request: HttpRequest, page: Page) -> None:
    """Keep the number of parts true when one is taken away."""
    if isinstance(page.specific_deferred, ModulePage):
        counting_parts.parts(page.get_parent(update=True))
