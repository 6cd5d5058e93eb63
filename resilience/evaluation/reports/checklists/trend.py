"""TREND: evaluations of interventions without random allocation, twenty-two items."""

from django.utils.translation import gettext as _

from resilience.evaluation.reports import sentences_of_design
from resilience.evaluation.reports.checklists import telling
from resilience.evaluation.reports.checklists import telling_of_delivery as delivered
from resilience.evaluation.reports.checklists import telling_of_results as found
from resilience.evaluation.reports.checklists.item import Checklist, Figures, Item

OTHERS = "subgroups per_call per_module coach_background weighted_difference last_score imputed"


def checklist(figures: Figures) -> Checklist:
    """The twenty-two items in our own words."""
    return Checklist(
        key="trend",
        name="TREND",
        source=_(
            "Des Jarlais and others 2004, American Journal of Public Health 94:361. Items in our own words."
        ),
        items=(*_beginning(figures), *_methods(figures), *_people(figures), *_results(figures)),
    )


def _beginning(figures: Figures) -> tuple[Item, ...]:
    return (
        Item(
            "1", _("Title and abstract: how units were assigned, who was meant"), "findings", telling.title,
            _("whom it was meant for, and how people were assigned"),
        ),
        Item("2", _("Background, theories behind the intervention")),
        Item(
            "3", _("Who could join, how they were recruited, where"), says=telling.approached,
            rest=_("who could join, and where"),
        ),
        Item(
            "4", _("What was given to each condition, by whom, how much, how"), "delivery", delivered.amount,
            _("what each group was given, and who gave it")
            if found.has_groups(figures)
            else _("what it consisted of, and who gave it"),
        ),
        Item("5", _("Objectives and hypotheses")),
    )  # fmt: skip


def _methods(figures: Figures) -> tuple[Item, ...]:
    asked_elsewhere = "" if telling.is_of_this_site(figures) else _("how data were collected")
    assigned = "" if figures["design"].get("allocated_by") else _("how people were assigned, where they were")
    return (
        Item(
            "6", _("Outcomes, how data were collected, quality of the measures"), "scores reliability",
            telling.gathered, asked_elsewhere,
        ),
        Item(
            "7", _("Sample size, rules for stopping"), says=telling.sample,
            rest=_("how that number was worked out, and rules for stopping"),
        ),
        Item(
            "8", _("Unit and method of assignment, what was done against bias"), says=telling.allocated,
            rest="" if sentences_of_design.by_chance(figures) else _("what was done against bias by assignment"),
        ),
        Item("9", _("Blinding"), says=telling.blinded),
        Item(
            "10", _("Unit of analysis, and how it differs from that of assignment"), says=telling.unit, rest=assigned,
        ),
        Item("11", _("Statistical methods, missing data, software"), "methods mixed_model imputed", telling.program),
    )  # fmt: skip


def _people(figures: Figures) -> tuple[Item, ...]:
    frozen = "" if figures["plan"]["frozen_on"] else _("deviations from the protocol")
    return (
        Item(
            "12", _("Flow of people through each stage; deviations from protocol"), "chart:flow flow arms_flow plan",
            delivered.enrolled_and_deviated, frozen,
        ),
        Item("13", _("Dates of recruitment and follow-up"), "dates", telling.joined, delivered.undated(figures)),
        Item(
            "14", _("Baseline: who people were, who was lost, how the sample compares"),
            "characteristics numbers nonresponse", rest=_("how they compare with the people it was meant for"),
        ),
        Item(
            "15", _("Whether groups were alike at baseline"), delivered.by_calls(figures),
            rest=found.each_group(figures),
        ),
        Item("16", _("Numbers analysed, for each analysis"), "change mixed_model", found.analysed),
    )  # fmt: skip


def _results(figures: Figures) -> tuple[Item, ...]:
    return (
        Item(
            "17", _("Results with estimates and intervals, also null and negative ones"), "change effect_sizes arms",
            rest=found.changed_by_group(figures),
        ),
        Item("18", _("Other analyses: planned or exploratory"), OTHERS),
        Item("19", _("Unwanted events in each condition"), "harms", rest=found.each_group(figures)),
        Item(
            "20", _("Interpretation: bias, mechanism, success and barriers of delivery"), "limits",
            rest=_("mechanism, success and barriers of delivery"),
        ),
        Item("21", _("How far the findings hold elsewhere")),
        Item("22", _("Overall evidence, with what is known already")),
    )  # fmt: skip
