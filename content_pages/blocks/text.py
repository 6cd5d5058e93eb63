"""Words: what is read and nothing more."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "blockquote", "link"]


class TextBlock(blocks.RichTextBlock):
    """Running text with headings and lists; no embedded pages and no raw HTML."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Running text with headings and lists")
        template = "content_pages/blocks/text.html"
        preview_value = "<h2>The first hour</h2><p>Feel both feet. Ask: what is the next safe thing?</p>"


class InsetBlock(blocks.RichTextBlock):
    """One thing that matters, set apart."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": ["bold", "italic", "link"], **kwargs})

    class Meta:
        icon = "openquote"
        label = _("What matters")
        description = _("One or two sentences, set apart from the text")
        template = "content_pages/blocks/inset.html"
        preview_value = "<p>Looking after yourself is part of being open, not instead of it.</p>"


class DetailsBlock(blocks.StructBlock):
    """Words that some need and others pass over."""

    summary = blocks.CharBlock(
        max_length=120, label=_("Line that opens it"), help_text=_("It says what is inside.")
    )
    text = TextBlock(help_text=_("What some need and others pass over."))

    class Meta:
        icon = "plus-inverse"
        label = _("More for those who want it")
        description = _("A line that opens to show more")
        template = "content_pages/blocks/details.html"
        preview_value = {"summary": "See how Tom did it", "text": "<p>He asked what she had meant.</p>"}


class QuestionBlock(blocks.TextBlock):
    """A question to think about; nothing is written down."""

    class Meta:
        icon = "help"
        label = _("A question to think about")
        description = _("Shown on its own; it has no box and keeps nothing")
        template = "content_pages/blocks/question.html"
        preview_value = "What would you have wanted someone to say?"


class TechniqueBlock(blocks.StructBlock):
    """One thing that helps, short enough for a card; its word is the end of an address that can be passed on."""

    key = blocks.RegexBlock(
        regex=r"^[a-z0-9-]{1,40}$",
        help_text=_("One word, the end of the card's own address: it is passed on, so do not change it."),
    )
    title = blocks.CharBlock(max_length=80, help_text=_("What the card is called."))
    text = blocks.RichTextBlock(
        features=["bold", "italic", "ol", "ul"],
        max_length=600,
        help_text=_("A card holds about eighty words."),
    )

    class Meta:
        icon = "tag"
        label = _("A card to pass on")
        description = _(
            "One thing that helps, with an address of its own; it can be shown on a phone or printed alone"
        )
        template = "content_pages/blocks/technique.html"
        preview_value = {
            "key": "steady",
            "title": "Steady first",
            "text": "<p>Feel both feet. Breathe out for longer than in, six times.</p>",
        }
