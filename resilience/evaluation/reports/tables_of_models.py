"""The tables of models: all time points together, those with and without calls, change by number of calls."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resilience.evaluation import disclosure
from resilience.evaluation.reports import (
    entries,
    gaps,
    references,
    rounding,
    sentences,
    sentences_of_models,
    table,
    timing_of_calls,
)
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def mixed(figures: Figures, words: Words) -> table.Table | None:
    """The mixed model of each measure: every term with its interval."""
    return _terms(
        figures,
        words,
        "mixed_model",
        _("All time points together: a mixed model for each measure"),
        sentences_of_models.mixed(figures, words),
    )


def mixed_by_coaching(figures: Figures, words: Words) -> table.Table | None:
    """The same with those who had a call apart."""
    return _terms(
        figures,
        words,
        "mixed_by_coaching",
        _("All time points together, with and without a call"),
        sentences_of_models.by_coaching(figures, words),
    )


def _terms(figures: Figures, words: Words, part: str, caption: str, sentence: str) -> table.Table | None:
    shown = {
        key: model
        for key, measure in figures["measures"].items()
        if (model := measure.get(part)) and model.get("terms") and not disclosure.is_hidden(model)
    }
    if not shown:
        return None
    rows = [
        row
        for key, model in shown.items()
        for row in (table.heading(key, figures["measures"][key], words), *_model_rows(model, key, words))
    ]
    return table.Table(
        key=part,
        caption=caption,
        columns=(_("Measure and term"), _("People; answers"), _("Estimate (95% CI)"), _("SE"), _("p")),
        rows=tuple(rows),
        sentence=sentence,
        notes=(
            sentences_of_models.mixed_method(),
            *sentences_of_models.without_covariates(figures, words),
            _("Baseline has no p: it would ask whether the mean score is 0."),
            *(timing_of_calls.notes(figures, words) if part == "mixed_by_coaching" else ()),
            *sentences.new_measures(words),
        ),
    )


def _model_rows(model: Figures, key: str, words: Words) -> Iterable[table.Row]:
    decimals = words.decimals(key)
    n = f"{rounding.count(model['participants'])}; {rounding.count(model['observations'])}"
    for name, term in model["terms"].items():
        yield table.Row(sentences_of_models.term(name, words), (n, *_term(name, term, decimals)))


def _term(name: str, term: Figures, decimals: int) -> tuple[str, ...]:
    if disclosure.is_hidden(term):
        return (_("hidden"),) * 3
    estimate = rounding.with_interval(term["estimate"], term["ci"], decimals)
    p = rounding.NOTHING if name == sentences_of_models.INTERCEPT else rounding.p(term["p"])
    return estimate, rounding.number(term["se"], decimals), p


def coached_difference(figures: Figures, words: Words) -> table.Table | None:
    """Those with and without a call, with the baseline and the named covariates taken into account."""

    def cells(key: str, one: Figures) -> Iterable[str]:
        decimals = words.decimals(key)
        without = None if one["coached"] is None else one["n"] - one["coached"]
        yield f"{rounding.count(one['coached'])}; {rounding.count(without)}"
        yield rounding.number(one["change_coached"], decimals)
        yield rounding.number(one["change_not_coached"], decimals)
        yield rounding.with_interval(one["difference"], one["ci_hc3"], decimals)
        yield rounding.p(one["p_hc3"])
        yield rounding.number(one["standardised"], 2)

    rows = _rows(
        figures, words, "coached_difference", cells, only=lambda one: one.get("difference") is not None
    )
    if all(row.part or row.cells[0] == _("hidden") for row in rows):
        return None
    return table.Table(
        key="coached_difference",
        caption=_("With and without a call, adjusted for the score at baseline"),
        columns=(
            _("Measure and time point"),
            _("With; without"),
            _("Change with"),
            _("Change without"),
            _("Adjusted difference (95% CI)"),
            _("p"),
            _("Standardised"),
        ),
        rows=rows,
        sentence=sentences_of_models.difference(figures, words),
        notes=(
            sentences_of_models.adjusted_method(figures, words),
            *timing_of_calls.notes(figures, words),
            *references.note(_each(figures, "coached_difference"), words),
            *sentences.new_measures(words),
        ),
    )


def _each(figures: Figures, part: str) -> Iterable[Figures]:
    """The figures of each measure at each time point."""
    for measure in figures["measures"].values():
        yield from entries.of(measure.get(part)).values()


def weighted(figures: Figures, words: Words) -> table.Table | None:
    """A second look at those with and without a call, by weights; the heaviest weight is shown."""

    def cells(key: str, one: Figures) -> Iterable[str]:
        without = None if one["coached"] is None else one["n"] - one["coached"]
        yield f"{rounding.count(one['coached'])}; {rounding.count(without)}"
        yield rounding.with_interval(one["difference"], one["ci"], words.decimals(key))
        yield rounding.p(one["p"])
        yield rounding.number(one["largest_weight"], 1)

    rows = _rows(
        figures, words, "weighted_difference", cells, only=lambda one: one.get("difference") is not None
    )
    if all(row.part or row.cells[0] == _("hidden") for row in rows):
        return None
    return table.Table(
        key="weighted_difference",
        caption=_("A second look at with and without a call: by weights"),
        columns=(
            _("Measure and time point"), _("With; without"), _("Difference in change (95% CI)"), _("p"),
            _("Largest weight"),
        ),
        rows=rows,
        sentence=_("Where this and the adjusted difference disagree, neither should be trusted."),
        notes=(
            _("Weighted by the inverse of the chance of a call, given the baseline and the plan's covariates; at least "
              "20 people on each side."),
            *timing_of_calls.notes(figures, words),
            *sentences.new_measures(words),
        ),
    )  # fmt: skip


def per_call(figures: Figures, words: Words) -> table.Table | None:
    """Change by how many calls somebody had, and the slope for each further one."""
    return _by_number(
        figures, words, "per_call", _("Change by number of calls"), _("Each further call (95% CI)"),
        lambda number: ngettext("{n} call: n; change", "{n} calls: n; change", int(number)).format(n=number),
    )  # fmt: skip


def per_module(figures: Figures, words: Words) -> table.Table | None:
    """Change by how many modules somebody finished, for the primary measures alone."""
    return _by_number(
        figures, words, "per_module", _("Change by number of modules finished"), _("Each further module (95% CI)"),
        lambda number: _("{n}: n; change").format(n=number),
    )  # fmt: skip


def _by_number(
    figures: Figures, words: Words, part: str, caption: str, slope: str, column: Callable[[str], str]
) -> table.Table | None:
    shown = _primary(figures) if part == "per_module" else figures
    numbers = _numbers(shown, part)
    if not numbers:
        return None

    def cells(key: str, one: Figures) -> Iterable[str]:
        decimals, groups = words.decimals(key), one.get("groups") or {}
        yield rounding.count(one["n"])
        for number in numbers:
            yield _group(groups.get(number), decimals)
        yield rounding.with_interval(one["slope"], one["ci"], decimals)
        yield rounding.p(one["p"])

    rows = _rows(shown, words, part, cells, only=_grouped)
    return table.Table(
        key=part,
        caption=caption,
        columns=(_("Measure and time point"), _("n"), *map(column, numbers), slope, _("p")),
        rows=rows,
        sentence=sentences_of_models.by_number() if part == "per_call" else sentences_of_models.by_modules(),
        notes=(
            *(timing_of_calls.notes(figures, words) if part == "per_call" else ()),
            *gaps.beside(
                zip(([row] for row in rows if not row.part), _told(shown, part, _grouped), strict=True)
            ),
            *sentences.new_measures(words),
        ),
    )


def _grouped(one: Figures) -> bool:
    return bool(one.get("groups"))


def _primary(figures: Figures) -> Figures:
    """The primary measures alone: a table of all would be as long as it is thin."""
    return {"measures": {key: one for key, one in figures["measures"].items() if one.get("primary")}}


def _numbers(figures: Figures, part: str) -> list[str]:
    """Every number that somebody had, the lowest first."""
    found = {
        number
        for measure in figures["measures"].values()
        for one in entries.of(measure.get(part)).values()
        for number in entries.of(one.get("groups"))
    }
    return sorted(found, key=lambda number: (len(number), number))


def _group(group: Figures | None, decimals: int) -> str:
    if group is None:
        return "0"  # nobody had so many
    return table.hidden_or(group, lambda one: f"{one['n']}; {rounding.number(one['mean_change'], decimals)}")


def _rows(figures: Figures, words: Words, part: str, cells, *, only) -> tuple[table.Row, ...]:
    rows: list[table.Row] = []
    for key, measure in figures["measures"].items():
        found = _shown(measure, part, only)
        if found:
            rows.append(table.heading(key, measure, words))
            rows += [
                table.Row(words.timepoint(when), _cells(cells(key, one), one)) for when, one in found.items()
            ]
    return tuple(rows)


def _shown(measure: Figures, part: str, only: Callable[[Figures], bool]) -> dict[str, Figures]:
    found = entries.of(measure.get(part)).items()
    return {when: one for when, one in found if disclosure.is_hidden(one) or only(one)}


def _told(figures: Figures, part: str, only: Callable[[Figures], bool]) -> list[Figures]:
    """The figures behind each row, in the order of the rows."""
    return [one for measure in figures["measures"].values() for one in _shown(measure, part, only).values()]


def _cells(cells: Iterable[str], one: Figures) -> tuple[str, ...]:
    """The cells of a row, or as many times that it is hidden."""
    return tuple(_("hidden") if disclosure.is_hidden(one) else cell for cell in cells)
