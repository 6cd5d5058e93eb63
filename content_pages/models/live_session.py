"""A meeting of a programme: its date, its place, and room for how many."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from content_pages import panels, sequencing
from content_pages.models.audience import Audience
from content_pages.sequencing import LiveSessionForm
from resilience import clock
from resilience.coaching.models import Coach
from resilience.engagement import live_sessions

MOST = 500


class LiveSessionPage(Page):
    """What people read before they come; published, it keeps the live session of its key in step."""

    audience = Audience.PARTICIPANTS
    parent_page_types = ["content_pages.ProgrammePage"]
    subpage_types: list = []
    base_form_class = LiveSessionForm
    page_description = _("A meeting with a date and places; people sign up for it themselves")

    summary = models.TextField(max_length=300, help_text=_("One or two sentences about what happens there."))
    about = models.SlugField(
        _("which meeting this is"), max_length=60,
        help_text=_("A short word, such as workshop-1. All dates of one meeting share it: any of them counts."),
    )  # fmt: skip
    starts_at = models.DateTimeField(_("begins"), help_text=_("In the time zone of your account."))
    ends_at = models.DateTimeField(_("ends"), help_text=_("After it began, on any day."))
    capacity = models.PositiveSmallIntegerField(
        _("how many places"), validators=[MinValueValidator(1), MaxValueValidator(MOST)],
        help_text=_("When all are taken, people wait; whoever has waited longest gets the first free one."),
    )  # fmt: skip
    place = models.CharField(
        _("where (building and room)"),
        max_length=200,
        blank=True,
        help_text=_("Leave it empty for a meeting held elsewhere."),
    )
    link = models.URLField(
        blank=True,
        help_text=_("To a meeting held elsewhere. Only people with a place see it. No video is kept here."),
    )
    facilitator = models.ForeignKey(
        Coach, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text=_("Ticks who came. Nobody else sees the list."),
    )  # fmt: skip
    body = RichTextField(
        blank=True,
        features=["bold", "italic", "link", "ul"],
        help_text=_("What to bring, and what will not happen."),
    )

    content_panels = panels.around(
        *Page.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("about"),
        FieldPanel("capacity"),
        FieldPanel("place"),
        FieldPanel("link"),
        FieldPanel("facilitator"),
        FieldPanel("body"),
        panels.PlacesPanel(heading=_("Who comes, in figures")),
    )

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the page; what is published stands for people to come to, what is taken down is called off.

        A draft is stored by `update_fields` alone and changes nothing.
        """
        super().save(*args, **kwargs)
        if kwargs.get("update_fields") is not None:
            return
        if sequencing.is_translation(self):
            return  # the page that it translates says when and where
        if self.live:
            self._keep()
        else:
            call_off(LiveSessionPage.objects.filter(pk=self.pk))

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Delete the page; the meeting is called off first."""
        call_off(LiveSessionPage.objects.filter(pk=self.pk))
        return super().delete(*args, **kwargs)

    def _keep(self) -> None:
        names = ("about", "title", "starts_at", "ends_at", "capacity", "place", "link")
        facilitator = self.facilitator.user if self.facilitator else None
        details = live_sessions.Details(
            **{name: getattr(self, name) for name in names}, facilitator=facilitator
        )
        live_sessions.keep(
            key=self.translation_key, programme=self.get_parent().slug, details=details, at=clock.now()
        )

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Return the page as a participant without a place sees it."""
        from content_pages.views import previews

        return previews.meeting(request, self)


def call_off(going: QuerySet[LiveSessionPage]) -> None:
    """Call off the meetings of pages that go away, but for one whose page still stands in another language."""
    keys = set(going.values_list("translation_key", flat=True))
    others = LiveSessionPage.objects.filter(live=True, translation_key__in=keys).exclude(pk__in=going)
    still = set(others.values_list("translation_key", flat=True))
    live_sessions.call_off(keys - still, at=clock.now())
