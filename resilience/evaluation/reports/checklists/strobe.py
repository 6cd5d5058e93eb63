"""STROBE for cohort studies: twenty-two items."""

from django.utils.translation import gettext as _

from resilience.evaluation.reports.checklists import telling
from resilience.evaluation.reports.checklists import telling_of_delivery as delivered
from resilience.evaluation.reports.checklists import telling_of_results as found
from resilience.evaluation.reports.checklists.item import Checklist, Figures, Item
from resilience.evaluation.reports.checklists.trend import OTHERS


def checklist(figures: Figures) -> Checklist:
    """The items for a cohort in our own words."""
    return Checklist(
        key="strobe",
        name=_("STROBE (cohort studies)"),
        source=_("von Elm and others 2007, PLoS Medicine 4:e296. Items in our own words."),
        items=(*_beginning(), *_methods(figures), *_statistics(), *_people(), *_results(figures), *_end()),
    )  # fmt: skip


def _beginning() -> tuple[Item, ...]:
    return (
        Item("1a", _("The design, named in the title or the abstract"), "findings", telling.title),
        Item("1b", _("An abstract of what was done and found"), "findings"),
        Item("2", _("Background and reasons")),
        Item("3", _("Objectives, with hypotheses set beforehand")),
        Item("4", _("Key parts of the design, early on"), "findings", telling.design),
        Item(
            "5", _("Setting, places, dates of joining and follow-up"), "dates", telling.joined,
            _("the setting and the places"),
        ),
    )  # fmt: skip


def _methods(figures: Figures) -> tuple[Item, ...]:
    asked_elsewhere = "" if telling.is_of_this_site(figures) else _("how data were collected")
    return (
        Item(
            "6a", _("Who could join, how they were found, how they were followed up"), says=telling.approached,
            rest=_("who could join, and how they were followed up"),
        ),
        Item("6b", _("Matching, where it was used"), says=telling.not_matched),
        Item("7", _("Outcomes, exposures and confounders, defined"), "plan", telling.primary),
        Item("8", _("How each was measured"), "scores reliability", telling.online, asked_elsewhere),
        Item(
            "9", _("What was done about bias"), "coached_difference weighted_difference nonresponse imputed",
            rest=_("what else was done about bias"),
        ),
        Item(
            "10", _("How the number of people came about"), says=telling.sample,
            rest=_("how that number was worked out"),
        ),
        Item(
            "11", _("How numbers were handled; groupings and why"), "methods plan", rest=_("why they were grouped so"),
        ),
    )  # fmt: skip


def _statistics() -> tuple[Item, ...]:
    return (
        Item(
            "12a", _("Statistical methods, also against confounding"), "methods coached_difference weighted_difference",
            telling.program,
        ),
        Item("12b", _("Methods for subgroups and interactions"), "subgroups", found.interaction),
        Item(
            "12c", _("What was done about missing data"), "missing mixed_model last_score imputed",
            telling.not_filled_in,
        ),
        Item("12d", _("What was done about people lost to follow-up"), "nonresponse predictors"),
        Item("12e", _("Sensitivity analyses"), "last_score imputed weighted_difference"),
    )  # fmt: skip


def _people() -> tuple[Item, ...]:
    return (
        Item("13a", _("Numbers of people at each stage"), "flow arms_flow", telling.enrolled),
        Item(
            "13b", _("Reasons for not taking part at each stage"), "reasons", delivered.reasons,
            _("why people did not join or did not answer"),
        ),
        Item("13c", _("A flow diagram"), "chart:flow"),
        Item(
            "14a", _("Who the people were, and possible confounders"),
            "characteristics numbers baseline_by_calls",
        ),
        Item("14b", _("How many data are missing for each variable"), "characteristics numbers scores missing"),
        Item("14c", _("How long people were followed"), "dates"),
    )  # fmt: skip


def _results(figures: Figures) -> tuple[Item, ...]:
    return (
        Item("15", _("Outcomes over time"), "scores change mixed_model"),
        Item(
            "16a", _("Unadjusted and adjusted estimates with intervals"), "change coached_difference",
            found.estimates, found.not_adjusted(figures),
        ),
        Item(
            "16b", _("Limits of categories of continuous measures"), "reliable_change responders",
            found.limits_of_categories,
        ),
        Item("16c", _("Relative risks turned into absolute ones"), says=found.no_risks),
        Item("17", _("Other analyses: subgroups, interactions, sensitivity"), OTHERS),
    )  # fmt: skip


def _end() -> tuple[Item, ...]:
    return (
        Item("18", _("Key results against the objectives"), "findings", rest=_("how they answer the objectives")),
        Item("19", _("Limitations, with the direction of possible bias"), "limits", rest=_("the direction of bias")),
        Item("20", _("A cautious interpretation in the light of other work")),
        Item("21", _("How far the results hold elsewhere")),
        Item(
            "22", _("Funding and the funders' part"), says=telling.from_plan("funding"), rest=_("the funders' part"),
        ),
    )  # fmt: skip
