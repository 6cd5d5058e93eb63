"""A module: one part of a programme, in pieces of ten minutes or less."""

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from content_pages import counting_parts, drawings, panels
from content_pages.models.audience import Audience
from content_pages.models.opens import Opens
from content_pages.sequencing import ModuleForm


class ModulePage(Page):
    """What the part is about, how long it takes, and what supports somebody who reads it."""

    audience = Audience.PARTICIPANTS
    admin_default_ordering = "ord"  # as its readers find the pieces
    parent_page_types = ["content_pages.ProgrammePage"]
    subpage_types = ["content_pages.ActivityPage"]
    base_form_class = ModuleForm
    page_description = _("One part of a programme, in pieces of ten minutes or less")

    summary = models.TextField(max_length=300, help_text=_("One or two sentences in the list of parts."))
    aim = models.TextField(max_length=300, blank=True, help_text=_("What somebody has from it afterwards."))
    minutes = models.PositiveSmallIntegerField(help_text=_("All of its pieces together."))
    drawing = models.CharField(
        max_length=60, blank=True, choices=drawings.names, help_text=_("Shown on top of the part.")
    )
    drawing_alt = models.CharField(
        _("what the drawing shows"), max_length=300, blank=True, help_text=_("For those who cannot see it.")
    )
    support_note = RichTextField(
        blank=True, features=["bold", "italic", "link"],
        help_text=_("Shown with each piece that has a note first: where to turn, and that stopping is fine."),
    )  # fmt: skip

    opens = models.CharField(
        _("opens"), max_length=14, choices=Opens, blank=True,
        help_text=_(
            "Empty: as “When its parts open” says on the programme's page. A part that somebody has begun stays open."
        ),
    )  # fmt: skip
    opens_after = models.ForeignKey(
        "self", verbose_name=_("after this part"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text=_("For “after another part”."),
    )  # fmt: skip
    opens_on = models.DateField(_("from this date"), null=True, blank=True, help_text=_("For “from a date”."))
    opens_after_timepoint = models.SlugField(
        _("after these questions"),
        max_length=20,
        blank=True,
        help_text=_("For “after questions”: answered, or their time is over."),
    )
    opens_after_live = models.ForeignKey(
        "content_pages.LiveSessionPage", verbose_name=_("after this meeting"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
        help_text=_("For “after a meeting”: attended, or its date is over."),
    )  # fmt: skip

    content_panels = panels.around(
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("aim"),
        FieldPanel("minutes"),
        FieldPanel("drawing"),
        FieldPanel("drawing_alt"),
        FieldPanel("support_note"),
        MultiFieldPanel(
            [
                FieldPanel("opens"),
                FieldPanel("opens_after", widget=forms.Select),
                FieldPanel("opens_on"),
                FieldPanel("opens_after_timepoint", widget=forms.Select),
                FieldPanel("opens_after_live", widget=forms.Select),
            ],
            heading=_("When it opens"),
        ),
    )

    class Meta:
        verbose_name = _("part (module)")
        verbose_name_plural = _("parts (modules)")

    @property
    def preview_modes(self) -> list:
        """Return as whom an editor may look at it."""
        from content_pages import looking_as

        return looking_as.modes()

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the page, and how many parts its programme has: a report counts who has been through them."""
        super().save(*args, **kwargs)
        counting_parts.parts(self.get_parent())

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Return the page as a participant who has just begun sees it."""
        from content_pages.views import previews

        return previews.module(request, self, mode_name)
