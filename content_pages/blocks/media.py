"""Pictures, sounds, and the story that comes in the reader's own profession."""

from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from content_pages import drawings, sounds
from content_pages.blocks import rules
from content_pages.blocks.text import TextBlock
from content_pages.tailoring import Tailored, chosen
from resilience.participants import about_you

AS_TOLD = {
    "nurse": _("nurse"),
    "midwife": _("midwife"),
    "doctor": _("doctor"),
    "paramedic": _("paramedic"),
    "radiographer": _("radiographer"),
    "therapist": _("therapist"),
    "pharmacist": _("pharmacist or pharmacy technician"),
    "care_assistant": _("care assistant or support worker"),
    "student": _("student"),
    "other": _("something else in patient care"),
}
OTHER = "other"
# The professions that readers can name, in the words of a story: one that has no words here stops the start.
PROFESSIONS = [(code, AS_TOLD[code]) for code, _name in about_you.PROFESSIONS if code != about_you.PREFER_NOT]
NAMES = dict(PROFESSIONS)
LEVELS = [choice for choice in about_you.LEVELS if choice is not about_you.RATHER_NOT]
LEVEL_NAMES = dict(LEVELS)


class DrawingBlock(blocks.StructBlock):
    """One of our own line drawings, by its name."""

    name = blocks.ChoiceBlock(choices=drawings.names, help_text=_("Which drawing."))
    alt = blocks.CharBlock(
        max_length=300, label=_("What it shows, for those who cannot see it"),
        help_text=_("One sentence, as you would tell it to somebody on the telephone."),
    )  # fmt: skip
    caption = blocks.CharBlock(max_length=300, required=False, help_text=_("A line below the drawing."))

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


class PictureBlock(ImageBlock):
    """Wagtail's picture; where nobody says what it shows, our words ask for it."""

    def clean(self, value: object) -> object:
        """Return the picture. Raises StructBlockValidationError."""
        try:
            return super().clean(value)
        except StructBlockValidationError as error:
            if "alt_text" not in error.block_errors:
                raise
            words = _("Say what the picture shows, for those who cannot see it, or that it only decorates.")
            raise StructBlockValidationError({"alt_text": ValidationError(words)}) from None


class PhotographBlock(blocks.StructBlock):
    """A picture that an editor uploaded."""

    picture = PictureBlock(help_text=_("Say what it shows, or that it only decorates. No patients."))
    caption = blocks.CharBlock(
        max_length=300, required=False, help_text=_("Who took it, and that you may use it.")
    )

    class Meta:
        icon = "image"
        label = _("Photograph")
        description = _("A picture of your own, with its licence in the caption")
        template = "content_pages/blocks/photograph.html"
        preview_value = {"picture": None, "caption": "Photograph: staff of the ward, used with permission"}


class SoundBlock(blocks.StructBlock):
    """A sound with the same in words below it; nothing is fetched before somebody presses play."""

    title = blocks.CharBlock(
        max_length=120, label=_("What one hears"), help_text=_("Such as: six slow breaths.")
    )
    sound = blocks.ChoiceBlock(
        choices=sounds.names,
        required=False,
        label=_("One of the programme’s own sounds"),
        help_text=_("Choose this one or upload one below."),
    )
    upload = DocumentChooserBlock(
        required=False, label=_("Or a sound of your own"), help_text=_("mp3, m4a, ogg or wav, up to 2.5 MB")
    )
    transcript = TextBlock(
        label=_("The same in words"), help_text=_("For those who cannot hear it, or may not just now.")
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


class Version(rules.Ruled):
    """The same kind of story for one profession."""

    rule = rules.version

    profession = blocks.ChoiceBlock(choices=PROFESSIONS, help_text=_("Whose work it is set in."))
    level = blocks.ChoiceBlock(
        choices=LEVELS, required=False, help_text=_("Leave it empty for everyone of the profession.")
    )
    heading = blocks.CharBlock(
        max_length=120, required=False, help_text=_("Where this story needs a heading of its own.")
    )
    text = TextBlock(help_text=_("It ends without lasting harm, and the patient and family stay in it."))
    invented = blocks.BooleanBlock(
        required=False, default=True, label=_("This story is invented"),
        help_text=_("Readers are told so. A true one needs the agreement of everybody in it."),
    )  # fmt: skip
    reviewed_by = blocks.ChoiceBlock(
        choices=PROFESSIONS, required=False, label=_("Read by"),
        help_text=_("The profession of whoever read it before it was published. Readers are told so."),
    )  # fmt: skip
    review_on = blocks.DateBlock(
        required=False, label=_("Read again on"), help_text=_("When it is to be read again; a report reminds you.")
    )  # fmt: skip


def told_by(version: Mapping[str, str]) -> str:
    """Return whose story it is: "nurse", or "nurse, in training"."""
    level = LEVEL_NAMES.get(version.get("level") or "", "")
    return ", ".join(str(each) for each in (NAMES.get(version["profession"], ""), str(level).lower()) if each)


class VignetteBlock(rules.Ruled):
    """A story: each reader gets the one of their own profession, others on request."""

    rule = rules.vignette

    heading = blocks.CharBlock(
        max_length=120, help_text=_("The heading, where a version has none of its own.")
    )
    versions = blocks.ListBlock(
        Version(), min_num=1, label=_("Versions"),
        help_text=_("The first one is for everyone whose profession has none of its own."),
    )  # fmt: skip

    def get_context(self, value: object, parent_context: dict | None = None) -> dict:
        """Return the context with the reader's version first."""
        context = super().get_context(value, parent_context)
        shown, others = chosen(value["versions"], context.get("tailored") or Tailored())
        told = [
            {
                "told_by": told_by(each),
                "is_other": each["profession"] == OTHER,
                "text": each["text"],
                "is_first": each is value["versions"][0],
                **about(each),
            }
            for each in others
        ]
        first = value["versions"][0]
        told_first = "" if shown is first else told_by(first)
        heading = shown.get("heading") or value["heading"]
        of_it = {"shown": shown, "heading": heading, "others": told, "told_first": told_first}
        return {**context, **of_it, "first_is_other": first["profession"] == OTHER, **about(shown)}

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


def about(version: object) -> dict[str, object]:
    """Return what readers are told about a story: whether it is invented, and the profession that read it."""
    return {
        "invented": version.get("invented", True),
        "read_by": NAMES.get(version.get("reviewed_by") or "", ""),
    }
