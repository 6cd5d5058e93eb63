"""The scale-up planner's form: what the log tells is filled in, and everything can be changed."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resilience.evaluation.analysis.frozen import plain
from resilience.evaluation.analysis.scale_up import CASES, Inputs

Figures = Mapping[str, Any]

STAFF, WEEKS, COACH_HOURS = 100.0, 26.0, 8.0
CALLS, MINUTES, PREPARATION, NOTES, LOST, UPTAKE, MISSED, WAITING = (
    1.0,
    30.0,
    15.0,
    5.0,
    10.0,
    50.0,
    10.0,
    7.0,
)
MOST = 1_000_000.0

# One number for all cases, and one for each: what differs between low, central and high.
SINGLE = (
    "staff", "calls_each", "notes", "minutes_lost", "coach_hours", "weeks", "waiting_days", "rate", "supervision",
    "fixed",
)  # fmt: skip
SPREAD = ("uptake", "minutes", "preparation", "missed")
PERCENT = ("uptake", "missed")
LABELS = {
    "staff": _("Staff who are offered a call"),
    "calls_each": _("Calls for each person"),
    "notes": _("Minutes of notes after a call"),
    "minutes_lost": _("Minutes that a coach waits for somebody who does not come"),
    "coach_hours": _("Hours that all coaches together give in a week"),
    "weeks": _("Weeks over which people join"),
    "waiting_days": _("Days from asking to the call as it is now"),
    "rate": _("Cost of an hour of a coach"),
    "supervision": _("Supervision, % on top of it"),
    "fixed": _("Fixed cost"),
    "uptake": _("Of those offered, who have a call: %"),
    "minutes": _("Minutes of a call"),
    "preparation": _("Minutes of preparation for a call"),
    "missed": _("Agreed calls that are missed: %"),
}
CASE_LABELS = {"low": _("low"), "central": _("central"), "high": _("high")}


class Planner(forms.Form):
    """Every input of the three cases, under names such as `staff` and `uptake_low`."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in SINGLE:
            self.fields[name] = _number(name)
        for name in SPREAD:
            for case in CASES:
                self.fields[f"{name}_{case}"] = _number(name, case)

    def cases(self) -> dict[str, Inputs]:
        """The inputs of each case. Only for a form that is valid."""
        given = self.cleaned_data
        return {
            case: Inputs(
                **{
                    one.name: given[one.name if one.name in SINGLE else f"{one.name}_{case}"]
                    for one in fields(Inputs)
                }
            )
            for case in CASES
        }

    def single(self) -> list[forms.BoundField]:
        """The fields with one number for every case."""
        return [self[name] for name in SINGLE]

    def spread(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The rows of fields with a number for each case."""
        return [(LABELS[name], [self[f"{name}_{case}"] for case in CASES]) for name in SPREAD]


def _number(name: str, case: str = "") -> forms.FloatField:
    most = 99.0 if name == "missed" else 100.0 if name in PERCENT else MOST
    shown = LABELS[name] if not case else f"{LABELS[name]}, {CASE_LABELS[case]}"
    least = 1.0 if name == "weeks" else 0.0
    widget = forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})
    return forms.FloatField(label=shown, min_value=least, max_value=most, widget=widget)


def from_log(figures: Figures | None) -> dict[str, float]:
    """What a finished report tells; where it tells nothing, a round number that is only a start."""
    found = (figures or {}).get("core_or_optional") or {}
    cost = ((figures or {}).get("plan") or {}).get("cost") or {}
    prepared = cost.get("prep_minutes_per_call", PREPARATION)
    told = {
        "staff": STAFF,
        "calls_each": _or(found.get("calls_per_coached"), CALLS),
        "notes": _or(_middle(found, "notes_per_call"), NOTES),
        "minutes_lost": LOST,
        "coach_hours": COACH_HOURS,
        "weeks": WEEKS,
        "waiting_days": _or(_middle(found, "waiting_days"), WAITING),
        "rate": cost.get("coach_rate_per_hour", 40.0),
        "supervision": cost.get("supervision_pct", 0.0),
        "fixed": cost.get("fixed", 0.0),
        **_share("uptake", found.get("uptake"), UPTAKE),
        **_share("missed", found.get("missed"), MISSED),
        **_length("minutes", found.get("minutes_per_call"), MINUTES),
        **_length("preparation", found.get("preparation_per_call"), prepared),
    }
    return {name: plain(round(float(value), 1)) for name, value in told.items()}


def _middle(found: Figures, part: str) -> float | None:
    return (found.get(part) or {}).get("mean")


def _or(value: float | None, start: float) -> float:
    return start if value is None else value


def _share(name: str, found: Figures | None, start: float) -> dict[str, float]:
    """The share and both ends of its interval."""
    if not found or found.get("ci") is None:
        return dict.fromkeys((f"{name}_{case}" for case in CASES), start)
    values = (found["ci"][0], found["percent"], found["ci"][1])
    return dict(zip((f"{name}_{case}" for case in CASES), values, strict=True))


def _length(name: str, found: Figures | None, start: float) -> dict[str, float]:
    """The mean and both quartiles."""
    if not found or found.get("mean") is None:
        return dict.fromkeys((f"{name}_{case}" for case in CASES), start)
    values = (min(found["q1"], found["mean"]), found["mean"], max(found["q3"], found["mean"]))
    return dict(zip((f"{name}_{case}" for case in CASES), values, strict=True))
