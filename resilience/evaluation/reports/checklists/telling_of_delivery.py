"""Sentences on what was delivered, for checklists that ask how something was done."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.reports import entries, rounding, tables_of_people
from resilience.evaluation.reports.checklists import telling
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
    return _("Coaches who held a call: {n}.").format(n=found) if found else ""


@of_this_site
def ways(figures: Figures, words: Words) -> str:
    """How it was given."""
    if not figures["flow"]["offered_call"]:
        return _("Modules online, each person alone.")
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
    if not figures["flow"]["offered_call"]:
        return _("People chose the pace.")
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


def enrolled_and_deviated(figures: Figures, words: Words) -> str:
    """How many enrolled, and how many deviations from the plan are recorded."""
    return " ".join(filter(None, (telling.enrolled(figures, words), deviations(figures, words))))


def undated(figures: Figures) -> str:
    """What of the dates is missing, where something else of them is told."""
    dates = figures.get("dates") or {}
    waves = any(one.get("n") for one in entries.of(dates.get("waves")).values())
    if not waves:
        return _("the dates of follow-up")
    return "" if dates.get("joined") else _("the dates of joining")


def by_calls(figures: Figures) -> str:
    """The places that set those with and without a call side by side, where there are both."""
    return "baseline_by_calls characteristics" if tables_of_people.both_sides(figures) else ""
