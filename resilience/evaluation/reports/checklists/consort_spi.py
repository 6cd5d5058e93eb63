"""CONSORT-SPI 2018: trials of social and psychological interventions. Applies only where chance made the groups."""

from django.utils.translation import gettext as _

from resilience.evaluation.reports import sentences_of_design
from resilience.evaluation.reports.checklists import telling
from resilience.evaluation.reports.checklists import telling_of_delivery as delivered
from resilience.evaluation.reports.checklists import telling_of_results as found
from resilience.evaluation.reports.checklists.item import Checklist, Figures, Item
from resilience.evaluation.reports.checklists.trend import OTHERS


def checklist(figures: Figures) -> Checklist:
    """The items in our own words; spared where nobody was put into a group by chance."""
    by_chance = sentences_of_design.by_chance(figures)
    return Checklist(
        key="consort_spi",
        name="CONSORT-SPI 2018",
        source=_("Montgomery and others 2018, Trials 19:407. Items in our own words."),
        items=_all(figures) if by_chance else (),
        spared=""
        if by_chance
        else _("It does not apply: nobody was put into a group by chance in these data."),
    )


def _all(figures: Figures) -> tuple[Item, ...]:
    return (
        *_beginning(), *_outcomes(), *_groups(), *_methods(), *_people(figures), *_results(figures), *_end()
    )  # fmt: skip


def _beginning() -> tuple[Item, ...]:
    return (
        Item("1a", _("A randomised trial by its title")),
        Item("1b", _("Structured summary"), "findings", rest=_("the published headings of a summary")),
        Item("2a", _("Background and reasons; how the intervention is meant to work")),
        Item("2b", _("Objectives and hypotheses")),
        Item(
            "3a", _("Design, with the ratio of allocation"), says=telling.design, rest=_("the ratio of allocation"),
        ),
        Item("3b", _("Changes to methods after the start"), "plan", delivered.deviations),
        Item("4a", _("Who could join: people, providers, settings")),
        Item("4b", _("Settings and places")),
        Item(
            "5", _("What each group was given, in detail to repeat it"), "offers",
            rest=_("all that is needed to repeat it"),
        ),
        Item("5a", _("How far it was delivered and taken up as planned"), "arms_flow delivery", delivered.finished),
        Item("5b", _("Where materials can be found")),
        Item("5c", _("How providers were assigned to each group")),
    )  # fmt: skip


def _outcomes() -> tuple[Item, ...]:
    return (
        Item("6a", _("Outcomes, how and when assessed"), "plan", telling.gathered),
        Item("6b", _("Changes to outcomes after the start"), "plan", delivered.deviations),
        Item(
            "7a", _("How the sample size was determined"), says=telling.sample,
            rest=_("how that number was worked out"),
        ),
        Item("7b", _("Interim analyses and rules for stopping")),
    )  # fmt: skip


def _groups() -> tuple[Item, ...]:
    return (
        Item("8a", _("How the random order was made"), says=telling.allocated),
        Item("8b", _("Kind of randomisation, blocks, strata"), says=telling.allocated),
        Item("9", _("How allocation was concealed until assigned"), says=telling.assigned),
        Item(
            "10", _("Who made the order, who enrolled, who assigned"), says=telling.assigned,
            rest=_("who enrolled people"),
        ),
        Item("11a", _("Who knew of the assignment afterwards"), says=telling.blinded),
        Item("11b", _("How alike the interventions were")),
    )  # fmt: skip


def _methods() -> tuple[Item, ...]:
    return (
        Item(
            "12a", _("Statistical methods; how missing data were handled"), "methods arms mixed_model imputed",
            telling.not_filled_in,
        ),
        Item("12b", _("Methods for subgroup and adjusted analyses"), "arms subgroups", found.interaction),
    )  # fmt: skip


def _people(figures: Figures) -> tuple[Item, ...]:
    each_group = found.each_group(figures)
    return (
        Item("13a", _("Numbers assigned, given the intervention, analysed in each group"), "arms_flow arms"),
        Item(
            "13b", _("Losses and exclusions after assignment, with reasons"), "arms_flow reasons", delivered.reasons,
            _("the reasons in each group"),
        ),
        Item("14a", _("Dates of recruitment and follow-up"), "dates", telling.joined, delivered.undated(figures)),
        Item("14b", _("Why the trial ended")),
        Item(
            "15", _("Baseline table for each group, with social variables"), "characteristics numbers", rest=each_group,
        ),
        Item(
            "16", _("Numbers in each analysis, by assigned group or not"), "arms", found.analysed,
            found.changed_by_group(figures),
        ),
    )  # fmt: skip


def _results(figures: Figures) -> tuple[Item, ...]:
    each_group = found.each_group(figures)
    return (
        Item(
            "17a", _("Results for each group, effect and interval; whether planned"),
            "change" if found.changed_by_group(figures) else "arms", rest=found.changed_by_group(figures),
        ),
        Item(
            "17b", _("Absolute and relative effects of binary outcomes"), "reliable_change cutoffs responders",
            rest=each_group,
        ),
        Item("18", _("Other analyses, planned or exploratory"), OTHERS),
        Item("19", _("Harms in each group"), "harms", rest=each_group),
    )  # fmt: skip


def _end() -> tuple[Item, ...]:
    return (
        Item("20", _("Limitations: bias, imprecision, many analyses"), "limits"),
        Item("21", _("How far the findings hold elsewhere")),
        Item("22", _("Interpretation in the light of the results and other evidence")),
        Item("23", _("Registration"), says=telling.from_plan("registration")),
        Item("24", _("Where the protocol can be read")),
        Item(
            "25", _("Funding and other support; interests"), says=telling.from_plan("funding"),
            rest=_("other support, and interests"),
        ),
        Item("26a", _("The developers' part in the trial")),
        Item(
            "26b", _("Others' part in designing, running, analysing"), says=telling.from_plan("involvement")
        ),
        Item("26c", _("Incentives for taking part"), says=telling.from_plan("incentives")),
    )  # fmt: skip
