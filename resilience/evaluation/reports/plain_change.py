"""How answers changed, in plain words: first the groups that chance made, where there are any, then everybody."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.reports import compared, rounding, sentences_of_design, sentences_of_groups
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]

FEWEST = 10  # below this nothing is said of change: a person could be recognised, and chance rules
DECIMALS = 1


def told(figures: Figures, words: Words) -> Iterator[str]:
    """What is said of each primary measure at the time points of the plan."""
    said = [one for key in figures["plan"]["primary"] for one in _of(key, figures, words)]
    if not said:
        yield _("Too few people have answered twice to say.")
        return
    yield from said
    yield _("An average hides a lot. Some changed more, some less, and some the other way.")


def _of(key: str, figures: Figures, words: Words) -> list[str]:
    said = [*_between_groups(key, figures, words), *_of_everybody(key, figures, words)]
    return [_asked(key, words), *said] if said else []


def _asked(key: str, words: Words) -> str:
    found = words.measures[key]
    return _("We asked about “{measure}”, on a scale from {low} to {high}, where {better}.").format(
        measure=found.short or found.title,
        low=rounding.number(found.low, 0),
        high=rounding.number(found.high, 0),
        better=_("more is better") if found.direction > 0 else _("less is better"),
    )


def _between_groups(key: str, figures: Figures, words: Words) -> Iterator[str]:
    """How groups that chance made differed, as allocated."""
    if key not in figures["measures"] or not sentences_of_groups.by_chance(figures):
        return
    names = figures["design"]["arms"]
    for when, group, reference, one in sentences_of_groups.planned(figures, key):
        yield _(
            "Chance put people into groups. On average the group “{group}” scored {difference} {way} than the group "
            "“{reference}” ({when})."
        ).format(
            group=names.get(group, group),
            reference=names.get(reference, reference),
            difference=rounding.number(abs(one["difference"]), DECIMALS),
            way=_("higher") if one["difference"] >= 0 else _("lower"),
            when=words.timepoint(when),
        )
        yield _between(sentences_of_groups.interval(one), higher=one["difference"] >= 0)
        if sentences_of_groups.whole_units(figures):
            yield _("Whole units were put into groups together, so it could be off by more than that.")


def _between(ends: tuple[float, float], *, higher: bool) -> str:
    low, high = ends if higher else (-ends[1], -ends[0])
    shown = rounding.interval((low, high), DECIMALS)
    if low > 0:
        return _("With luck allowed for, that could be {interval}.").format(interval=shown)
    return _("With luck allowed for, that could be {interval}, so luck alone could explain it.").format(
        interval=shown
    )


def _of_everybody(key: str, figures: Figures, words: Words) -> Iterator[str]:
    grouped = sentences_of_design.has_groups(figures)
    for when in compared.primary(figures, key):
        one = figures["measures"][key]["change"][when]
        if one["ci"] is not None and one["n"] >= FEWEST:
            yield _average(grouped).format(
                before=rounding.number(one["baseline_mean"], DECIMALS),
                after=rounding.number(one["later_mean"], DECIMALS),
                when=words.timepoint(when),
            )
            yield _sure([words.measures[key].direction * end for end in one["ci"]], one["n"])


def _average(grouped: bool) -> str:
    if grouped:
        return _("With all groups put together, people went from {before} to {after} on average ({when}).")
    return _("On average people went from {before} to {after} ({when}).")


def _sure(ends: list[float], n: int) -> str:
    if min(ends) > 0:
        return _(
            "So the {n} people who answered both times did better on average, by more than luck would often give."
        ).format(n=n)
    if max(ends) < 0:
        return _(
            "So the {n} people who answered both times did worse on average, by more than luck would often give."
        ).format(n=n)
    return _("With {n} people, luck alone could explain that.").format(n=n)
