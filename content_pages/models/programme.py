"""A programme's pages: the folder of all, and the first page of each."""

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from content_pages import drawings, editors, panels
from content_pages.blocks.streams import PublicStream
from content_pages.editing import ProgrammeForm
from content_pages.models.audience import Audience
from content_pages.models.live_session import LiveSessionPage, call_off
from content_pages.models.opens import BY_DEFAULT, Opens


class ProgrammesPage(Page):
    """The folder in which programmes stand; it has no page of its own."""

    audience = Audience.PARTICIPANTS
    parent_page_types = ["content_pages.HomePage"]
    subpage_types = ["content_pages.ProgrammePage"]
    max_count = 1
    promote_panels: list = []
    settings_panels: list = []
    preview_modes: list = []
    page_description = _("The folder in which programmes stand; it is shown to nobody")


class ProgrammePage(Page):
    """One programme: its slug is that of the programme people enrol in."""

    audience = Audience.PARTICIPANTS
    admin_default_ordering = "ord"  # as its readers find the parts
    parent_page_types = ["content_pages.ProgrammesPage"]
    subpage_types = ["content_pages.ModulePage", "content_pages.LiveSessionPage"]
    base_form_class = ProgrammeForm
    page_description = _("One programme: its parts stand below it; its slug is the one people enrol in")

    summary = models.TextField(
        max_length=300, blank=True, help_text=_("One or two sentences about the whole.")
    )
    drawing = models.CharField(
        max_length=60, blank=True, choices=drawings.names, help_text=_("Shown with the words below.")
    )
    drawing_alt = models.CharField(
        _("what the drawing shows"), max_length=300, blank=True, help_text=_("For those who cannot see it.")
    )
    welcome = StreamField(PublicStream(), blank=True, help_text=_("Shown before the first part is begun."))
    ending = StreamField(
        PublicStream(), blank=True, help_text=_("Shown when the last part is behind somebody.")
    )

    opens = models.CharField(
        _("when its parts open"), max_length=14, choices=BY_DEFAULT, default=Opens.IN_ORDER,
        help_text=_("Each part can have a rule of its own."),
    )  # fmt: skip

    content_panels = panels.around(
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("opens"),
        FieldPanel("welcome"),
        FieldPanel("ending"),
        FieldPanel("drawing"),
        FieldPanel("drawing_alt"),
    )

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the page, and let the editors of its programme edit it."""
        super().save(*args, **kwargs)
        editors.permit(self)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Delete the page with all below it; its meetings are called off first."""
        call_off(LiveSessionPage.objects.descendant_of(self))
        return super().delete(*args, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Return the list of its parts as an editor sees it."""
        from content_pages.views import previews

        return previews.programme(request, self)
