"""Sentences on what was delivered, for checklists that ask how something was done."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.reports import rounding
from resilience.evaluation.reports.checklists.telling import of_this_site
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def content(figures: Figures, words: Words) -> str:
    """The version of the content, where it is known."""
    known = (figures.get("context") or {}).get("content_version") or {}
    if not known.get("pages"):
        return ""
    return _("Online modules: {pages} pages, shown in {versions} versions.").format(
        pages=known["pages"], versions=known["versions_of_pages"]
    )


def coaches(figures: Figures, words: Words) -> str:
    """How many coaches held calls."""
    found = figures["delivery"]["coaches"]
    return (
        _("Coaches who held a call: {n}. Their training: a person must write this.").format(n=found)
        if found
        else ""
    )


@of_this_site
def ways(figures: Figures, words: Words) -> str:
    """How it was given."""
    return _(
        "Modules online, each person alone; calls between two people, by telephone unless agreed otherwise."
    )


@of_this_site
def where(figures: Figures, words: Words) -> str:
    """Where it happened."""
    return _("Wherever people chose to read and to talk.")


def amount(figures: Figures, words: Words) -> str:
    """Calls and their length."""
    found = figures["delivery"]
    if not found["calls_attended"]:
        return ""
    return _("{calls} calls, {minutes} minutes on average.").format(
        calls=rounding.count(found["calls_attended"]), minutes=rounding.number(found["minutes_per_call"], 0)
    )


@of_this_site
def tailoring(figures: Figures, words: Words) -> str:
    """What people could choose."""
    return _("People chose the pace, whether to have a call, with whom and when.")


def deviations(figures: Figures, words: Words) -> str:
    """How many deviations from the plan are recorded."""
    if not figures["plan"]["frozen_on"]:
        return ""
    return _("Deviations from the plan: {n}.").format(n=len(figures["plan"].get("deviations") or []))


def completion_rule(figures: Figures, words: Words) -> str:
    """What counts as finished and as coached."""
    return _("Finished: {modules} or more modules. Coached: {calls} or more attended calls.").format(
        modules=figures["plan"]["complete_modules"], calls=figures["plan"].get("exposure", 1)
    )


def finished(figures: Figures, words: Words) -> str:
    """How many finished, of those who began."""
    flow = figures["flow"]
    if not flow["started"]:
        return ""
    return _("{done} of {begun} who began finished.").format(
        done=rounding.count(flow["completed_modules"]), begun=rounding.count(flow["started"])
    )


def reasons(figures: Figures, words: Words) -> str:
    """How many gave a reason for stopping, where reasons are known."""
    told = sum(n or 0 for n in (figures["flow"].get("stopped_because") or {}).values() if isinstance(n, int))
    return _("{n} of those who stopped gave a reason.").format(n=told) if told else ""
