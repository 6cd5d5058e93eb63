"""The front page."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from content_pages import drawings, panels, rendering
from content_pages.blocks.streams import PublicStream
from content_pages.editing import CheckedForm
from content_pages.models.audience import ForEveryone


class HomePage(ForEveryone, Page):
    """What somebody reads before they join: everyone's, and short."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["content_pages.PublicPage", "content_pages.ProgrammesPage"]
    max_count = 1
    template = "content_pages/home.html"
    promote_panels: list = []
    settings_panels: list = []
    base_form_class = CheckedForm
    page_description = _("The front page: what somebody reads before they join")

    summary = models.TextField(
        max_length=300, blank=True, help_text=_("One or two sentences below the name.")
    )
    drawing = models.CharField(
        max_length=60, blank=True, choices=drawings.names, help_text=_("Shown beside the name.")
    )
    drawing_alt = models.CharField(
        _("what the drawing shows"), max_length=300, blank=True, help_text=_("For those who cannot see it.")
    )
    body = StreamField(
        PublicStream(), blank=True, help_text=_("Short: what it is, what it is not, who knows.")
    )

    content_panels = panels.around(
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("drawing"),
        FieldPanel("drawing_alt"),
        FieldPanel("body"),
    )

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        """Return the context: the pieces of the page, and the public pages that it leads to."""
        return {
            **super().get_context(request, *args, **kwargs),
            "pieces": rendering.of_page(self),
            "drawing": drawings.address(self.drawing) if self.drawing else "",
            "beside": self.get_children().type(_public()).live().in_menu(),
            "site_name": self.title,
        }


def _public() -> type[Page]:
    from content_pages.models.public import PublicPage

    return PublicPage
