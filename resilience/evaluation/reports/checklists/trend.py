"""TREND: evaluations of interventions without random allocation, twenty-two items."""

from django.utils.translation import gettext as _

from resilience.evaluation.reports.checklists import telling
from resilience.evaluation.reports.checklists import telling_of_delivery as delivered
from resilience.evaluation.reports.checklists.item import Checklist, Figures, Item


def checklist(figures: Figures) -> Checklist:
    """The twenty-two items in our own words."""
    return Checklist(
        key="trend",
        name="TREND",
        source=_(
            "Des Jarlais and others 2004, American Journal of Public Health 94:361. Items in our own words."
        ),
        items=(*_methods(), *_results()),
    )


def _methods() -> tuple[Item, ...]:
    return (
        Item("1", _("Title and abstract: how units were assigned, who was meant"), "findings", telling.title),
        Item("2", _("Background, theories behind the intervention")),
        Item("3", _("Who could join, how they were recruited, where"), "people", telling.approached),
        Item(
            "4", _("What was given to each condition, by whom, how much, how"), "delivery", delivered.amount
        ),
        Item("5", _("Objectives and hypotheses")),
        Item(
            "6", _("Outcomes, how data were collected, quality of the measures"), "quality", telling.primary
        ),
        Item("7", _("Sample size, rules for stopping"), says=telling.sample),
        Item("8", _("Unit and method of assignment, what was done against bias"), says=telling.allocated),
        Item("9", _("Blinding"), says=telling.blinded),
        Item("10", _("Unit of analysis, and how it differs from that of assignment"), says=telling.unit),
        Item("11", _("Statistical methods, missing data, software"), "methods", telling.program),
    )


def _results() -> tuple[Item, ...]:
    return (
        Item(
            "12", _("Flow of people through each stage; deviations from protocol"), "people", telling.enrolled
        ),
        Item("13", _("Dates of recruitment and follow-up"), "dates", telling.joined),
        Item("14", _("Baseline: who people were, who was lost, how the sample compares"), "characteristics"),
        Item("15", _("Whether groups were alike at baseline"), "coached"),
        Item("16", _("Numbers analysed, for each analysis"), "change", telling.analysed),
        Item("17", _("Results with estimates and intervals, also null and negative ones"), "change"),
        Item("18", _("Other analyses: planned or exploratory"), "subgroups"),
        Item("19", _("Unwanted events in each condition"), "harms"),
        Item("20", _("Interpretation: bias, mechanism, success and barriers of delivery"), "limits"),
        Item("21", _("How far the findings hold elsewhere")),
        Item("22", _("Overall evidence, with what is known already")),
    )
