"""What calls for more people would take: coach hours, waiting and cost from a few numbers that anybody can change."""

from collections.abc import Mapping
from dataclasses import dataclass

CASES = ("low", "central", "high")
DAYS, MINUTES, WHOLE = 7, 60, 100


@dataclass(frozen=True, slots=True)
class Inputs:
    """One case. Percentages run from 0 to 100; `coach_hours` are what all coaches together give in a week."""

    staff: float
    uptake: float
    calls_each: float
    minutes: float
    preparation: float
    notes: float
    missed: float
    minutes_lost: float
    coach_hours: float
    weeks: float
    waiting_days: float
    rate: float
    supervision: float
    fixed: float


@dataclass(frozen=True, slots=True)
class Projection:
    """What it comes to, each line worked out from those above it. `hours` are the coaches', and `cost` is in all."""

    people: float
    held: float
    missed: float
    hours: float
    hours_a_week: float
    weeks_needed: float | None
    waiting_days: float | None
    cost: float
    cost_each: float | None


def project(given: Inputs) -> Projection:
    """Work out one case. Of every hundred agreed calls `missed` do not take place, and each is agreed once more."""
    people = given.staff * given.uptake / WHOLE
    held = people * given.calls_each
    lost = held * given.missed / (WHOLE - given.missed)
    spent = held * (given.minutes + given.preparation + given.notes) + lost * (
        given.minutes_lost + given.preparation
    )
    hours = spent / MINUTES
    needed = hours / given.coach_hours if given.coach_hours else None
    cost = hours * given.rate * (1 + given.supervision / WHOLE) + given.fixed
    return Projection(
        people=people,
        held=held,
        missed=lost,
        hours=hours,
        hours_a_week=hours / given.weeks,
        weeks_needed=needed,
        waiting_days=_waiting(given, needed),
        cost=cost,
        cost_each=cost / people if people else None,
    )


def project_all(cases: Mapping[str, Inputs]) -> dict[str, Projection]:
    """Every case by its name."""
    return {name: project(cases[name]) for name in CASES}


def _waiting(given: Inputs, needed: float | None) -> float | None:
    """Days from asking to the call, on average: as now, and half of what the coaches fall behind while people join."""
    if needed is None:
        return None
    return given.waiting_days + DAYS * max(0.0, needed - given.weeks) / 2
