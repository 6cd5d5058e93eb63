"""The reports in Wagtail's menu, with their addresses."""

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from content_pages.reports.blocks import Blocks
from content_pages.reports.checks import Checks
from content_pages.reports.fixes import Fixes
from content_pages.reports.stories import Stories
from content_pages.reports.versions import Versions

REPORTS = {"checks": Checks, "stories": Stories, "versions": Versions, "fixes": Fixes, "blocks": Blocks}
FIRST = 100


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Return the addresses of the reports."""
    return [
        path(f"reports/{name}/", view.as_view(), name=view.index_url_name) for name, view in REPORTS.items()
    ]


def _item(name: str, order: int) -> MenuItem:
    view = REPORTS[name]
    return MenuItem(
        view.page_title, reverse(view.index_url_name), name=name, icon_name=view.header_icon, order=order
    )


for _order, _name in enumerate(REPORTS, start=FIRST):
    hooks.register("register_reports_menu_item", lambda name=_name, order=_order: _item(name, order))
