"""An activity: one piece of a module."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from content_pages import panels
from content_pages.blocks.streams import ActivityStream
from content_pages.editing import ActivityForm
from content_pages.models.audience import Audience


class ActivityPage(Page):
    """Something to read, think about or try, in ten minutes or less."""

    audience = Audience.PARTICIPANTS
    parent_page_types = ["content_pages.ModulePage"]
    subpage_types: list = []
    base_form_class = ActivityForm

    page_description = _("One piece: something to read, think about or try, in ten minutes or less")

    minutes = models.PositiveSmallIntegerField(
        validators=[
            MinValueValidator(1, _("Write 1 or more.")),
            MaxValueValidator(10, _("A piece takes ten minutes or less. Split it in two.")),
        ],
        help_text=_("Ten or less. Read it aloud and time it, then add the time for writing."),
    )
    sensitive = models.BooleanField(
        default=False, help_text=_("A note comes first, and a way out stays in sight.")
    )
    content_note = models.TextField(
        max_length=400, blank=True, help_text=_("What comes, how long it takes, and that it can wait.")
    )
    body = StreamField(ActivityStream(), help_text=_("Text, a story, an exercise: what matters first."))

    content_panels = panels.around(
        *Page.content_panels,
        FieldPanel("minutes"),
        FieldPanel("sensitive"),
        FieldPanel("content_note"),
        FieldPanel("body"),
    )

    class Meta:
        verbose_name = _("piece (activity)")
        verbose_name_plural = _("pieces (activities)")

    @property
    def preview_modes(self) -> list:
        """Return as whom an editor may look at it."""
        from content_pages import looking_as

        return looking_as.modes()

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Return the page as a participant sees it; nothing that is typed there is kept."""
        from content_pages.views import previews

        return previews.activity(request, self, mode_name)
