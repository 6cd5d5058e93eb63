"""Pictures, and the story that comes in the reader's own profession."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from content_pages import drawings
from content_pages.blocks.text import TextBlock
from content_pages.tailoring import Tailored, chosen
from resilience.participants import about_you

PROFESSIONS = [
    ("nurse", _("nurse")),
    ("midwife", _("midwife")),
    ("paramedic", _("paramedic")),
    ("doctor", _("doctor")),
    ("radiographer", _("radiographer")),
    ("student", _("student")),
    ("other", _("another profession")),
]
NAMES = dict(PROFESSIONS)
LEVELS = [choice for choice in about_you.LEVELS if choice is not about_you.RATHER_NOT]
LEVEL_NAMES = dict(LEVELS)


class DrawingBlock(blocks.StructBlock):
    """One of our own line drawings, by its name."""

    name = blocks.ChoiceBlock(choices=drawings.names)
    alt = blocks.CharBlock(max_length=300, label=_("what it shows, for those who cannot see it"))
    caption = blocks.CharBlock(max_length=300, required=False)

    def get_context(self, value: object, parent_context: dict | None = None) -> dict:
        """Return the context with the address of the drawing."""
        return {**super().get_context(value, parent_context), "address": drawings.address(value["name"])}

    class Meta:
        icon = "draft"
        label = _("Drawing")
        description = _("One of the programme's own drawings")
        template = "content_pages/blocks/drawing.html"
        preview_value = {
            "name": "breathing", "alt": "A long breath drawn as one slow curve.", "caption": "Out, longer than in."
        }  # fmt: skip


class PhotographBlock(blocks.StructBlock):
    """A picture that an editor uploaded."""

    picture = ImageBlock()
    caption = blocks.CharBlock(max_length=300, required=False)

    class Meta:
        icon = "image"
        label = _("Photograph")
        description = _("A picture of your own, with its licence in the caption")
        template = "content_pages/blocks/photograph.html"
        preview_value = {"picture": None, "caption": "Photograph: staff of the ward, used with permission"}


class Version(blocks.StructBlock):
    """The same kind of story for one profession."""

    profession = blocks.ChoiceBlock(choices=PROFESSIONS)
    level = blocks.ChoiceBlock(
        choices=LEVELS, required=False, help_text=_("Leave it empty for everyone of the profession.")
    )
    heading = blocks.CharBlock(
        max_length=120, required=False, help_text=_("Where this story needs a heading of its own.")
    )
    text = TextBlock()


def told_by(version: Mapping[str, str]) -> str:
    """Return whose story it is: "nurse", or "nurse, in training"."""
    level = LEVEL_NAMES.get(version.get("level") or "", "")
    return ", ".join(str(each) for each in (NAMES.get(version["profession"], ""), str(level).lower()) if each)


class VignetteBlock(blocks.StructBlock):
    """A story: each reader gets the one of their own profession, others on request."""

    heading = blocks.CharBlock(max_length=120)
    versions = blocks.ListBlock(
        Version(), min_num=1, label=_("versions"),
        help_text=_("The first one is for everyone whose profession has none of its own."),
    )  # fmt: skip

    def get_context(self, value: object, parent_context: dict | None = None) -> dict:
        """Return the context with the reader's version first."""
        context = super().get_context(value, parent_context)
        shown, others = chosen(value["versions"], context.get("tailored") or Tailored())
        told = [
            {
                "told_by": told_by(each),
                "text": each["text"],
                "is_first": each is value["versions"][0],
            }
            for each in others
        ]
        first = value["versions"][0]
        told_first = "" if shown is first else told_by(first)
        heading = shown.get("heading") or value["heading"]
        return {**context, "shown": shown, "heading": heading, "others": told, "told_first": told_first}

    class Meta:
        icon = "group"
        label = _("Story")
        description = _("A story from work, told for each profession and level")
        template = "content_pages/blocks/vignette.html"
        preview_value = {
            "heading": "Ten past four",
            "versions": [
                {"profession": "nurse", "text": "<p>Asha sees it six minutes later and puts it right.</p>"}
            ],
        }
