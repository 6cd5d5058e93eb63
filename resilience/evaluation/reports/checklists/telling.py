"""Sentences that answer an item by themselves, from what the data or the plan hold; empty where they hold nothing."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from resilience import languages
from resilience.evaluation.reports import entries, naming, rounding, sentences_of_design
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]
Says = Callable[[Figures, Words], str]


def of_this_site(says: Says) -> Says:
    """What this platform does is a fact of data gathered on it, and not of data from elsewhere."""

    def only_here(figures: Figures, words: Words) -> str:
        return says(figures, words) if "cards_held_back" in figures["design"] else ""

    return only_here


def design(figures: Figures, words: Words) -> str:
    """The design in a line."""
    return f"{sentences_of_design.in_short(figures)}."


def title(figures: Figures, words: Words) -> str:
    """What the report is called, with its design."""
    name = words.label("programme", figures["programme"])
    return _("“{name}: evaluation report”. {design}.").format(
        name=name, design=sentences_of_design.in_short(figures)
    )


def primary(figures: Figures, words: Words) -> str:
    """The primary measures of the plan."""
    names = [words.brief(key) for key in figures["plan"]["primary"] if key in words.measures]
    return _("Primary: {names}.").format(names=get_text_list(names, _("and"))) if names else ""


def sample(figures: Figures, words: Words) -> str:
    """How many were hoped for and how many came."""
    goal = (figures["plan"].get("goals") or {}).get("recruited")
    came = figures["flow"]["registered"]
    if goal is None:
        return ""
    return _("{goal} people were hoped for; {came} enrolled.").format(
        goal=rounding.count(int(goal)), came=came
    )


def enrolled(figures: Figures, words: Words) -> str:
    """How many enrolled, and how many let us use their answers."""
    flow = figures["flow"]
    return _("{registered} enrolled, {consented} let us use their answers.").format(
        registered=rounding.count(flow["registered"]), consented=rounding.count(flow["consented"])
    )


def approached(figures: Figures, words: Words) -> str:
    """How many were approached, by channel."""
    found = entries.of(figures["flow"].get("approached"))
    if not found:
        return ""
    parts = [f"{_small(naming.channel(key, words))} {rounding.count(n)}" for key, n in found.items()]
    return _("Approached: {parts}.").format(parts=", ".join(parts))


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def participation(figures: Figures, words: Words) -> str:
    """The share of those approached who enrolled."""
    whole = sum((figures["flow"].get("approached") or {}).values())
    if not whole:
        return ""
    share = 100 * figures["flow"]["registered"] / whole
    return _("{part} of {whole} approached enrolled ({percent}).").format(
        part=rounding.count(figures["flow"]["registered"]),
        whole=rounding.count(whole),
        percent=rounding.percent(share),
    )


def completion(figures: Figures, words: Words) -> str:
    """The share of those with a baseline who answered at the last time point that was due."""
    kept = {when: one for when, one in figures["flow"]["retained_percent"].items() if one is not None}
    if not kept:
        return ""
    when, percent = list(kept.items())[-1]
    return _("{n} of {baseline} answered at {when} ({percent}).").format(
        n=figures["flow"]["answered"][when], baseline=figures["flow"]["baseline"],
        when=words.short(when), percent=rounding.percent(percent),
    )  # fmt: skip


def joined(figures: Figures, words: Words) -> str:
    """The first and the last day of joining."""
    ends = (figures.get("dates") or {}).get("joined")
    if not ends:
        return ""
    first, last = (languages.day(date.fromisoformat(one), "j F Y") for one in ends)
    return _("People joined between {first} and {last}.").format(first=first, last=last)


def frozen(figures: Figures, words: Words) -> str:
    """When the plan was frozen, and its short hash."""
    plan = figures["plan"]
    if not plan["frozen_on"]:
        return ""
    day = languages.day(date.fromisoformat(plan["frozen_on"][:10]), "j F Y")
    return _("Analysis plan frozen on {day}, before the figures were seen.").format(day=day)


def not_filled_in(figures: Figures, words: Words) -> str:
    """What happens with missing answers."""
    return _(
        "Nothing is filled in, other than in the one table whose title says so; tables of change hold complete "
        "pairs, the mixed model all available answers."
    )


@of_this_site
def online(figures: Figures, words: Words) -> str:
    """How questions were given."""
    return _(
        "Web pages, one measure a page, readable without scripts; answers kept one row a person and time point."
    )


@of_this_site
def skipping(figures: Figures, words: Words) -> str:
    """Whether answers were forced."""
    return _(
        "No answer was forced: every question could be left out, and answers looked over before sending."
    )


@of_this_site
def signed_in(figures: Figures, words: Words) -> str:
    """How one person is told from another."""
    return _("People sign in, and each answers a measure once at each time point.")


def no_weights(figures: Figures, words: Words) -> str:
    """Whether answers were weighted."""
    return _("No weights were used.")


def program(figures: Figures, words: Words) -> str:
    """The program and its version."""
    return _(
        "The figures were computed by this platform, version {version}, with scipy and statsmodels."
    ).format(version=figures["version"])


def blinded(figures: Figures, words: Words) -> str:
    """Who knew what."""
    return _(
        "Nobody was blinded: people knew what they took part in, and all outcomes are their own answers."
    )


def allocated(figures: Figures, words: Words) -> str:
    """How people came into groups."""
    return sentences_of_design.allocation(figures)


def from_plan(name: str):
    """What the evaluators stated in the plan under a name."""

    def says(figures: Figures, words: Words) -> str:
        return figures["plan"].get(name) or ""

    return says


def analysed(figures: Figures, words: Words) -> str:
    """How many pairs the first primary comparison rests on."""
    for key in figures["plan"]["primary"]:
        rows = figures["measures"].get(key, {}).get("change", {})
        if rows:
            when, one = next(iter(rows.items()))
            return _("{measure}, {when}: {n} of {baseline} with a baseline.").format(
                measure=words.brief(key),
                when=words.short(when),
                n=one["n"],
                baseline=figures["flow"]["baseline"],
            )
    return ""


def not_matched(figures: Figures, words: Words) -> str:
    """Whether people were matched."""
    return _("Nobody was matched.")


def no_risks(figures: Figures, words: Words) -> str:
    """Why there are no relative risks."""
    return _("No relative risks are given; shares are of all who answered twice.")


def unit(figures: Figures, words: Words) -> str:
    """The unit of analysis."""
    if figures["design"].get("allocated_by") == "UNIT":
        return _("People are analysed, units were assigned: the intervals do not allow for that.")
    return _("The person, in assignment and in analysis.")


@of_this_site
def assigned(figures: Figures, words: Words) -> str:
    """Who carried out the allocation."""
    return _("The platform made the order from a seed and assigned people; nobody could see what came next.")
