"""TIDieR: template for intervention description and replication, twelve items."""

from django.utils.translation import gettext as _

from resilience.evaluation.reports.checklists import telling, telling_of_delivery
from resilience.evaluation.reports.checklists.item import Checklist, Figures, Item


def checklist(figures: Figures) -> Checklist:
    """The twelve items in our own words."""
    return Checklist(
        key="tidier",
        name="TIDieR",
        source=_("Hoffmann and others 2014, BMJ 348:g1687. Items in our own words."),
        items=(
            Item("1", _("A name for what was done"), says=telling.title),
            Item("2", _("Why: the reasoning behind its parts")),
            Item("3", _("What: materials, and where to find them"), says=telling_of_delivery.content),
            Item("4", _("What: the steps and activities"), "delivery"),
            Item("5", _("Who provided it, and their training"), "delivery", telling_of_delivery.coaches),
            Item(
                "6",
                _("How: face to face, by telephone, online, in groups or alone"),
                says=telling_of_delivery.ways,
            ),
            Item("7", _("Where it happened"), says=telling_of_delivery.where),
            Item("8", _("When and how much"), "delivery", telling_of_delivery.amount),
            Item("9", _("Tailoring: what was fitted to the person"), says=telling_of_delivery.tailoring),
            Item("10", _("Modifications during the study"), "plan", telling_of_delivery.deviations),
            Item(
                "11",
                _("How well, planned: how adherence was to be assessed"),
                says=telling_of_delivery.completion_rule,
            ),
            Item(
                "12",
                _("How well, actual: how far it was delivered as planned"),
                "delivery",
                telling_of_delivery.finished,
            ),
        ),
    )
