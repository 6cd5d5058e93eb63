"""Who got reliably worse, what people reported themselves, and who thought of harming themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from resilience.evaluation.analysis import describe, reasons
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Dataset, Measure
from resilience.evaluation.analysis.outcomes import Outcome
from resilience.evaluation.analysis.turning import turn

UNWANTED_EFFECTS = "unwanted_effects"
YES, RATHER_NOT = 1, 2
ASKS_ABOUT_HARM, NINTH = "phq9", 9


@dataclass(frozen=True, slots=True)
class Reported:
    """Answers to "Did any part leave you feeling worse for more than a day?"; n were asked and answered."""

    n: int
    yes: int
    rather_not: int


@dataclass(frozen=True, slots=True)
class Ninth:
    """Answers to the ninth question of the PHQ-9; positive is anything above "not at all"."""

    answered: int
    positive: int


def summarise(data: Dataset | Columns, outcomes: Mapping[str, Outcome]) -> dict[str, Any]:
    """Every figure about harm. The ninth question is left out where it was never asked."""
    table = turn(data)
    ninth = {key: found for key, (found, _rows) in _ninth(table).items()}
    anyone = {"item9": ninth, "item9_anyone": _anyone(table)} if ninth else {}
    known = table.context.get("safety")
    return {
        **_worse(table, outcomes),
        "reported": reported(table),
        **anyone,
        **({"handling": _handling(known)} if known else {}),
    }


def _worse(table: Columns, outcomes: Mapping[str, Outcome]) -> dict[str, Any]:
    counts = reliably_worse(table, outcomes)
    why = {key: reasons.NO_THRESHOLD for key, n in counts.items() if n is None}
    return {"reliably_worse": counts, **({"reliably_worse_why": why} if why else {})}


def _handling(known: Mapping[str, Any]) -> dict[str, Any]:
    """How those who asked to be contacted were looked after, as the snapshot tells."""
    return dict(known) | ({"complaints_why": reasons.NOT_TOLD} if known.get("complaints") is None else {})


def reported(data: Dataset | Columns) -> dict[str, Reported]:
    """What people reported at each time point that asked; empty where nobody was asked."""
    table, found = turn(data), {}
    for timepoint in table.plan.due:
        answers = describe.given(table.items_at(UNWANTED_EFFECTS, timepoint).column(1))
        if len(answers):
            counts = (int((answers == value).sum()) for value in (YES, RATHER_NOT))
            found[timepoint] = Reported(len(answers), *counts)
    return found


def reliably_worse(data: Dataset | Columns, outcomes: Mapping[str, Outcome]) -> dict[str, int | None]:
    """People whose score was reliably worse than their baseline at one later time point or more."""
    table = turn(data)
    return {
        measure.key: _people(table, measure, outcomes[measure.key])
        for measure in table.measures
        if outcomes[measure.key].reliable_change
    }


def _people(table: Columns, measure: Measure, outcome: Outcome) -> int | None:
    import numpy

    baseline = table.score(measure.key, table.plan.baseline)
    worse = [
        measure.direction * (table.score(measure.key, when) - baseline) < -found.threshold
        for when, found in outcome.reliable_change.items()
        if found.threshold is not None
    ]
    return int(numpy.logical_or.reduce(worse).sum()) if worse else None


def _ninth(table: Columns) -> dict[str, tuple[Ninth, Any]]:
    found = {}
    for timepoint in table.plan.due:
        items = table.items_at(ASKS_ABOUT_HARM, timepoint)
        answers = items.column(NINTH)
        positive = answers >= 1
        if len(describe.given(answers)):
            counted = Ninth(len(describe.given(answers)), int(positive.sum()))
            found[timepoint] = counted, items.rows[positive]
    return found


def _anyone(table: Columns) -> int:
    """People who answered above "not at all" at one time point or more, each counted once."""
    return len({int(row) for _found, rows in _ninth(table).values() for row in rows})
