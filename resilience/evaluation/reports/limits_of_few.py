"""What exact figures of the whole programme tell of few people, which no hiding can keep: a reader is warned."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resilience.evaluation.reports import naming
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def sentences(figures: Figures, words: Words) -> list[str]:
    """Of those who did not come back where they are few, and of the few between two reports."""
    return [_did_not_come_back(figures, words), *_close(figures)]


def _did_not_come_back(figures: Figures, words: Words) -> str:
    few = figures["plan"]["suppress_below"]
    told = [
        when
        for when, one in figures["missing"]["nonresponse"].items()
        if isinstance(one["did_not"], int) and 0 < one["did_not"] < few
    ]
    if not told:
        return ""
    return _(
        "At {when} fewer than {few} people did not come back. The mean of everybody at the beginning and that of those "
        "who came back tell together what these few had scored at the beginning: pass this report on to those alone "
        "who may know it, and to others a release for organisations."
    ).format(when=get_text_list([words.short(when) for when in told], _("and")), few=few)


def _close(figures: Figures) -> list[str]:
    return [
        ngettext(
            "{n} person lies between this report and that of {day}. Whoever has both can work out what this person "
            "answered: pass on one of them.",
            "{n} people lie between this report and that of {day}. Whoever has both can work out what they answered "
            "together: pass on one of them.",
            one["people"],
        ).format(n=one["people"], day=naming.day(one["as_of"]))
        for one in figures["snapshot"].get("close_to", ())
    ]
