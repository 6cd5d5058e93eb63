"""TIDieR: template for intervention description and replication, twelve items."""

from django.utils.translation import gettext as _

from resilience.evaluation.reports.checklists import telling
from resilience.evaluation.reports.checklists import telling_of_delivery as delivered
from resilience.evaluation.reports.checklists import telling_of_results as found
from resilience.evaluation.reports.checklists.item import Checklist, Figures, Item


def checklist(figures: Figures) -> Checklist:
    """The twelve items in our own words."""
    return Checklist(
        key="tidier",
        name="TIDieR",
        source=_("Hoffmann and others 2014, BMJ 348:g1687. Items in our own words."),
        items=(*_what(), *_how(figures)),
    )


def _what() -> tuple[Item, ...]:
    return (
        Item("1", _("A name for what was done"), says=telling.title),
        Item("2", _("Why: the reasoning behind its parts")),
        Item(
            "3", _("What: materials, and where to find them"), says=delivered.content,
            rest=_("where to find them"),
        ),
        Item("4", _("What: the steps and activities"), "fidelity", rest=_("the steps of the modules")),
        Item(
            "5", _("Who provided it, and their training"), says=delivered.coaches,
            rest=_("their training and background"),
        ),
    )  # fmt: skip


def _how(figures: Figures) -> tuple[Item, ...]:
    return (
        Item(
            "6", _("How: face to face, by telephone, online, in groups or alone"), says=delivered.ways,
        ),
        Item("7", _("Where it happened"), says=delivered.where),
        Item("8", _("When and how much"), "delivery", delivered.amount, _("when each part was meant to happen")),
        Item("9", _("Tailoring: what was fitted to the person"), says=delivered.tailoring),
        Item(
            "10", _("Modifications during the study"), says=delivered.content,
            rest=_("what was changed, when and why"),
        ),
        Item(
            "11", _("How well, planned: how adherence was to be assessed"), says=delivered.completion_rule,
            rest=_("what was done to keep to it"),
        ),
        Item(
            "12", _("How well, actual: how far it was delivered as planned"), "delivery fidelity", delivered.finished,
            found.each_group(figures),
        ),
    )  # fmt: skip
