"""Sentences on how questions were asked: what the platform itself does, the same for every programme."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.reports import rounding
from resilience.evaluation.reports.checklists.telling import of_this_site
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


@of_this_site
def consent(figures: Figures, words: Words) -> str:
    """What consent covers."""
    left = figures["snapshot"]["left_out"]["no_consent"]
    return _(
        "Asked for use of answers apart from taking part; {n} did not give it and are in no figure."
    ).format(n=rounding.count(left))


@of_this_site
def protection(figures: Figures, words: Words) -> str:
    """How the data are protected."""
    return _(
        "Answers hang on a pseudonym; names, numbers and free text are encrypted; groups below {k} are hidden."
    ).format(k=figures["plan"]["suppress_below"])


@of_this_site
def closed(figures: Figures, words: Words) -> str:
    """Who could answer."""
    return _("Closed: for those who joined the programme.")


@of_this_site
def site(figures: Figures, words: Words) -> str:
    """Where the questions stood."""
    return _("The programme's own site, for its participants.")


@of_this_site
def voluntary(figures: Figures, words: Words) -> str:
    """Whether people had to answer."""
    return _("Voluntary: nothing in the programme closes to somebody who does not answer.")


@of_this_site
def fixed_order(figures: Figures, words: Words) -> str:
    """The order of items."""
    return _("No: items stand in their published order.")


@of_this_site
def not_adaptive(figures: Figures, words: Words) -> str:
    """Whether items depend on answers."""
    return _("No item depends on an answer within a measure.")


@of_this_site
def items(figures: Figures, words: Words) -> str:
    """How many questions each time point asks, where it is known."""
    sittings = ((figures.get("context") or {}).get("question_counts") or {}).get("sittings") or {}
    parts = ", ".join(
        f"{words.short(when)} {one['questions']}"
        for when, one in sittings.items()
        if when in words.timepoints
    )
    return (
        _("One measure a page. Questions at each time point: {parts}.").format(parts=parts) if parts else ""
    )


@of_this_site
def pages(figures: Figures, words: Words) -> str:
    """How many pages each time point has, where it is known."""
    instruments: dict[str, set[str]] = {}
    for measure in words.measures.values():
        for when in measure.timepoints:
            instruments.setdefault(when, set()).add(measure.instrument)
    parts = ", ".join(
        f"{words.short(when)} {len(instruments[when])}" for when in words.timepoints if when in instruments
    )
    return _("Measures, each a page: {parts}.").format(parts=parts) if parts else ""


@of_this_site
def review(figures: Figures, words: Words) -> str:
    """Whether answers could be looked over."""
    return _("Answers stand on the page and can be changed until they are sent; there is no page of review.")


@of_this_site
def no_view_rate(figures: Figures, words: Words) -> str:
    """Why there is no view rate."""
    return _("Not counted: visitors are not followed.")


@of_this_site
def no_cookies(figures: Figures, words: Words) -> str:
    """Whether cookies were used against double entries."""
    return _("Not used for this.")


@of_this_site
def no_addresses(figures: Figures, words: Words) -> str:
    """Whether network addresses were used against double entries."""
    return _("Not used, and not kept with answers.")


@of_this_site
def no_logs(figures: Figures, words: Words) -> str:
    """Whether log files were used against double entries."""
    return _("Not used.")


def incomplete(figures: Figures, words: Words) -> str:
    """How many returned measures could not be scored."""
    lost = sum(
        one["not_scorable"] for measure in figures["measures"].values() for one in measure["scores"].values()
    )
    return _("Scored by each measure's own rule; not scorable: {n}.").format(n=rounding.count(lost))


@of_this_site
def times(figures: Figures, words: Words) -> str:
    """Whether answering times were used."""
    return _("No questionnaire was left out for how fast it was answered.")
