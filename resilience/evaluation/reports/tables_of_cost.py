"""What it cost, for whom: from the log of calls and the prices that the plan names."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.reports import gaps, rounding, table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]

DECIMALS = 2


def cost(figures: Figures, words: Words) -> table.Table | None:
    """Totals and costs per person; nothing where the plan names no prices."""
    found = figures.get("cost") or {}
    if found.get("total") is None:
        return None
    rows = [
        table.Row(name, (_money(found.get(key)), of))
        for key, name, of in (
            ("coaching", _("Coaching: calls and preparation at the rate, with supervision"), ""),
            ("total", _("Total: coaching and the fixed cost"), ""),
            (
                "per_coached",
                _("Per person with one call or more (coaching alone)"),
                _of(figures, "one_call_or_more"),
            ),
            ("per_started", _("Per person who began the modules"), _of(figures, "started")),
            ("per_completer", _("Per person who finished them"), _of(figures, "completed_modules")),
        )
    ]
    rows += [
        _improved(key, one, found, words) for key, one in (found.get("per_reliable_improver") or {}).items()
    ]
    return table.Table(
        key="cost",
        caption=_("What it cost"),
        columns=(_("Cost"), _("Amount (95% CI)"), _("People")),
        rows=tuple(rows),
        sentence=_(
            "What it cost to bring one person through is no measure of worth: nothing here says what would have "
            "happened without the programme."
        ),
        notes=(_inputs(figures), _("Intervals by drawing people anew 2,000 times."), *gaps.note(found)),
    )


def _improved(key: str, amount: float | None, found: Figures, words: Words) -> table.Row:
    people = (found.get("improvers") or {}).get(key) or {}
    name = _("Per person reliably improved: {measure}").format(measure=words.brief(key))
    printed = _money(amount)
    if people.get("ci"):
        low, high = (_money(end) for end in people["ci"])
        printed = f"{printed} ({_('{low} to {high}').format(low=low, high=high)})"
    return table.Row(name, (printed, rounding.count(people.get("improved"))))


def _money(value: float | None) -> str:
    return rounding.NOTHING if value is None else rounding.grouped(value, DECIMALS)


def _of(figures: Figures, step: str) -> str:
    return rounding.count(figures["flow"][step])


def _inputs(figures: Figures) -> str:
    """The prices that the plan names, each printed: a reader can put in others."""
    given = figures["plan"].get("cost") or {}
    names = {
        "coach_rate_per_hour": _("a coach's hour {value}"),
        "prep_minutes_per_call": _("minutes of preparation a call {value}"),
        "supervision_pct": _("supervision {value}% on top"),
        "fixed": _("fixed cost {value}"),
    }
    told = [
        names.get(key, f"{key} {{value}}").format(value=rounding.grouped(value, 2))
        for key, value in given.items()
    ]
    return _("Prices in the plan: {told}. In the currency of the plan.").format(
        told="; ".join(told) or _("none")
    )


def lead(figures: Figures) -> str:
    """The total, and what it comes to for one person."""
    found = figures["cost"]
    return _("In all {total}; {each} for each person who began the modules.").format(
        total=_money(found["total"]), each=_money(found.get("per_started"))
    )
