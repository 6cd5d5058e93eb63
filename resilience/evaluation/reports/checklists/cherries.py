"""CHERRIES: results of internet surveys, thirty items."""

from django.utils.translation import gettext as _

from resilience.evaluation.reports.checklists import telling
from resilience.evaluation.reports.checklists import telling_of_delivery as delivered
from resilience.evaluation.reports.checklists import telling_of_questions as asked
from resilience.evaluation.reports.checklists import telling_of_results as found
from resilience.evaluation.reports.checklists.item import Checklist, Figures, Item


def checklist(figures: Figures) -> Checklist:
    """The items in our own words, numbered in the order of the published list."""
    return Checklist(
        key="cherries",
        name="CHERRIES",
        source=_("Eysenbach 2004, Journal of Medical Internet Research 6:e34. Items in our own words."),
        items=(*_design(), *_administration(figures), *_rates(), *_analysis()),
    )


def _design() -> tuple[Item, ...]:
    return (
        Item(
            "1", _("Survey design: target population, kind of sample"), says=telling.design,
            rest=_("whom it was meant for, and what kind of sample it is"),
        ),
        Item("2", _("Approval by an ethics board"), says=telling.from_plan("approval")),
        Item("3", _("Informed consent: what people were told"), says=asked.consent, rest=_("what people were told")),
        Item("4", _("Protection of personal data"), says=asked.protection),
        Item(
            "5", _("Development and testing of the questionnaire"), "reliability",
            rest=_("how it was made and tried out"),
        ),
        Item("6", _("Open to every visitor, or closed"), says=asked.closed),
        Item("7", _("How people were first contacted"), says=telling.approached),
        Item("8", _("How the survey was advertised")),
    )  # fmt: skip


def _administration(figures: Figures) -> tuple[Item, ...]:
    return (
        Item("9", _("Web or e-mail"), says=telling.online),
        Item("10", _("The site on which it stood"), says=asked.site),
        Item("11", _("Mandatory or voluntary"), says=asked.voluntary),
        Item("12", _("Incentives"), says=telling.from_plan("incentives")),
        Item("13", _("Dates of collection"), "dates", telling.joined, delivered.undated(figures)),
        Item("14", _("Random order of items"), says=asked.fixed_order),
        Item("15", _("Adaptive questioning"), says=asked.not_adaptive),
        Item("16", _("Number of items a page"), says=asked.items),
        Item("17", _("Number of pages"), says=asked.pages),
        Item("18", _("Check for completeness"), says=telling.skipping),
        Item("19", _("A step to review and change answers"), says=asked.review),
    )


def _rates() -> tuple[Item, ...]:
    return (
        Item("20", _("How a unique visitor was determined"), says=telling.signed_in),
        Item("21", _("View rate"), says=asked.no_view_rate),
        Item("22", _("Participation rate"), says=telling.participation),
        Item("23", _("Completion rate"), says=telling.completion),
        Item("24", _("Cookies against double entries"), says=asked.no_cookies),
        Item("25", _("Check of network addresses"), says=asked.no_addresses),
        Item("26", _("Log files against double entries"), says=asked.no_logs),
        Item("27", _("Registration against double entries"), says=telling.signed_in),
    )


def _analysis() -> tuple[Item, ...]:
    return (
        Item("28", _("Incomplete questionnaires"), "scores missing", asked.incomplete),
        Item("29", _("Questionnaires with untypical times"), says=asked.times),
        Item("30", _("Weights or other corrections"), "weighted_difference", found.weights),
    )
