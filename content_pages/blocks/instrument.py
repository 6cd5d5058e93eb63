"""Questions for the evaluation and a list for the organisation, among the words of an activity."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content_pages.blocks.text import TextBlock
from resilience.measures import catalogue, forms
from resilience.organisations.system_models import Factor


def instruments() -> list[tuple[str, str]]:
    """Return the instruments that may stand in an activity, as choices."""
    return [(each.key, each.short) for each in catalogue.for_activities()]


class InstrumentBlock(blocks.StructBlock):
    """The questions of one instrument; the answers go to the evaluation, the block keeps nothing."""

    instrument = blocks.ChoiceBlock(
        choices=instruments, label=_("Questions"), help_text=_("Each person answers them once.")
    )
    intro = TextBlock(required=False, help_text=_("What they are for, and that each may be left out."))

    def get_context(self, value: object, parent_context: dict | None = None) -> dict:
        """Return the context with the questions as somebody of this profession reads them."""
        context = super().get_context(value, parent_context)
        asked = catalogue.get(value["instrument"])
        form = context.get("form") or forms.build(asked, profession=_for_whom(context))
        return {**context, "instrument": asked, "form": form}

    class Meta:
        icon = "list-ol"
        label = _("Questions for the evaluation")
        description = _("Short questions, answered once; read under a number or as figures")
        template = "content_pages/blocks/instrument.html"
        preview_value = {
            "instrument": "workplace_forces", "intro": "<p>Each can be left out.</p>",
        }  # fmt: skip


def _for_whom(context: dict) -> str:
    """Return the profession of the reader; a preview has none."""
    tailored = context.get("tailored")
    return tailored.profession if tailored else ""


class SystemListBlock(blocks.StructBlock):
    """The list of what gets in the way, with what was raised and what is being done."""

    title = blocks.CharBlock(max_length=120, help_text=_("The heading of the list."))
    intro = TextBlock(required=False, help_text=_("What to tick, and that nobody is named."))

    def get_context(self, value: object, parent_context: dict | None = None) -> dict:
        """Return the context with the list, and what somebody ticked."""
        context = super().get_context(value, parent_context)
        ticked = context.get("ticked", ())
        return {**context, "factors": [(each.value, each.label, each.value in ticked) for each in Factor]}

    class Meta:
        icon = "group"
        label = _("List for the organisation")
        description = _(
            "What gets in the way at work: counted without a name, with what is being done about it"
        )
        template = "content_pages/blocks/system_list.html"
        preview_value = {
            "title": "What gets in the way, where you work?",
            "intro": "<p>Tick any that made careful work harder in the last month.</p>",
        }
