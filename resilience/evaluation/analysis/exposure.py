""" "Core or optional?": what people were offered and took up, and what changed by it, as received and as allocated.

Nothing here says that calls work: who had a call chose to, unless people came into groups by chance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resilience.evaluation.analysis import coach_time, describe, flow, outcomes, proportions
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Dataset, Measure
from resilience.evaluation.analysis.turning import turn

if TYPE_CHECKING:
    from numpy import ndarray

NOT_TOLD = "not_told"
SIDES = ("coached", "not_coached")
BY_CHANCE = ("PERSON", "UNIT")
WITHOUT_A_COACH = ("none", "waiting", "peer")
ACCEPTABILITY = "acceptability"


@dataclass(frozen=True, slots=True)
class Offer:
    """One group of people who were offered the same: how calls were offered, to how many, and who took them up."""

    setting: str
    n: int
    offered: int
    accepted: int
    coached: int
    percent: float | None


@dataclass(frozen=True, slots=True)
class Uptake:
    """How many of those who were offered a call agreed to one, and how many had one."""

    offered: int
    accepted: int
    coached: int
    percent: float | None
    ci: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why people who were offered a call had none: how many said why, and how many named what."""

    no_call: int
    said: int
    reasons: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Change:
    """Mean change of one group over complete pairs, with its 95 % interval by Student's t."""

    n: int
    mean_change: float | None = None
    sd: float | None = None
    ci: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Against:
    """Mean change of a group less that of the group it is set against, with Welch's 95 % interval."""

    reference: str
    difference: float | None
    ci: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Opinion:
    """How many of one side agree with a statement."""

    n: int
    agree: int
    percent: float | None


def describe_offer(data: Dataset | Columns) -> dict[str, Any]:
    """All figures of "core or optional?"."""
    table = turn(data)
    allocated = _by_arm(table)
    return {
        "coached_calls": 1,
        "by_chance": table.design.get("allocated_by") in BY_CHANCE and len(flow.allocated(table)) > 1,
        "groups": groups(table),
        "uptake": uptake(table),
        "why_not": why_not(table),
        "received": _by_side(table),
        "allocated": allocated,
        "against": _against(table, allocated),
        "acceptability": opinions(table),
        **coach_time.summarise(table, received=_coached_change(table)),
    }


def groups(table: Columns) -> dict[str, Offer]:
    """Each group as it was allocated, or each way of offering calls where nobody was put into a group."""
    setting = table.words["offered_how"]
    rows = flow.allocated(table) or {
        name: setting.codes == place for place, name in enumerate(setting.labels)
    }
    found = {name: _offer(table, one) for name, one in rows.items()}
    rest = ~_any(rows.values(), table.n)
    return found | {NOT_TOLD: _offer(table, rest)} if rest.any() else found


def uptake(table: Columns) -> Uptake:
    """How many of those who were offered a call agreed to one, and how many had one."""
    offered = table.flags["offered_call"]
    had = int((offered & table.coached).sum())
    n = int(offered.sum())
    accepted = int((offered & table.flags["accepted_call"]).sum())
    return Uptake(n, accepted, had, describe.percent(had, n), proportions.wilson(had, n))


def why_not(table: Columns) -> WhyNot:
    """Why people who were offered a call had none, in their own choice of reasons."""
    without = table.flags["offered_call"] & ~table.coached
    reasons = {code: n for code, n in table.words["declined_because"].counts(without).items() if n}
    return WhyNot(int(without.sum()), sum(reasons.values()), reasons)


def change(values: "ndarray") -> Change:
    """Mean change with its interval; no interval of fewer than two, nor of none that differ."""
    import numpy
    from scipy import stats

    n = len(values)
    if n < 2:
        return Change(n, float(values[0]) if n else None)
    mean, sd = float(values.mean()), float(values.std(ddof=1))
    reach = float(stats.t.ppf(0.975, n - 1)) * sd / float(numpy.sqrt(n))
    return Change(n, mean, sd, (mean - reach, mean + reach))


def changes(table: Columns, measure: str, when: str) -> "ndarray":
    """Everyone's change since the baseline; NaN where a score is missing on either side."""
    return table.score(measure, when) - table.score(measure, table.plan.baseline)


