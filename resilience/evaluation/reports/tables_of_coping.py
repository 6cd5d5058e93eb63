"""Ways of coping that people seldom speak of: means of everybody who agreed to be asked, beside the climate at work."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.analysis.coping import CLIMATE
from resilience.evaluation.reports import gaps, naming, rounding, sentences, table, tables_of_system
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def coping(figures: Figures, words: Words) -> table.Table | None:
    """One part a way of coping, then one a statement on the climate; None without either of the two."""
    asked, climate = _asked(figures), _climate(figures)
    if not (asked and climate):
        return None
    people = list(_people_rows(asked, words))
    return table.Table(
        key="coping",
        caption=_("Ways of coping that people seldom speak of, beside the climate where they work"),
        columns=(_("Way of coping or place"), _("n"), _("Mean (SD), or what was told")),
        rows=(*people, *_climate_rows(climate, words)),
        sentence=_(
            "Asked under a consent of its own, and shown as means of groups. How people cope depends on whether they "
            "can speak where they work, so that the two are read together."
        ),
        notes=(*gaps.beside([(people, asked)]), *sentences.new_measures(words)),
    )


def told_why(figures: Figures) -> str:
    """Why ways of coping that were asked for are not shown; empty where they are, or where nobody was asked."""
    why = (figures.get("coping") or {}).get("why")
    return (
        _("Ways of coping were asked for, and are not shown: {reason}.").format(reason=gaps.word(why))
        if why
        else ""
    )


def _asked(figures: Figures) -> dict[str, Mapping[str, Any]]:
    found = figures.get("coping") or {}
    return {key: one for key, one in found.items() if isinstance(one, Mapping)}


def _climate(figures: Figures) -> dict[str, Mapping[str, Any]]:
    known = tables_of_system.outcomes(figures)
    return {key: one for key, one in known.items() if key.startswith(CLIMATE)}


def _people_rows(asked: Mapping[str, Mapping[str, Any]], words: Words) -> Iterable[table.Row]:
    for key, times in asked.items():
        yield table.Row(words.measure(key), part=True)
        for when, one in times.items():
            hidden = disclosure.is_hidden(one)
            spread = (
                _("hidden") if hidden else rounding.with_spread(one["mean"], one["sd"], words.decimals(key))
            )
            yield table.Row(words.timepoint(when), (rounding.count(one["n"]), spread))


def _climate_rows(climate: Mapping[str, Mapping[str, Any]], words: Words) -> Iterable[table.Row]:
    for key, units in climate.items():
        yield table.Row(_("Where they work: {outcome}").format(outcome=naming.outcome(key, words)), part=True)
        for unit, told in tables_of_system.last_told(units):
            yield table.Row(naming.unit(unit, words), (rounding.NOTHING, told))
