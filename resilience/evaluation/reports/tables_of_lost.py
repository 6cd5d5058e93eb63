"""Those who answered later beside those who did not: who they were, and what they scored at baseline."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import entries, rounding, sentences, table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]

PARTS = ("answered", "did_not")


def responders(figures: Figures, words: Words) -> table.Table | None:
    """One row a score and one a group, with two columns for each later time point."""
    known = _known(figures)
    if not known:
        return None
    rows = [*_scores(known, words), *_traits(known, words)]
    return table.Table(
        key="nonresponse",
        caption=_("Baseline of those who answered at {when} and of those who did not").format(
            when=get_text_list([words.short(when) for when in known], _("and"))
        ),
        columns=(_("At baseline"), *(head for when, one in known.items() for head in _heads(when, one, words))),
        rows=tuple(rows),
        sentence=_largest(known, words),
        notes=(
            _("Scores: n; mean (SD). SMD: standardised mean difference, of those who answered minus those who did not. "
              "Groups: n (%), of those who gave the characteristic."),
            _("Described, not tested. People answered online, by themselves."),
            *sentences.new_measures(words),
        ),
    )  # fmt: skip


def _known(figures: Figures) -> dict[str, Figures]:
    """Each later time point at which anybody was asked anything."""
    found = entries.of((figures.get("missing") or {}).get("nonresponse"))
    return {
        when: one
        for when, one in found.items()
        if one.get("scores") and (one.get("answered") or one.get("did_not"))
    }


def _heads(when: str, one: Figures, words: Words) -> tuple[str, str]:
    return (
        _("{when}: answered (n = {n})").format(when=words.short(when), n=_count(one["answered"])),
        _("{when}: did not (n = {n})").format(when=words.short(when), n=_count(one["did_not"])),
    )


def _count(n: int | None) -> str:
    return _("hidden") if n is None else rounding.count(n)


def _scores(known: Mapping[str, Figures], words: Words) -> Iterable[table.Row]:
    for key in next(iter(known.values()))["scores"]:
        cells = [
            cell
            for one in known.values()
            for cell in _both(one["scores"].get(key) or {}, words.decimals(key))
        ]
        yield table.Row(words.measure(key), tuple(cells))


def _both(contrast: Figures, decimals: int) -> tuple[str, str]:
    """Either side's score; the second with the standardised difference behind it."""
    first, second = (_side(contrast, name, decimals) for name in PARTS)
    smd = contrast.get("smd")
    return first, second if smd is None else _("{score}; SMD {smd}").format(
        score=second, smd=rounding.number(smd, 2)
    )


def _side(contrast: Figures, name: str, decimals: int) -> str:
    side = contrast.get(name) or {}
    if disclosure.is_hidden(contrast) or disclosure.is_hidden(side) or side.get("n") is None:
        return _("hidden")
    return f"{side['n']}; {rounding.with_spread(side['mean'], side['sd'], decimals)}"


def _traits(known: Mapping[str, Figures], words: Words) -> Iterable[table.Row]:
    """Every group of every characteristic that anybody is in, below the name of the characteristic."""
    by: dict[str, dict[str, dict[str, Figures]]] = {}
    for when, one in known.items():
        for row in one.get("traits") or ():
            by.setdefault(row["characteristic"], {}).setdefault(row["group"], {})[when] = row
    for name, groups in by.items():
        yield table.Row(words.label("characteristic", name), part=True)
        for group, rows in groups.items():
            cells = [_share(rows.get(when), part) for when in known for part in PARTS]
            yield table.Row(words.label(name, group), tuple(cells))


def _share(row: Figures | None, part: str) -> str:
    """A count with its percentage; hidden where it was hidden, and a dash where nobody of the group was asked."""
    if row is None:
        return rounding.NOTHING
    if row.get(part) is None:
        return _("hidden")
    return rounding.share(row[part], row.get(f"{part}_percent"))


def _largest(known: Mapping[str, Figures], words: Words) -> str:
    """On what they differed most at the last time point."""
    when, one = list(known.items())[-1]
    differing = {key: each["smd"] for key, each in one["scores"].items() if each.get("smd") is not None}
    if not differing:
        return _("There are too few people on one side to set them beside the other.")
    key = max(sorted(differing), key=lambda each: abs(differing[each]))
    return _("At {when} they differed most on {measure}, by {smd} of a standard deviation.").format(
        when=words.short(when), measure=words.brief(key), smd=rounding.number(abs(differing[key]), 2)
    )