def opinions(table: Columns) -> dict[str, dict[str, Opinion]]:
    """Agreement with each statement, of those with and without a call."""
    measure = next((one for one in table.measures if one.instrument == ACCEPTABILITY), None)
    asked = [when for when in measure.timepoints if when in table.plan.due] if measure else []
    if not asked:
        return {}
    items = table.items_at(measure.instrument, asked[0])
    coached = table.coached[items.rows]
    return {
        str(item): {
            "coached": _opinion(items.column(item)[coached], measure),
            "not_coached": _opinion(items.column(item)[~coached], measure),
        }
        for item in measure.items
    }


def _opinion(answers: "ndarray", measure: Measure) -> Opinion:
    import numpy

    given = answers[~numpy.isnan(answers)]
    agree = int((given >= measure.item_high - 1).sum())
    return Opinion(len(given), agree, describe.percent(agree, len(given)))


def _offer(table: Columns, rows: "ndarray") -> Offer:
    offered = int((table.flags["offered_call"] & rows).sum())
    setting = [name for name, n in table.words["offered_how"].counts(rows).items() if n]
    coached = int((table.coached & rows).sum())
    return Offer(
        setting=setting[0] if len(setting) == 1 else "",
        n=int(rows.sum()),
        offered=offered,
        accepted=int((table.flags["accepted_call"] & rows).sum()),
        coached=coached,
        percent=describe.percent(int((table.coached & table.flags["offered_call"] & rows).sum()), offered),
    )


def _any(rows: Any, n: int) -> "ndarray":
    import numpy

    return numpy.logical_or.reduce([numpy.zeros(n, dtype=bool), *rows])


def _later(table: Columns) -> list[tuple[str, str]]:
    return [(one.key, when) for one in table.measures for when in outcomes.later(one, table.plan)]


def _by_side(table: Columns) -> dict[str, dict[str, dict[str, Change]]]:
    found: dict[str, dict[str, dict[str, Change]]] = {}
    for measure, when in _later(table):
        column, both = changes(table, measure, when), table.paired(measure, when)
        sides = {"coached": column[both & table.coached], "not_coached": column[both & ~table.coached]}
        found.setdefault(measure, {})[when] = {side: change(values) for side, values in sides.items()}
    return found


def _coached_change(table: Columns) -> dict[str, dict[str, Change]]:
    return {
        measure: {when: sides["coached"] for when, sides in row.items()}
        for measure, row in _by_side(table).items()
        if measure in table.plan.primary
    }


def _arm_rows(table: Columns) -> dict[str, "ndarray"]:
    rows = flow.allocated(table)
    rest = ~_any(rows.values(), table.n)
    return rows | {NOT_TOLD: rest} if rows and rest.any() else rows


def _by_arm(table: Columns) -> dict[str, dict[str, dict[str, Change]]]:
    rows = _arm_rows(table)
    found: dict[str, dict[str, dict[str, Change]]] = {}
    for measure, when in _later(table) if rows else ():
        column, both = changes(table, measure, when), table.paired(measure, when)
        found.setdefault(measure, {})[when] = {arm: change(column[both & one]) for arm, one in rows.items()}
    return found


def _against(table: Columns, allocated: dict) -> dict[str, dict[str, dict[str, Against]]]:
    """Each group against one without calls from a coach, or the first where every group has them."""
    rows = flow.allocated(table)
    if len(rows) < 2:
        return {}
    offers = groups(table)
    reference = next((arm for arm in rows if offers[arm].setting in WITHOUT_A_COACH), next(iter(rows)))
    return {
        measure: {
            when: {arm: _set_against(one[arm], one[reference], reference) for arm in rows if arm != reference}
            for when, one in found.items()
        }
        for measure, found in allocated.items()
    }


def _set_against(one: Change, other: Change, reference: str) -> Against:
    """Welch's interval from means and spreads."""
    from scipy import stats

    if one.sd is None or other.sd is None or one.sd == other.sd == 0:
        return Against(reference, None, None)
    first, second = one.sd**2 / one.n, other.sd**2 / other.n
    df = (first + second) ** 2 / (first**2 / (one.n - 1) + second**2 / (other.n - 1))
    reach = float(stats.t.ppf(0.975, df)) * (first + second) ** 0.5
    difference = one.mean_change - other.mean_change
    return Against(reference, difference, (difference - reach, difference + reach))
