"""Who took part, in all and by whether they had a call: characteristics as shares, numbers as means and medians."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import entries, rounding, sentences, table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]

SIDES = ("coached", "not_coached")


def characteristics(figures: Figures, words: Words) -> table.Table:
    """How many people were in each group of each characteristic, and how many of either side."""
    found, split = figures["characteristics"], _by_calls(figures)
    compared = split.get("categories") or {}
    rows: list[table.Row] = []
    for name, category in found.items():
        if name not in ("n", "scores") and category.get("groups"):
            rows += _category(name, category, compared.get(name), words, width=3 if compared else 1)
    return table.Table(
        key="characteristics",
        caption=_("Who took part (baseline, n = {n})").format(n=found["n"]),
        columns=(_("Characteristic"), _("n (%)"), *(_heads(split) if compared else ())),
        rows=tuple(rows),
        sentence=sentences.characteristics(figures, words),
        notes=(
            _("Percentages are of those who gave the characteristic."),
            *([_distance()] if compared else []),
        ),
    )


def _by_calls(figures: Figures) -> Figures:
    return figures.get("traits_by_calls") or {}


def _heads(split: Figures) -> list[str]:
    sizes = [_size(split["people"][side]) for side in SIDES]
    return [
        _("One call or more (n = {n}): n (%)").format(n=sizes[0]),
        _("No call (n = {n}): n (%)").format(n=sizes[1]),
    ]


def _size(one: Figures) -> str:
    return _("hidden") if one.get("n") is None else rounding.count(one["n"])


def _category(
    name: str, category: Figures, split: Figures | None, words: Words, *, width: int
) -> Iterable[table.Row]:
    """The groups of a characteristic and how many left it out, below its name and how far apart both sides are."""
    head = words.label("characteristic", name)
    yield table.Row(_apart(head, split["smd"], split.get("smd_why")) if split else head, part=True)
    for group, one in entries.of(category["groups"]).items():
        cells = (_share(one), *(_side((split["groups"].get(group)) or {}, side) for side in SIDES if split))
        yield table.Row(words.label(name, group), _filled(cells, width))
    told = split["missing"] if split else {}
    cells = (rounding.count(category["missing"]), *(_count(told.get(side)) for side in SIDES if split))
    yield table.Row(_("Not given"), _filled(cells, width))


def _filled(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + (rounding.NOTHING,) * (width - len(cells))


def _apart(head: str, smd: float | None, why: str | None) -> str:
    """A heading with the standardised difference, or that it is hidden."""
    if smd is None:
        return _("{what} (SMD hidden)").format(what=head) if _hides(why) else head
    return _("{what} (SMD {smd})").format(what=head, smd=rounding.number(smd, 2))


def _hides(why: str | None) -> bool:
    """Whether the reason is that something is hidden, and not that nothing could be worked out."""
    return why in disclosure.REASONS


def _share(group: Figures) -> str:
    return table.hidden_or(group, lambda one: rounding.share(one["n"], one["percent"]))


def _side(group: Figures, side: str) -> str:
    if disclosure.is_hidden(group):
        return _("hidden")
    return rounding.share(group.get(side), group.get(f"{side}_percent"))


def _count(n: int | None) -> str:
    return _("hidden") if n is None else rounding.count(n)


def _distance() -> str:
    return _(
        "SMD: standardised mean difference between those with a call and those without, over all groups of a "
        "characteristic (Yang and Dalton 2012); 0 is alike. No p values: people chose for themselves."
    )


def numbers(figures: Figures, words: Words) -> table.Table | None:
    """Characteristics that are numbers, such as years qualified, in all and on either side."""
    split = _by_calls(figures)
    rows = [
        row
        for name, one in figures["characteristics"].items()
        if isinstance(one, Mapping) and one.get("mean") is not None and one.get("median") is not None
        for row in _number(name, one, split, words)
    ]
    if not rows:
        return None
    return table.Table(
        key="numbers",
        caption=_("Who took part: numbers"),
        columns=(
            _("Characteristic"), _("n"), _("Not given"), _("Mean (SD)"), _("Median [middle half]"),
        ),
        rows=tuple(rows),
        sentence=_("Those with a call and those without stand below everybody, with how far apart they are."),
        notes=(_("SMD: standardised mean difference, with a call minus without; no p values."),),
    )  # fmt: skip


def _number(name: str, one: Figures, split: Figures, words: Words) -> Iterable[table.Row]:
    sides = (split.get("numbers") or {}).get(name)
    yield table.Row(
        _apart(words.label("characteristic", name), one.get("smd"), one.get("smd_why")), part=True
    )
    yield table.Row(_("Everybody"), (rounding.count(one["n"]), rounding.count(one["missing"]), *_middle(one)))
    heads = {"coached": _("One call or more"), "not_coached": _("No call")}
    for side in SIDES if sides else ():
        told, everybody = sides[side], split["people"][side].get("n")
        n = told.get("n")
        missing = None if n is None or everybody is None else everybody - n
        hidden = (_("hidden"), _("hidden")) if told.get("mean") is None and n != 0 else _middle(told)
        yield table.Row(heads[side], (_count(n), _count(missing), *hidden))


def _middle(one: Figures) -> tuple[str, str]:
    """The mean with its spread, and the median with the middle half."""
    median = f"{rounding.number(one['median'], 1)} [{rounding.interval((one['q1'], one['q3']), 1)}]"
    return rounding.with_spread(one["mean"], one["sd"], 1), median
