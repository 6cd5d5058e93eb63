"""Every figure of a report, computed once: the "figures/1" format.

Screen, PDF, CSV and JSON all come from what `compose` returns, after `disclosure.release` has looked at it.
"""

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from resilience.evaluation.analysis import (
    acceptability,
    characteristics,
    delivery,
    exposure,
    fairness,
    flow,
    outcomes,
    safety,
)
from resilience.evaluation.analysis.frozen import Dataset, Plan, Snapshot

FORMAT = "figures/1"
ACCEPTABILITY = "acceptability"

# Left out where they hold nothing; every other None is a figure that could not be computed, and stays.
_REASONS = frozenset({"why", "caution", "cutoff_why", "omega_why"})

Figures = dict[str, Any]


def compose(snapshot: Snapshot, *, version: str) -> Figures:
    """Compute all figures of a snapshot, unrounded, before disclosure control."""
    dataset = snapshot.dataset
    found = outcomes.summarise(dataset)
    figures = _origin(snapshot, version=version) | {
        "plan": _plan(dataset.plan),
        "design": plain(dict(dataset.design)) | _arms_told(dataset),
        "flow": plain(flow.follow(dataset)),
        "characteristics": _characteristics(dataset),
        "measures": plain(found),
        "delivery": plain(delivery.total(dataset)),
        "core_or_optional": plain(exposure.describe_offer(dataset)),
        "fairness": plain(fairness.compare(dataset)),
        "safety": {
            "reliably_worse": safety.reliably_worse(dataset, found),
            "reported": plain(safety.reported(dataset)),
        },
    }
    return figures | _acceptability(dataset)


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
        return {key: plain(one) for key, one in pairs if not (key in _REASONS and one is None)}
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value


def _origin(snapshot: Snapshot, *, version: str) -> Figures:
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
            "participants": len(snapshot.dataset.people),
            "left_out": {
                "test": snapshot.left_out_test,
                "erased": snapshot.left_out_erased,
                "no_consent": snapshot.dataset.registered - len(snapshot.dataset.people),
            },
        },
    }


def _arms_told(dataset: Dataset) -> Figures:
    """The groups of data from elsewhere, of which nothing else is known."""
    told = sorted({person.arm for person in dataset.people if person.arm})
    return {"arms": dict(zip(told, told, strict=True))} if told and "arms" not in dataset.design else {}


def _plan(plan: Plan) -> Figures:
    return {
        "frozen_on": plan.frozen_on,
        "hash": plan.hash,
        "timepoints": list(plan.timepoints),
        "primary": list(plan.primary),
        "covariates": list(plan.covariates),
        "complete_modules": plan.complete_modules,
        "suppress_below": plan.suppress_below,
    }


def _characteristics(dataset: Dataset) -> Figures:
    found = characteristics.summarise(dataset)
    return {"n": found.n, **plain(found.categories), "scores": plain(found.scores)}


def _acceptability(dataset: Dataset) -> Figures:
    measure = next((one for one in dataset.measures if one.instrument == ACCEPTABILITY), None)
    return {"acceptability": plain(acceptability.count(dataset, measure=measure))} if measure else {}
