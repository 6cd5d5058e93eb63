"""At which later time points the plan compares its primary measures with the baseline."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def primary(figures: Figures, key: str) -> list[str]:
    """The primary comparisons of a measure: at the plan's time points, else at the first; none of another measure."""
    if key not in figures["plan"]["primary"]:
        return []
    when = list((figures["measures"].get(key) or {}).get("change") or {})
    named = figures["plan"].get("primary_timepoints") or []
    return [each for each in when if each in named] or when[:1]


def planned_first(figures: Figures, key: str, found: Figures | None) -> list[tuple[str, Any]]:
    """Figures of a measure by time point, those of the plan's primary comparisons before all others."""
    planned = primary(figures, key)
    return sorted((found or {}).items(), key=lambda pair: pair[0] not in planned)


def first(figures: Figures, key: str) -> str:
    """The first later time point of a measure, at which cost and groups of people count."""
    found = figures["measures"][key]["change"]
    return next(when for when in figures["plan"]["timepoints"] if when in found)


def named(figures: Figures, words: Words) -> str:
    """Every primary measure with the time points of its primary comparisons; "none" where there is none."""
    told = [_named(figures, key, words) for key in figures["plan"]["primary"] if key in figures["measures"]]
    return get_text_list(told, _("and")) or _("none")


def _named(figures: Figures, key: str, words: Words) -> str:
    when = [words.short(each) for each in primary(figures, key)]
    if not when:
        return words.brief(key)
    return _("{measure} at {when}").format(measure=words.brief(key), when=get_text_list(when, _("and")))
