"""A module: one part of a programme, in pieces of ten minutes or less."""

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from content_pages import counting, drawings
from content_pages.models.audience import Audience


class ModulePage(Page):
    """What the part is about, how long it takes, and what supports somebody who reads it."""

    audience = Audience.PARTICIPANTS
    parent_page_types = ["content_pages.ProgrammePage"]
    subpage_types = ["content_pages.ActivityPage"]

    summary = models.TextField(max_length=300)
    aim = models.TextField(max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField()
    drawing = models.CharField(max_length=60, blank=True, choices=drawings.names)
    drawing_alt = models.CharField(_("what the drawing shows"), max_length=300, blank=True)
    support_note = RichTextField(blank=True, features=["bold", "italic", "link"])

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("aim"),
        FieldPanel("minutes"),
        FieldPanel("drawing"),
        FieldPanel("drawing_alt"),
        FieldPanel("support_note"),
    ]

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the page, and how many parts its programme has: a report counts who has been through them."""
        super().save(*args, **kwargs)
        counting.parts(self.get_parent())

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Return the page as a participant who has just begun sees it."""
        from content_pages.views import previews

        return previews.module(request, self)
