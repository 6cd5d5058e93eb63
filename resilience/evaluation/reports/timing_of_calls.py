"""At which time points nobody had had a call yet: people who would later have one stand there as those with a call."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def too_early(figures: Figures) -> list[str]:
    """The later time points that everybody answered before their first call; none where the data do not tell."""
    known = (figures.get("context") or {}).get("calls_before") or {}
    return [when for when, anybody in known.items() if not anybody]


def notes(figures: Figures, words: Words) -> list[str]:
    """What stands beside every table of those with and without a call."""
    if not (figures.get("context") or {}).get("calls_before"):
        return [
            _(
                "The data do not say when calls were held: at each time point people may count as having had a call "
                "that they had only later."
            )
        ]
    return [*_before_any_call(figures, words), _("Calls held after a time point are counted at it as well.")]


def left_out(figures: Figures, words: Words) -> list[str]:
    """That minutes are not set against change at those time points, where there are any."""
    when = get_text_list([words.short(each) for each in too_early(figures)], _("and"))
    text = _("Nothing is set against minutes at {when}, since nobody had had a call yet.")
    return [text.format(when=when)] if when else notes(figures, words)


def _before_any_call(figures: Figures, words: Words) -> list[str]:
    when = get_text_list([words.short(each) for each in too_early(figures)], _("and"))
    text = _(
        "At {when} nobody had had a call yet, so that this compares people who would later have one with people who "
        "would not."
    )
    return [text.format(when=when)] if when else []
