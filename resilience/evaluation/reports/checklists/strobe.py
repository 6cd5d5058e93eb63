"""STROBE for cohort studies: twenty-two items."""

from django.utils.translation import gettext as _

from resilience.evaluation.reports.checklists import telling
from resilience.evaluation.reports.checklists import telling_of_delivery as delivered
from resilience.evaluation.reports.checklists.item import Checklist, Figures, Item


def checklist(figures: Figures) -> Checklist:
    """The items for a cohort in our own words."""
    return Checklist(
        key="strobe",
        name=_("STROBE (cohort studies)"),
        source=_("von Elm and others 2007, PLoS Medicine 4:e296. Items in our own words."),
        items=(*_beginning(), *_methods(), *_results(), *_end()),
    )


def _beginning() -> tuple[Item, ...]:
    return (
        Item("1a", _("The design, named in the title or the abstract"), says=telling.title),
        Item("1b", _("An abstract of what was done and found"), "findings"),
        Item("2", _("Background and reasons")),
        Item("3", _("Objectives, with hypotheses set beforehand")),
        Item("4", _("Key parts of the design, early on"), says=telling.design),
        Item("5", _("Setting, places, dates of joining and follow-up"), "dates", telling.joined),
    )


def _methods() -> tuple[Item, ...]:
    return (
        Item(
            "6a",
            _("Who could join, how they were found, how they were followed up"),
            "people",
            telling.approached,
        ),
        Item("6b", _("Matching, where it was used"), says=telling.not_matched),
        Item("7", _("Outcomes, exposures and confounders, defined"), "plan", telling.primary),
        Item("8", _("How each was measured"), "quality"),
        Item("9", _("What was done about bias"), "limits"),
        Item("10", _("How the number of people came about"), says=telling.sample),
        Item("11", _("How numbers were handled; groupings and why"), "methods"),
        Item("12a", _("Statistical methods, also against confounding"), "methods", telling.program),
        Item("12b", _("Methods for subgroups and interactions"), "subgroups"),
        Item("12c", _("What was done about missing data"), "missing", telling.not_filled_in),
        Item("12d", _("What was done about people lost to follow-up"), "missing"),
        Item("12e", _("Sensitivity analyses"), "mixed"),
    )


def _results() -> tuple[Item, ...]:
    return (
        Item("13a", _("Numbers of people at each stage"), "people", telling.enrolled),
        Item("13b", _("Reasons for not taking part at each stage"), "people", delivered.reasons),
        Item("13c", _("A flow diagram"), "people"),
        Item("14a", _("Who the people were, and possible confounders"), "characteristics"),
        Item("14b", _("How many data are missing for each variable"), "missing"),
        Item("14c", _("How long people were followed"), "dates"),
        Item("15", _("Outcomes over time"), "change"),
        Item("16a", _("Unadjusted and adjusted estimates with intervals"), "coached", telling.analysed),
        Item("16b", _("Limits of categories of continuous measures"), "individual"),
        Item("16c", _("Relative risks turned into absolute ones"), says=telling.no_risks),
        Item("17", _("Other analyses: subgroups, interactions, sensitivity"), "subgroups"),
    )


def _end() -> tuple[Item, ...]:
    return (
        Item("18", _("Key results against the objectives"), "findings"),
        Item("19", _("Limitations, with the direction of possible bias"), "limits"),
        Item("20", _("A cautious interpretation in the light of other work")),
        Item("21", _("How far the results hold elsewhere")),
        Item("22", _("Funding and the funders' part"), says=telling.from_plan("funding")),
    )
