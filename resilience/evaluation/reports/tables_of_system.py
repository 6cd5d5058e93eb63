"""Where people work: system outcomes by unit and period, beside the individual ones. Context, never an effect."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import entries, naming, rounding, sentences, table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def outcomes(figures: Figures) -> dict[str, Mapping[str, Any]]:
    """The system outcomes that were entered; empty where none were."""
    found = figures.get("system") or {}
    return {key: one for key, one in found.items() if isinstance(one, Mapping) and key != "why"}


def why_none(figures: Figures) -> str:
    """Why there are no system outcomes, in the evaluator's own words."""
    found = figures.get("system") or {}
    return (
        (found.get("why") if isinstance(found, Mapping) else str(found))
        or figures["plan"].get("no_system_outcomes")
        or ""
    )


def side_by_side(figures: Figures, words: Words) -> table.Table | None:
    """Both families in one table: people's own answers, then the places where they work."""
    system = list(_system_rows(figures, words))
    people = list(_people_rows(figures, words))
    if not (system and people):
        return None
    return table.Table(
        key="side_by_side",
        caption=_("Individual and system outcomes side by side"),
        columns=(_("Outcome"), _("n"), _("First"), _("Last"), _("When")),
        rows=(
            table.Row(_("People: primary measures, the same people before and after"), part=True),
            *people,
            *system,
        ),
        sentence=_(
            "What people answered and how their workplaces fared stand side by side so that neither is read alone. "
            "Nothing here says that one moved the other."
        ),
        notes=(_design(figures), *sentences.new_measures(words)),
    )


def system(figures: Figures, words: Words) -> table.Table | None:
    """Every period of every unit, where there are more than two periods."""
    periods = sorted(
        {
            when
            for units in outcomes(figures).values()
            for one in entries.of(units).values()
            for when in _periods(one)
        }
    )
    if len(periods) < 3:
        return None
    rows: list[table.Row] = []
    for key, units in outcomes(figures).items():
        rows.append(table.Row(naming.outcome(key, words), part=True))
        for unit, one in entries.of(units).items():
            cells = tuple(
                _value(_periods(one).get(when), hidden=disclosure.is_hidden(one)) for when in periods[-6:]
            )
            rows.append(table.Row(naming.unit(unit, words), cells))
    return table.Table(
        key="system",
        caption=_("System outcomes by unit and period"),
        columns=(_("Outcome and unit"), *periods[-6:]),
        rows=tuple(rows),
        sentence=_("Context for the individual outcomes, as the organisations reported it."),
        notes=(_design(figures),),
    )


def last_told(units: Figures) -> Iterable[tuple[str, str]]:
    """Each unit with its last period and what was told of it then."""
    for unit, one in entries.of(units).items():
        known = _periods(one)
        if disclosure.is_hidden(one) or not known:
            yield unit, _("hidden")
        else:
            when = max(known)
            yield unit, f"{when}: {_value(known[when])}"


def _people_rows(figures: Figures, words: Words) -> Iterable[table.Row]:
    for key in figures["plan"]["primary"]:
        rows = {
            when: one for when, one in figures["measures"].get(key, {}).get("change", {}).items() if one["n"]
        }
        if rows:
            when, one = list(rows.items())[-1]
            means = (
                rounding.number(one[name], words.decimals(key)) for name in ("baseline_mean", "later_mean")
            )
            first = words.short(figures["plan"]["timepoints"][0])
            yield table.Row(
                words.brief(key), (rounding.count(one["n"]), *means, f"{first}, {words.short(when)}")
            )


def _system_rows(figures: Figures, words: Words) -> Iterable[table.Row]:
    for key, units in outcomes(figures).items():
        yield table.Row(_("Where they work: {outcome}").format(outcome=naming.outcome(key, words)), part=True)
        for unit, one in entries.of(units).items():
            known = _periods(one)
            if disclosure.is_hidden(one) or not known:
                cells = (rounding.NOTHING, _("hidden"), _("hidden"), rounding.NOTHING)
            else:
                when = sorted(known)
                cells = (
                    rounding.NOTHING,
                    _value(known[when[0]]),
                    _value(known[when[-1]]),
                    f"{when[0]}, {when[-1]}",
                )
            yield table.Row(naming.unit(unit, words), cells)


def _periods(one: Figures) -> dict[str, Any]:
    return entries.of(one)


def _value(value: Any, *, hidden: bool = False) -> str:
    if isinstance(value, Mapping):
        hidden, value = hidden or disclosure.is_hidden(value), value.get("value")
    if hidden:
        return _("hidden")
    return rounding.NOTHING if value is None else rounding.grouped(value, 1)


def _design(figures: Figures) -> str:
    named = figures["plan"].get("design")
    if named:
        return _("The plan names a design that allows a claim on units: {design}.").format(design=named)
    return _("The plan names no design that would allow a claim on system outcomes: they are context.")


def told_why(figures: Figures) -> str:
    """Why a report stands without system outcomes; empty where it has some."""
    if outcomes(figures):
        return ""
    reason = why_none(figures) or _("no reason was given, and a person must give one")
    return _("No system outcomes stand beside the individual ones. The reason given: {reason}.").format(
        reason=reason.rstrip(".")
    )
