"""Plain sentences on models, and the caveats that always stand beside them."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from resilience.evaluation.reports import compared, entries, rounding, timing_of_calls
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]

INTERCEPT = "intercept"


def mixed(figures: Figures, words: Words) -> str:
    """What the model says of the last time point of the first primary measure that has one."""
    for key in figures["plan"]["primary"]:
        model = figures["measures"].get(key, {}).get("mixed_model") or {}
        terms = {name: one for name, one in (model.get("terms") or {}).items() if name in words.timepoints}
        told = {name: one for name, one in terms.items() if one["estimate"] is not None}
        if told:
            when, one = list(told.items())[-1]
            return _(
                "With everyone who answered at least once, {measure} at {when} differed from baseline by {mean} "
                "(95% CI {ci})."
            ).format(
                measure=words.brief(key),
                when=words.short(when),
                mean=rounding.number(one["estimate"], words.decimals(key)),
                ci=rounding.interval(one["ci"], words.decimals(key)),
            )
    return _("No model of a primary measure could be estimated.")


def by_coaching(figures: Figures, words: Words) -> str:
    """What the terms of coaching are, and are not."""
    return _(
        "The terms with a call compare people who chose for themselves; they say how the groups differed, not what "
        "calls do."
    )


def mixed_method() -> str:
    """How the models were worked out."""
    return _(
        "Score by time point (a category) with an intercept for each person; restricted maximum likelihood; all "
        "available answers, on the assumption that what is missing can be predicted from what was answered. Wald "
        "intervals; below 40 people from the t distribution with people minus one degrees of freedom."
    )


def without_covariates(figures: Figures, words: Words) -> list[str]:
    """That the plan's covariates are not in the mixed models, where it names any."""
    names = [words.label("characteristic", name) for name in figures["plan"]["covariates"]]
    if not names:
        return []
    return [
        _("The plan’s covariates are not in these models: {names}.").format(
            names=get_text_list(names, _("and"))
        )
    ]


def term(name: str, words: Words) -> str:
    """A model's term as a reader knows it."""
    when, *rest = name.split(":")
    parts = [_plain(when, words), *(_plain(one, words) for one in rest)]
    return " × ".join(parts)


def _plain(name: str, words: Words) -> str:
    fixed = {INTERCEPT: _("Baseline"), "coached": _("One call or more")}
    if name in fixed:
        return fixed[name]
    return words.timepoint(name) if name in words.timepoints else name.replace("_", " ").capitalize()


def self_selected() -> str:
    """The fixed caveat on every comparison of those with and without calls."""
    return _(
        "People chose for themselves whether to have a call, and need, time and mood may have steered both the choice "
        "and the change. The difference is therefore no measure of what calls do."
    )


def adjusted_method(figures: Figures, words: Words) -> str:
    """How the adjusted difference was worked out, with the covariates that the plan names."""
    names = [words.label("characteristic", name) for name in figures["plan"]["covariates"]]
    return _(
        "Analysis of covariance: later score by calls and score at baseline{more}. Intervals and p with HC3 standard "
        "errors; standardised by the SD at baseline. With: one attended call or more, unless the plan says otherwise."
    ).format(more=", " + get_text_list(names, _("and")) if names else "")


def by_number() -> str:
    """Why a slope by number of calls is not what a call does."""
    return _(
        "Those who had more calls may have changed more because of the calls, or may have had more calls because they "
        "were changing: these figures cannot tell which."
    )


def by_modules() -> str:
    """The same of modules."""
    return _("The same holds of modules: who finished more may have changed more for other reasons.")


def difference(figures: Figures, words: Words) -> str:
    """How those with and without a call differed on the first primary measure with an estimate; the caveat again."""
    for key in figures["plan"]["primary"]:
        found = entries.of(figures["measures"].get(key, {}).get("coached_difference"))
        for when, one in compared.planned_first(figures, key, found):
            if one.get("difference") is not None and when not in timing_of_calls.too_early(figures):
                text = _(
                    "{measure} at {when}: {difference} (95% CI {ci}) with a call against without. {caveat}"
                )
                return text.format(
                    measure=words.brief(key),
                    when=words.short(when),
                    difference=rounding.number(one["difference"], words.decimals(key)),
                    ci=rounding.interval(one["ci_hc3"], words.decimals(key)),
                    caveat=_("This is no measure of what calls do."),
                )
    return _("This is no measure of what calls do.")
