"""One plain sentence under each table and chart, made from the same figures."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resilience.evaluation.analysis import frozen_plan, reasons
from resilience.evaluation.reports import compared, entries, limits_of_tests, rounding
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def direction(sign: int) -> str:
    """Which way is better."""
    return _("higher is better") if sign > 0 else _("lower is better")


def flow(figures: Figures, words: Words) -> str:
    """How many answered, and how many of them stayed."""
    found = figures["flow"]
    if not found["baseline"]:
        return _("Nobody has answered yet, so there is nothing to describe.")
    kept = _kept(found, words)
    begun = ngettext("{n} person answered at baseline", "{n} people answered at baseline", found["baseline"])
    begun = begun.format(n=found["baseline"])
    return _("{begun}; of them, {kept}.").format(begun=begun, kept=_list(kept)) if kept else f"{begun}."


def _kept(found: Figures, words: Words) -> list[str]:
    """How many of them answered later: the verb stands with the first alone."""
    texts = [_("{n} ({percent}) answered at {when}"), _("{n} ({percent}) at {when}")]
    return [
        texts[place > 0].format(
            n=found["answered"][when], percent=rounding.percent(percent), when=words.short(when)
        )
        for place, (when, percent) in enumerate(found["retained_percent"].items())
    ]


def characteristics(figures: Figures, words: Words) -> str:
    """The largest group of each characteristic, and what is hidden."""
    found = figures["characteristics"]
    largest = [
        _largest(words, name, one)
        for name, one in found.items()
        if name not in ("n", "scores") and "groups" in one
    ]
    facts = _list([one for one in largest if one])
    below = figures["plan"]["suppress_below"]
    text = (
        _("The largest groups were: {facts}.").format(facts=facts)
        if facts
        else _("No group is large enough to show.")
    )
    if not found["n"]:
        text = _("Nobody has answered at baseline yet.")
    return (
        text
        + " "
        + _(
            "Groups of fewer than {k} people are hidden, with others where a total would give them away."
        ).format(k=below)
    )


def _largest(words: Words, name: str, category: Figures) -> str:
    shown = {group: one for group, one in category["groups"].items() if one["n"] is not None}
    if not shown:
        return ""
    group = max(sorted(shown), key=lambda key: shown[key]["n"])
    return f"{words.within(name, group)} ({rounding.percent(shown[group]['percent'])})"


def by_calls(figures: Figures, words: Words) -> str:
    """Where those with and without a call differed most."""
    gaps = {
        key: one["smd"] for key, one in figures["characteristics"]["scores"].items() if one["smd"] is not None
    }
    if not gaps:
        return _("There are too few people with or without a call to set them side by side.")
    key = max(sorted(gaps), key=lambda one: abs(gaps[one]))
    return _(
        "The two groups chose themselves. They differed most on {measure}, by {smd} of a standard "
        "deviation; differences of "
        "more than 0.10 are usually called noticeable."
    ).format(measure=words.brief(key), smd=rounding.number(abs(gaps[key]), 2))


def scores(figures: Figures, words: Words) -> str:
    """What a row describes, and how much could not be scored."""
    rows = [one for measure in figures["measures"].values() for one in measure["scores"].values()]
    lost = sum(one["not_scorable"] for one in rows)
    text = _(
        "Each row describes everyone who answered at that time point, so rows of one measure rest on "
        "different people."
    )
    lost_text = ngettext(
        "{n} returned questionnaire could not be scored.",
        "{n} returned questionnaires could not be scored.",
        lost,
    )
    return f"{text} {lost_text.format(n=lost)}"


def reliability(figures: Figures, words: Words) -> str:
    """The range of alpha, and what is usually asked for."""
    known = {key: one["reliability"]["alpha"] for key, one in figures["measures"].items()}
    known = {key: alpha for key, alpha in known.items() if alpha is not None}
    if not known:
        return _("Too few people answered to say how well the items of each measure hang together.")
    low, high = min(known.values()), max(known.values())
    return _(
        "Alpha ran from {low} to {high}; 0.70 or more is usually asked for when groups are compared, and "
        "0.90 when one person is judged."
    ).format(low=rounding.number(low, 2), high=rounding.number(high, 2))


def change(figures: Figures, words: Words) -> str:
    """What happened to each primary measure."""
    told = [changed(key, figures, words) for key in figures["plan"]["primary"] if key in figures["measures"]]
    told = [one for one in told if one]
    return " ".join(told) or _("No measure has enough pairs yet for a change to be estimated.")


def changed(key: str, figures: Figures, words: Words) -> str:
    """What happened to one measure at each time point of the plan; nothing where it was not estimated."""
    found = figures["measures"][key]["change"]
    told = [_changed_by(key, when, found[when], figures, words) for when in compared.primary(figures, key)]
    return " ".join(one for one in told if one)


def _changed_by(key: str, when: str, one: Figures, figures: Figures, words: Words) -> str:
    if one["ci"] is None:
        return ""
    decimals, sign = words.decimals(key), figures["measures"][key]["direction"]
    low, high = one["ci"]
    template = _(
        "{measure} went {way} by {mean} (95% CI {ci}) between baseline and {when}, in {n} people who "
        "answered both times{of}: {judged}."
    )
    return template.format(
        measure=words.brief(key),
        way=_("up") if one["mean"] > 0 else _("down"),
        mean=rounding.number(abs(one["mean"]), decimals),
        ci=rounding.interval(one["ci"] if one["mean"] > 0 else (-high, -low), decimals),
        when=words.short(when),
        n=one["n"],
        of=_of_those_asked((figures["measures"][key].get("paired") or {}).get(when) or {}),
        judged=_judged(sign * low, sign * high),
    )


def _of_those_asked(paired: Figures) -> str:
    """How many of those with a baseline score they are."""
    if not paired.get("of"):
        return ""
    return _(", {percent} of the {n} with a baseline").format(
        percent=rounding.percent(paired["percent"]), n=rounding.count(paired["of"])
    )


def _judged(low: float, high: float) -> str:
    if min(low, high) > 0:
        return _("a change for the better that is unlikely to be chance alone")
    if max(low, high) < 0:
        return _("a change for the worse that is unlikely to be chance alone")
    return _("chance alone could explain it")


def change_method(figures: Figures, words: Words) -> str:
    """How the table of change was worked out."""
    methods = frozen_plan.MULTIPLICITY | (figures["plan"].get("multiplicity") or {})
    return _(
        "Change is later minus baseline, over people who answered both times. dz is the mean change by the "
        "SD of the changes, its "
        "interval from the noncentral t distribution; it must not be set beside effect sizes worked out "
        "another way. Primary comparisons of the plan: {names}. p values are adjusted for their number: of these "
        "{primary}, of all others {rest}."
    ).format(
        names=compared.named(figures, words),
        primary=limits_of_tests.way(methods["primary"]),
        rest=limits_of_tests.way(methods["rest"]),
    )


def few_pairs(figures: Figures, words: Words) -> list[str]:
    """Notes on rows that are only described, or should be read with care."""
    rows = [one for measure in figures["measures"].values() for one in measure["change"].values()]
    notes = []
    if any(one.get("why") == reasons.FEW_PAIRS for one in rows):
        notes.append(_("Fewer than 10 pairs are described but not tested."))
    if any(one.get("caution") == reasons.SOME_PAIRS for one in rows):
        notes.append(_("Rows with 10 to 29 pairs need care: one or two people can move them."))
    return notes


def sizes(figures: Figures, words: Words) -> str:
    """What the rank test is for."""
    return _(
        "The rank test asks the same question without assuming a normal distribution; where it and the t "
        "test disagree, trust neither alone."
    )


def delivery(figures: Figures, words: Words) -> str:
    """How many had a call, and how long calls were."""
    calls, flow_ = figures["delivery"], figures["flow"]
    if not calls["calls_attended"]:
        return _("No call has taken place.")
    return ngettext(
        "{people} of {offered} people who were offered a call had one or more: {calls} call, {minutes} minutes.",
        "{people} of {offered} people who were offered a call had one or more: {calls} calls, {minutes} "
        "minutes on average.",
        calls["calls_attended"],
    ).format(
        people=flow_["one_call_or_more"],
        offered=flow_["offered_call"],
        calls=calls["calls_attended"],
        minutes=rounding.number(calls["minutes_per_call"], 0),
    )


def acceptability(figures: Figures, words: Words) -> str:
    """The statements that most and fewest agree with."""
    given = {
        item: one["percent"]
        for item, one in entries.of(figures["acceptability"]).items()
        if one["percent"] is not None
    }
    if not given:
        return _("Nobody has answered these statements yet.")
    most, least = max(given, key=lambda item: given[item]), min(given, key=lambda item: given[item])
    return _("Most agreed with “{most}” ({high}), fewest with “{least}” ({low}).").format(
        most=words.label("acceptability", most),
        high=rounding.percent(given[most]),
        least=words.label("acceptability", least),
        low=rounding.percent(given[least]),
    )


def new_measures(words: Words) -> list[str]:
    """The note that stands wherever a figure of our own measures stands."""
    if not words.new_measures():
        return []
    return [_("*New, not validated: our own questions, not comparable with published scores.")]


def _list(entries: list[str]) -> str:
    return get_text_list(entries, _("and"))
