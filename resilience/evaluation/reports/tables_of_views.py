"""What people thought of it, whether they mean to leave, and how both sides of a pair see it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.reports import entries, gaps, rounding, sentences, table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def acceptability(figures: Figures, words: Words) -> table.Table | None:
    """How many agree with each statement; nothing where the statements were not asked."""
    rows = [
        table.Row(
            words.label("acceptability", item),
            (
                rounding.count(one["n"]),
                rounding.share(one["agree"], one["percent"]),
                rounding.count(one["missing"]),
            ),
        )
        for item, one in entries.of(figures.get("acceptability")).items()
        if one["n"]
    ]
    if not rows:
        return None
    return table.Table(
        key="acceptability",
        caption=_("What people thought of it"),
        columns=(_("Statement*"), _("n"), _("Agree or strongly agree"), _("Not answered")),
        rows=tuple(rows),
        sentence=sentences.acceptability(figures, words),
        notes=(_("*Our own statements: new, not validated."),),
    )


def leaving(figures: Figures, words: Words) -> table.Table | None:
    """How many mean to leave, before and later: the same people."""
    rows: list[table.Row] = []
    told: list[tuple[list[table.Row], Figures]] = []
    for key, found in entries.of(figures.get("leaving")).items():
        counted = {when: one for when, one in entries.of(found).items() if one["n"]}
        moved = [([table.Row(words.timepoint(when), _moved(one))], one) for when, one in counted.items()]
        rows += [table.Row(words.measure(key), part=True)] * bool(moved)
        rows += [row for each, _one in moved for row in each]
        told += moved
    if not rows:
        return None
    return table.Table(
        key="leaving",
        caption=_("Meaning to leave, the same people before and later"),
        columns=(
            _("Question and time point"), _("n"), _("Before, n (%)"), _("Later, n (%)"), _("Began to"), _("No longer"),
            _("p"), _("Had left"),
        ),
        rows=tuple(rows),
        sentence=_("Counted are people who chose one of the two highest of five answers."),
        notes=(
            _("p after McNemar, exact below 25 people who moved. People who had left are counted apart."),
            *gaps.beside(told),
            *sentences.new_measures(words),
        ),
    )  # fmt: skip


def _moved(one: Figures) -> tuple[str, ...]:
    return (
        rounding.count(one["n"]),
        _share(one["before"]),
        _share(one["later"]),
        rounding.count(one["began"]),
        rounding.count(one["stopped"]),
        rounding.p(one["p"]),
        rounding.count(one["already_left"]),
    )


def _share(one: Figures | None) -> str:
    return table.hidden_or(one or {}, lambda each: rounding.share(each.get("n"), each.get("percent")))


def two_sides(figures: Figures, words: Words) -> table.Table | None:
    """How both sides of a pair see their work together, and how content either side is."""
    found = (figures.get("context") or {}).get("coaching") or {}
    pairs = list(_pairs(found.get("pairs") or {}, words))
    content = list(_content(found.get("satisfaction") or {}, words))
    rows = [*_below(_("Pairs"), pairs), *_below(_("How content they were"), content)]
    if not rows:
        return None
    return table.Table(
        key="two_sides",
        caption=_("Both sides of the calls"),
        columns=(_("What was asked"), _("n"), _("Participants"), _("Coaches"), _("Difference")),
        rows=tuple(rows),
        sentence=_("Both sides answer apart and never see the other's answer."),
        notes=(
            _("Pairs: mean of each side, of the first call of each person of which both told. How content they were: "
              "share of the two highest of five answers, each person's first. Counted in full tens of people, and from "
              "five coaches on: up to nine wait for more."),
            *gaps.beside(([row], one) for row, one in (*pairs, *content)),
        ),
    )  # fmt: skip


def _below(head: str, told: list[tuple[table.Row, Figures]]) -> list[table.Row]:
    """A heading and its rows; nothing where there are none."""
    return [table.Row(head, part=True), *(row for row, _one in told)] if told else []


def _pairs(found: Figures, words: Words) -> Iterable[tuple[table.Row, Figures]]:
    """Each row with its figures."""
    for scale, one in found.items():
        if one.get("pairs") != 0:
            means = (one.get(name) for name in ("participants_mean", "coaches_mean", "difference"))
            cells = (rounding.count(one.get("pairs")), *(rounding.number(mean, 1) for mean in means))
            yield table.Row(words.label("scale", scale), cells), one


def _content(found: Figures, words: Words) -> Iterable[tuple[table.Row, Figures]]:
    """Each row with its figures; the cell of the side that was not asked stays empty."""
    for side, place in (("participants", 0), ("coaches", 1)):
        for item, one in (found.get(side) or {}).items():
            if one.get("n") != 0:
                cells = [""] * 3
                cells[place] = rounding.share(one.get("agree"), one.get("percent"))
                head = words.label(f"content_{side}", item)
                yield table.Row(head, (rounding.count(one.get("n")), *cells)), one
