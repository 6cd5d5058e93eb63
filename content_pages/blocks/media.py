"""Pictures, and the story that comes in the reader's own profession."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from content_pages import drawings
from content_pages.blocks.text import TextBlock

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
    heading = blocks.CharBlock(
        max_length=120, required=False, help_text=_("Where this story needs a heading of its own.")
    )
    text = TextBlock()


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
        shown, others = chosen(value["versions"], context.get("profession", ""))
        told = [
            {
                "profession_name": NAMES.get(each["profession"], ""),
                "text": each["text"],
                "is_first": each is value["versions"][0],
            }
            for each in others
        ]
        first = value["versions"][0]
        told_first = "" if shown is first else NAMES.get(first["profession"], "")
        heading = shown.get("heading") or value["heading"]
        return {**context, "shown": shown, "heading": heading, "others": told, "told_first": told_first}

    class Meta:
        icon = "group"
        label = _("Story")
        description = _("A story from work, told for each profession")
        template = "content_pages/blocks/vignette.html"
        preview_value = {
            "heading": "Ten past four",
            "versions": [
                {"profession": "nurse", "text": "<p>Asha sees it six minutes later and puts it right.</p>"}
            ],
        }


def chosen(versions: list, profession: str) -> tuple[object, list]:
    """Return the version for a profession (else the first), and the others in their order."""
    mine = next((each for each in versions if each["profession"] == profession), versions[0])
    return mine, [each for each in versions if each is not mine]
