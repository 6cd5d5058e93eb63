"""Why a figure is missing, in the words of the report's language: a dash is never left without its reason."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from resilience.evaluation.analysis import reasons
from resilience.evaluation.disclosing import extras
from resilience.evaluation.reports import rounding
from resilience.evaluation.reports.table import Row

WHY, CAUTION = "why", "caution"


def word(reason: str) -> str:
    """A reason of figures.json in the words of the report; one that nobody translated stands as it is."""
    return known().get(reason, reason)


def note(figures: Any) -> list[str]:
    """One sentence with every reason for a dash in some figures; none where nothing is missing."""
    told = reasons_in(figures)
    return [_("Where a dash stands: {reasons}.").format(reasons=told)] if told else []


def beside(printed: Iterable[tuple[Iterable[Row], Any]]) -> list[str]:
    """The same for rows as they are printed, each few beside their figures: a reason counts where a dash stands."""
    return note([figures for rows, figures in printed if any(map(_has_a_dash, rows))])


def _has_a_dash(row: Row) -> bool:
    return any(rounding.NOTHING in cell for cell in row.cells)


def reasons_in(figures: Any) -> str:
    """Every reason in some figures, once each; empty where there is none."""
    found = sorted({word(one) for one in _reasons(figures, WHY)})
    return get_text_list(found, _("or")) if found else ""


def _reasons(figures: Any, name: str) -> Iterable[str]:
    if isinstance(figures, Mapping):
        for key, one in figures.items():
            if key.endswith(name) and isinstance(one, str):
                yield one
            yield from _reasons(one, name)
    elif isinstance(figures, list):
        for one in figures:
            yield from _reasons(one, name)


def known() -> dict[str, str]:
    """Every reason that has words here."""
    return {
        reasons.NO_ANSWERS: _("no answers"),
        reasons.ONE_ANSWER: _("one answer only"),
        reasons.FEW_PAIRS: _("fewer than 10 pairs"),
        reasons.FEW_PEOPLE: _("fewer than 10 people"),
        reasons.NO_VARIANCE: _("every answer is the same"),
        reasons.SAME_CHANGE: _("every change is the same"),
        reasons.ONE_ITEM: _("fewer than two items"),
        reasons.NO_RELIABILITY: _("no reliability in the plan, and none could be estimated"),
        reasons.NO_DIFFERENCE: _("no meaningful difference in the plan"),
        reasons.NO_CUTOFF: _("no published cut-off"),
        reasons.FEW_ITEMS: _("fewer than three items"),
        reasons.NOT_CONVERGED: _("not estimated: one factor did not fit"),
        reasons.FEW_TO_FILL_IN: _("fewer than 30 pairs, or people too alike to fill scores in from"),
        reasons.NO_CLIMATE: _("no unit told of its climate: ways of coping are not shown alone"),
    } | _of_models()


def _of_models() -> dict[str, str]:
    return {
        reasons.ONE_SIDE: _("fewer than two people on one side"),
        reasons.ONE_GROUP: _("fewer than two groups"),
        reasons.FEW_MODEL_PEOPLE: _("fewer than 20 people"),
        reasons.ONE_TIMEPOINT: _("fewer than two time points with answers"),
        reasons.CANNOT_BE_TOLD_APART: _("too few people, or too alike, for so many columns"),
        reasons.EXACT_FIT: _("nothing is left over once the columns are known"),
        reasons.ALONE_IN_A_GROUP: _("somebody is alone in a group"),
        reasons.MODEL_NOT_CONVERGED: _("the model did not converge"),
        reasons.MODEL_SINGULAR: _("the model found no difference between people"),
        reasons.SAME_EXPOSURE: _("everybody had as many"),
        reasons.NO_COST: _("the plan names no prices"),
        reasons.NO_MINUTES: _("the minutes of calls are not known"),
        reasons.NOBODY: _("nobody to divide by"),
        reasons.NO_LIMIT: _("too many resamples have nobody who improved"),
        reasons.TOO_FEW_LOST: _("fewer than 10 people on one side"),
        reasons.SEPARATED: _("a column tells exactly who answered"),
        reasons.ONE_CODER: _("fewer than two coders"),
        reasons.NOTHING_CODED: _("no comments that both coded"),
        reasons.SAME_CODE: _("both coders gave every comment the same code"),
        reasons.FEW_COACHES: _("fewer than 5 coaches with 5 people each"),
        reasons.NOBODY_MOVED: _("nobody moved"),
        reasons.NO_BACKGROUND: _("no call tells whether its coach has worked with patients"),
        reasons.FEW_OF_A_KIND: _(
            "fewer than 3 coaches behind a group, and single coaches are not set side by side"
        ),
        reasons.NO_DATES: _("the data hold no dates"),
        reasons.NOT_TOLD: _("nobody tells the platform"),
        reasons.TOO_FEW: _("too few people, answers or calls, or no spread"),
        reasons.TOO_FEW_TO_WEIGH: _("fewer than 20 people on one side"),
        reasons.TOLD_APART: _("a column tells almost exactly who had a call"),
        reasons.NO_DIFFERENCE_OF_SIDES: _("fewer than two people on one side, or no spread"),
        "nobody on one side, or nothing in which the sides could differ": _(
            "nobody on one side, or nothing in which the sides could differ"
        ),
        reasons.NO_SKEW: _("fewer than three people, or no spread"),
        reasons.NO_THRESHOLD: _("no threshold for reliable change at any later time point"),
        extras.FEW_ON_A_SIDE: _("too few people on one side"),
        extras.ALONE: _("everybody went a way of their own"),
        extras.SOME_HIDDEN: _("some of the groups are too small to be shown"),
    }
