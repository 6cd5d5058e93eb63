"""Why a figure is missing, in the words of the report's language: a dash is never left without its reason."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from resilience.evaluation.analysis import reasons

WHY, CAUTION = "why", "caution"


def word(reason: str) -> str:
    """A reason of figures.json in the words of the report; one that nobody translated stands as it is."""
    return _known().get(reason, reason)


def note(figures: Any) -> list[str]:
    """One sentence with every reason for a dash in some figures; none where nothing is missing."""
    told = reasons_in(figures)
    return [_("Where a dash stands: {reasons}.").format(reasons=told)] if told else []


def reasons_in(figures: Any) -> str:
    """Every reason in some figures, once each; empty where there is none."""
    found = sorted({word(one) for one in _reasons(figures, WHY)})
    return get_text_list(found, _("or")) if found else ""


def _reasons(figures: Any, name: str) -> Iterable[str]:
    if isinstance(figures, Mapping):
        if isinstance(figures.get(name), str):
            yield figures[name]
        for one in figures.values():
            yield from _reasons(one, name)


def _known() -> dict[str, str]:
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
    }
