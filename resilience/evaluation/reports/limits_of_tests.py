"""How many comparisons were tested, by which methods their p values are adjusted, and which p values are not."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resilience.evaluation.analysis import adjustment

Figures = Mapping[str, Any]

EACH = "*"


def sentences(figures: Figures) -> list[str]:
    """What was tested and adjusted, and what was not; nothing where there is one p value or none."""
    tested = _tested(figures)
    others = [name for name, path in _others() if any(p is not None for p in _at(figures, path.split()))]
    if len(tested) + len(others) < 2:
        return []
    told = [_adjusted(tested), _left(others), _("Read the intervals before any p value.")]
    return [" ".join(filter(None, told))]


def _tested(figures: Figures) -> list[str]:
    """By which method each comparison of before and after was adjusted that was tested."""
    rows = [one for measure in figures["measures"].values() for one in measure["change"].values()]
    return [one["adjusted_by"] or "" for one in rows if one["p"] is not None]


def _adjusted(tested: list[str]) -> str:
    if not tested:
        return ""
    parts = [f"{n} {way(method)}" for method, n in sorted(Counter(tested).items(), reverse=True)]
    return ngettext(
        "{n} comparison of before and after was tested; its p value is adjusted: {how}.",
        "{n} comparisons of before and after were tested; their p values are adjusted: {how}.",
        len(tested),
    ).format(n=len(tested), how=get_text_list(parts, _("and")))


def way(method: str) -> str:
    """How p values are adjusted, by the name that the plan or the figures have for it."""
    found = adjustment.BY_NAME.get(method, method)
    ways = {
        adjustment.HOLM: _("after Holm"),
        adjustment.BENJAMINI_HOCHBERG: _("after Benjamini and Hochberg"),
    }
    return ways.get(found, _("not at all"))


def _left(others: list[str]) -> str:
    if not others:
        return ""
    return _(
        "The other p values of this report are not adjusted, and among many some are small by chance: those of {kinds}."
    ).format(kinds=get_text_list(others, _("and")))


def _others() -> tuple[tuple[str, str], ...]:
    """The kinds of p values that stand beside those of change, and where each lies."""
    return (
        (_("the rank tests"), "measures * change * wilcoxon_p"),
        (_("the mixed models"), "measures * mixed_model terms * p"),
        (_("the mixed models with and without a call"), "measures * mixed_by_coaching terms * p"),
        (_("change with scores filled in"), "measures * imputed * p"),
        (_("the analysis of covariance of calls"), "measures * coached_difference * p_hc3"),
        (_("the weighted differences"), "measures * weighted_difference * p"),
        (_("the differences between groups"), "measures * by_arm * differences * p_hc3"),
        (_("the slopes by calls"), "measures * per_call * p"),
        (_("the slopes by modules"), "measures * per_module * p"),
        (_("the interactions with groups of people"), "subgroups * * interaction_p"),
        (_("the coaches’ background"), "coach_background * * interaction_p"),
        (_("plans to leave (McNemar)"), "leaving * * p"),
        (_("what goes with answering nothing"), "missing predictors * odds * p"),
    )


def _at(found: Any, path: list[str]) -> Iterator[Any]:
    """All that lies at a path, in which a star stands for each name."""
    if not path:
        yield found
    elif isinstance(found, Mapping):
        for name in found if path[0] == EACH else [path[0]]:
            yield from _at(found.get(name), path[1:])
