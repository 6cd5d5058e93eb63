"""Pictures, sounds, and the story that comes in the reader's own profession."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from content_pages import drawings, sounds
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


class SoundBlock(blocks.StructBlock):
    """A sound with the same in words below it; nothing is fetched before somebody presses play."""

    title = blocks.CharBlock(max_length=120, label=_("what one hears"))
    sound = blocks.ChoiceBlock(
        choices=sounds.names, required=False, label=_("one of the programme’s own sounds")
    )
    upload = DocumentChooserBlock(
        required=False, label=_("or a sound of your own"), help_text=_("mp3, m4a, ogg or wav, up to 2.5 MB")
    )
    transcript = TextBlock(
        label=_("the same in words"), help_text=_("For those who cannot hear it, or may not just now.")
    )

    def clean(self, value: object) -> object:
        """Return the value. Raises StructBlockValidationError unless there is exactly one sound."""
        cleaned = super().clean(value)
        upload = cleaned["upload"]
        if bool(cleaned["sound"]) == bool(upload):
            words = _("Choose one: a sound of the programme, or one of your own.")
            raise StructBlockValidationError({"sound": ValidationError(words)})
        if upload and Path(upload.file.name).suffix.lower() not in sounds.KINDS:
            raise StructBlockValidationError({"upload": ValidationError(_("That file is not a sound."))})
        return cleaned

    def get_context(self, value: object, parent_context: dict | None = None) -> dict:
        """Return the context with the address of the sound; empty where its file is gone."""
        return {**super().get_context(value, parent_context), "address": _address(value)}

    class Meta:
        icon = "media"
        label = _("Sound")
        description = _("A sound, with the same in words below it")
        template = "content_pages/blocks/sound.html"
        preview_value = {
            "title": "Six slow breaths", "sound": "steady_breath", "upload": None,
            "transcript": "<p>A soft tone rises for four seconds and falls for six, six times.</p>",
        }  # fmt: skip


def _address(value: object) -> str:
    if value["sound"]:
        return sounds.address(value["sound"])
    upload = value["upload"]
    return reverse("content_pages:sound", args=[Path(upload.file.name).name]) if upload else ""


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
