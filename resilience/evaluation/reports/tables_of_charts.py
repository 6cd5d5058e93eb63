"""What the charts draw and no other table holds: the ways between bands of scores, and all five answers."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import chart_of_answers, chart_of_pairs, entries, rounding, table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]

STEP = 5  # counts of a band are told to the nearest five


def ways(figures: Figures, words: Words) -> table.Table | None:
    """Of each band of scores how many were in it before and later, and where those who began in it went."""
    rows: list[table.Row] = []
    for panel in chart_of_pairs.panels(figures):
        rows.append(table.Row(_head(panel, words), part=True))
        rows += _bands(panel, figures["measures"][panel.key]["bands"], words)
    if not rows:
        return None
    return table.Table(
        key="ways",
        caption=_("From before to after, in bands of scores"),
        columns=(_("Band of scores before"), _("People before"), _("People later"), _("Where those of the band went")),
        rows=tuple(rows),
        sentence=_("Each row holds the bands in which people of one band scored later, with how many in brackets."),
        notes=(_("People before and later: everyone with a score then, to the nearest five."),),
        words=True,
    )  # fmt: skip


def _head(panel: chart_of_pairs.Panel, words: Words) -> str:
    return _("{measure}: {first} to {when}").format(
        measure=words.brief(panel.key), first=words.short(panel.first), when=words.short(panel.when)
    )


def _bands(panel: chart_of_pairs.Panel, bands: Figures, words: Words) -> Iterable[table.Row]:
    """A row for each band in which anybody was, or into which anybody came."""
    labels = _labels(panel, words)
    before, later = (_counts(bands, when) for when in (panel.first, panel.when))
    met = {place for one in panel.cells for place in one[:2]}
    for place, label in enumerate(labels):
        went = [
            f"{labels[after]} ({_class(at_least)})"
            for first, after, at_least in panel.cells
            if first == place
        ]
        if place in met:
            yield table.Row(
                label, (_about(before, place), _about(later, place), "; ".join(went) or rounding.NOTHING)
            )


def _labels(panel: chart_of_pairs.Panel, words: Words) -> list[str]:
    measure, decimals = words.measures[panel.key], words.decimals(panel.key)
    ends = [min(max(edge, measure.low), measure.high) for edge in panel.edges]
    return [rounding.interval((low, high), decimals) for low, high in pairwise(ends)]


def _counts(bands: Figures, when: str) -> list[int | None] | None:
    one = (bands.get("scores") or {}).get(when) or {}
    return None if disclosure.is_hidden(one) else one.get("counts")


def _about(counts: list[int | None] | None, place: int) -> str:
    if counts is None or counts[place] is None:
        return _("hidden")
    return _("about {n}").format(n=STEP * int(counts[place] / STEP + 0.5))


def _class(at_least: int) -> str:
    """How many took a way, as thick as its line is drawn."""
    return {1: "1–4", 5: "5–9", 10: _("10 or more")}[at_least]


def answers(figures: Figures, words: Words) -> table.Table | None:
    """How many gave each of the five answers to each statement."""
    rows = [
        table.Row(words.label("acceptability", item), (rounding.count(one["n"]), *_five(one)))
        for item, one in entries.of(figures.get("acceptability")).items()
        if chart_of_answers.is_drawn(one)
    ]
    if not rows:
        return None
    return table.Table(
        key="answers",
        caption=_("All five answers"),
        columns=(_("Statement*"), _("n"), *chart_of_answers.names()),
        rows=tuple(rows),
        sentence=_("Each cell holds how many gave this answer, and their share of those who answered."),
        notes=(_("*Our own statements: new, not validated."),),
    )


def _five(one: Figures) -> Iterable[str]:
    for _level, share in sorted(entries.of(one["answers"]).items()):
        yield table.hidden_or(share, lambda each: rounding.share(each["n"], each["percent"]))
