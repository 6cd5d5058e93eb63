"""What models leave out: coaches who are shared, people who were drawn, few pairs."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from resilience.evaluation.analysis import reasons
from resilience.evaluation.reports import rounding
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def sentences(figures: Figures, words: Words) -> list[str]:
    """The limits of what was modelled."""
    return [_coaches(figures, words), _drawn(figures), _few_pairs(figures, words)]


def _coaches(figures: Figures, words: Words) -> str:
    coaches = figures["delivery"]["coaches"]
    if not coaches:
        return ""
    told = _("Number of coaches who held the calls: {n}.").format(n=coaches)
    for key in figures["plan"]["primary"]:
        found = (figures["measures"].get(key) or {}).get("clustering") or {}
        nested = found.get("partly_nested") or {}
        if nested.get("difference") is not None:
            return (
                told
                + " "
                + _(
                    "With the coaches' own variance in the model {measure} differed by {difference} (95% CI {ci})."
                ).format(
                    measure=words.brief(key),
                    difference=rounding.number(nested["difference"], words.decimals(key)),
                    ci=rounding.interval(nested["ci"], words.decimals(key)),
                )
            )
    return told + " " + _("That people share a coach is not allowed for in the intervals.")


def _drawn(figures: Figures) -> str:
    """Where there were too many people for the mixed model, it rests on some drawn by chance."""
    drawn = {
        (model["participants"], model["sampled_from"])
        for measure in figures["measures"].values()
        if ((model := measure.get("mixed_model") or {}).get("sampled_from") or 0)
        > (model.get("participants") or 0)
    }
    if not drawn:
        return ""
    people, everyone = max(drawn, key=lambda pair: pair[1])
    return _(
        "The mixed models rest on {people} people drawn by chance from {all}, with a fixed seed."
    ).format(people=rounding.count(people), all=rounding.count(everyone))


def _few_pairs(figures: Figures, words: Words) -> str:
    few = [
        f"{words.brief(key)} {words.short(when)}"
        for key, measure in figures["measures"].items()
        for when, one in measure["change"].items()
        if one.get("why") == reasons.FEW_PAIRS and one["n"]
    ]
    if not few:
        return ""
    return _("Fewer than 10 people answered both times, so nothing was tested: {names}.").format(
        names=get_text_list(few, _("and"))
    )
