"""Sentences that answer an item by themselves, from what the data or the plan hold; empty where they hold nothing."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from resilience.evaluation.reports import entries, naming, rounding, sentences_of_design, sentences_of_plan
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]
Says = Callable[[Figures, Words], str]


def is_of_this_site(figures: Figures) -> bool:
    """Whether the data were gathered on this platform."""
    return "cards_held_back" in figures["design"]


def of_this_site(says: Says) -> Says:
    """What this platform does is a fact of data gathered on it, and not of data from elsewhere."""

    def only_here(figures: Figures, words: Words) -> str:
        return says(figures, words) if is_of_this_site(figures) else ""

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
    goal = (figures["plan"].get("goals") or {}).get("recruit")
    came = figures["flow"]["registered"]
    if not goal:
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
    first, last = map(naming.day, ends)
    return _("People joined between {first} and {last}.").format(first=first, last=last)


def frozen(figures: Figures, words: Words) -> str:
    """When the plan was frozen, before what, and what was changed since."""
    plan = figures["plan"]
    if not plan["frozen_on"]:
        return ""
    told = _("Analysis plan frozen on {day}.").format(day=naming.day(plan["frozen_on"]))
    return f"{told} {sentences_of_plan.frozen(plan)}"


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


def program(figures: Figures, words: Words) -> str:
    """The program and its version."""
    return _(
        "The figures were computed by this platform, version {version}, with scipy and statsmodels."
    ).format(version=figures["version"])


@of_this_site
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


@of_this_site
def not_matched(figures: Figures, words: Words) -> str:
    """Whether people were matched."""
    return _("Nobody was matched.")


def unit(figures: Figures, words: Words) -> str:
    """The unit of analysis, and of assignment where there was any and it is known."""
    how = figures["design"].get("allocated_by")
    if how == "UNIT":
        return _("People are analysed, units were assigned: the intervals do not allow for that.")
    if how:
        return _("The person, in assignment and in analysis.")
    return _("The person is analysed.")


def gathered(figures: Figures, words: Words) -> str:
    """The primary measures, and how they were asked."""
    return " ".join(filter(None, (primary(figures, words), online(figures, words))))


@of_this_site
def assigned(figures: Figures, words: Words) -> str:
    """Who carried out the allocation."""
    return _("The platform made the order from a seed and assigned people; nobody could see what came next.")
