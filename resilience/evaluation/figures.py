"""Every figure of a report, computed once: the "figures/1" format.

Screen, PDF, CSV and JSON all come from what `compose` returns, after `disclosure.release` has looked at it.
"""

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from resilience.evaluation.analysis import (
    acceptability,
    bands,
    characteristics,
    coach_background,
    coding,
    coping,
    cost,
    delivery,
    exposure,
    fairness,
    flow,
    leaving,
    missing,
    modelled,
    outcomes,
    reasons,
    safety,
    subgroups,
    traits_by_calls,
    windows,
)
from resilience.evaluation.analysis.columns import Columns
from resilience.evaluation.analysis.frozen import Plan, Snapshot
from resilience.evaluation.analysis.turning import turn

FORMAT = "figures/1"
ACCEPTABILITY = "acceptability"

# Left out where they hold nothing; every other None is a figure that could not be computed, and stays.
_REASONS = ("why", "caution")

# Of the plan, as they stand in it: what a report prints beside the figures.
_PLANNED = (
    "frozen_on", "hash", "timepoints", "primary", "covariates", "complete_modules", "suppress_below", "kind",
    "approval", "sponsor", "registration", "retention", "incentives", "funding", "involvement", "data_access",
    "exposure", "windows", "multiplicity", "cost", "deviations", "version", "design",
    "primary_timepoints", "analyses", "earlier", "no_system_outcomes", "goals", "collected_before", "seen_on",
)  # fmt: skip

Figures = dict[str, Any]


def compose(snapshot: Snapshot, *, version: str) -> Figures:
    """Compute all figures of a snapshot, unrounded, before disclosure control."""
    table = turn(snapshot.dataset)
    origin = _origin(snapshot, people=table.n, registered=table.registered, version=version)
    return origin | of_columns(table)


def of_columns(table: Columns) -> Figures:
    """Every figure but those that say where the data are from."""
    found = outcomes.summarise(table)
    return {
        "plan": _plan(table.plan),
        "design": plain(dict(table.design)) | _arms_told(table),
        "dates": plain(windows.summarise(table)),
        "flow": plain(flow.follow(table)),
        "characteristics": _characteristics(table),
        "traits_by_calls": plain(traits_by_calls.compare(table)),
        "missing": plain(missing.summarise(table)),
        "measures": {measure.key: _measure(table, measure, found) for measure in table.measures},
        "delivery": plain(delivery.total(table)),
        "cost": plain(cost.work_out(table, found)),
        "safety": plain(safety.summarise(table, found)),
        "subgroups": plain(subgroups.compare(table)),
        "coach_background": plain(coach_background.compare(table)),
        "core_or_optional": _explained(plain(exposure.describe_offer(table))),
        "fairness": _explained(plain(fairness.compare(table))),
        "leaving": plain(leaving.summarise(table)),
        "system": _system(table),
        **_coping(table),
        **_acceptability(table),
        **_coding(table),
        **_told(table),
    }


def dump(figures: Figures) -> str:
    """The text of figures.json: keys sorted, numbers in full."""
    return json.dumps(figures, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def leaves(figures: Any, path: str = "") -> list[tuple[str, Any]]:
    """Each leaf with its dotted path, sorted; the members of an interval are numbered from 0."""
    if isinstance(figures, Mapping):
        return [
            leaf for key in sorted(figures) for leaf in leaves(figures[key], f"{path}.{key}" if path else key)
        ]
    if isinstance(figures, list):
        return [leaf for place, entry in enumerate(figures) for leaf in leaves(entry, f"{path}.{place}")]
    return [(path, figures)]


def plain(value: Any) -> Any:
    """Dataclasses as dictionaries and tuples as lists; reasons that hold nothing are dropped."""
    if dataclasses.is_dataclass(value):
        pairs = ((entry.name, getattr(value, entry.name)) for entry in dataclasses.fields(value))
        return {key: plain(one) for key, one in pairs if not (key.endswith(_REASONS) and one is None)}
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value


def _explained(found: Any) -> Any:
    """The same with a reason beside each null that has none yet."""
    if isinstance(found, list):
        return [_explained(one) for one in found]
    if not isinstance(found, dict):
        return found
    silent = None in found.values() and not any(key.endswith("why") for key in found)
    return {key: _explained(one) for key, one in found.items()} | ({"why": reasons.TOO_FEW} if silent else {})


def _origin(snapshot: Snapshot, *, people: int, registered: int, version: str) -> Figures:
    return {
        "format": FORMAT,
        "evaluation": snapshot.evaluation,
        "programme": snapshot.programme,
        "synthetic": snapshot.synthetic,
        "language": snapshot.language,
        "version": version,
        "snapshot": {
            "as_of": snapshot.as_of,
            "checksum": snapshot.checksum,
            "participants": people,
            "left_out": {
                "test": snapshot.left_out_test,
                "erased": snapshot.left_out_erased,
                "no_consent": registered - people,
            },
            "not_told": list(snapshot.dataset.context.get("not_told", ())),
        },
    }


def _arms_told(table: Columns) -> Figures:
    """The groups of data from elsewhere, of which nothing else is known."""
    told = table.words["arm"].labels
    return {"arms": dict(zip(told, told, strict=True))} if told and "arms" not in table.design else {}


def _plan(plan: Plan) -> Figures:
    return {name: plain(getattr(plan, name)) for name in _PLANNED}


def _characteristics(table: Columns) -> Figures:
    found = characteristics.summarise(table)
    return {"n": found.n, **plain(found.numbers), **plain(found.categories), "scores": plain(found.scores)}


def _measure(table: Columns, measure: Any, found: Mapping[str, outcomes.Outcome]) -> Figures:
    models = plain(modelled.summarise(table, measure))
    drawn = bands.cut(table, measure, at=measure.due(table.plan), later=outcomes.later(measure, table.plan))
    rest = plain(modelled.where_there_are_any(table, measure))
    return plain(found[measure.key]) | models | rest | {"bands": plain(drawn)}


def _system(table: Columns) -> Figures:
    """What each unit told of itself: context, of which nothing is worked out."""
    known = table.context.get("system")
    why = table.plan.no_system_outcomes or table.context.get("system_why") or reasons.NO_ANSWERS
    return plain(known) if known else {"why": why}


def _coping(table: Columns) -> Figures:
    found = coping.summarise(table)
    return {"coping": plain(found)} if found else {}


def _acceptability(table: Columns) -> Figures:
    measure = next((one for one in table.measures if one.instrument == ACCEPTABILITY), None)
    return {"acceptability": plain(acceptability.count(table, measure=measure))} if measure else {}


def _told(table: Columns) -> Figures:
    """Sums that belong to nobody, as the snapshot holds them."""
    names = ("calls_before", "coaching", "content_version", "fidelity", "question_counts", "reasons")
    return {"context": {name: plain(table.context[name]) for name in names if name in table.context}}


def _coding(table: Columns) -> Figures:
    """How two coders agreed, theme by theme; the counts come with the data, the comments do not."""
    cells = table.context.get("coding") or {}
    if not cells:
        return {}
    return {"coding": plain(coding.agree(cells)), "coding_overall": plain(coding.overall(cells))}
