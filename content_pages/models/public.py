"""Pages that need no account: the sample, The first days."""

from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from content_pages import drawings, held_cards, panels, rendering
from content_pages.blocks.streams import PublicStream
from content_pages.editing import CheckedForm
from content_pages.models.audience import ForEveryone
from resilience.organisations import plain, support


class PublicPage(ForEveryone, Page):
    """A page for everyone; nothing is asked and nothing is stored."""

    parent_page_types = ["content_pages.HomePage"]
    subpage_types: list = []
    template = "content_pages/public.html"
    base_form_class = CheckedForm
    page_description = _("A page for everyone, without signing in; nothing is asked and nothing is stored")

    summary = models.TextField(
        max_length=300, blank=True, help_text=_("One or two sentences below the title.")
    )
    drawing = models.CharField(
        max_length=60, blank=True, choices=drawings.names, help_text=_("Shown below the title.")
    )
    drawing_alt = models.CharField(
        _("what the drawing shows"), max_length=300, blank=True, help_text=_("For those who cannot see it.")
    )
    body = StreamField(PublicStream(), blank=True, help_text=_("What the page says."))
    people_to_talk_to = models.BooleanField(
        _("show people to talk to"), default=False, help_text=_("Telephone numbers stand below the text.")
    )
    invites = models.BooleanField(
        _("invite to join"), default=False, help_text=_("A button to join stands below the text.")
    )

    content_panels = panels.around(
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("drawing"),
        FieldPanel("drawing_alt"),
        FieldPanel("body"),
        FieldPanel("people_to_talk_to"),
        FieldPanel("invites"),
    )

    def save(self, *args: object, **kwargs: object) -> None:
        """Store the page and, once that holds, write anew the files of those that show people to talk to."""
        super().save(*args, **kwargs)
        transaction.on_commit(plain.renew, robust=True)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        """Return the context: the pieces of the page, and people to talk to where it shows them."""
        pieces = rendering.of_page(self)
        held = any(piece.is_card for piece in pieces) and held_cards.from_visitor(request)
        return {
            **super().get_context(request, *args, **kwargs),
            "pieces": held_cards.without(pieces) if held else pieces,
            "held": held,
            "drawing": drawings.address(self.drawing) if self.drawing else "",
            "routes": support.for_everybody() if self.people_to_talk_to else [],
        }
