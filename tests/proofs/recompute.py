"""Work the figures of a report out again from an exported dataset pack, and compare.

    python -m tests.proofs.recompute PACK/ figures.json

It imports nothing of the product. It prints how many figures agree and each that differs, and how many numbers cannot
be worked out from a pack, with the reason; its exit code is 1 where one differs, or where one is neither.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tests.proofs.recomputing import (
    backgrounds,
    bands,
    chances,
    changes,
    coaches,
    factor,
    filled,
    lost,
    models,
    offered,
    people,
    sides,
)
from tests.proofs.recomputing.holding import compare
from tests.proofs.recomputing.reading import Pack, read

TRAITS = {"profession": "profession", "gender": "gender", "workplace": "site", "site": "site", "unit": "unit"}
PLANNED = ("complete_modules", "suppress_below", "cost", "exposure")

Figures = dict[str, Any]


def figures_of(pack: Pack, told: Figures) -> Figures:
    """The figures that a pack can give. Of the report only names are looked at: of characteristics, and of groups."""
    traits = {name: column for name, column in TRAITS.items() if name in told["characteristics"]}
    measures = _measures(pack)
    found: Figures = {
        "plan": {name: pack.meta[name] for name in PLANNED if name in pack.meta},
        "snapshot": {"participants": len(pack.people), "left_out": pack.left_out},
        "flow": people.flow(pack) | {"registered": len(pack.people) + pack.left_out["no_consent"]},
        "characteristics": people.characteristics(pack, traits),
        "traits_by_calls": sides.traits_by_calls(pack, traits),
        "delivery": people.delivery(pack),
        "measures": measures,
        "safety": {"reported": people.reported(pack), "reliably_worse": _worse(pack, measures)},
        "subgroups": _subgroups(pack, traits),
        "missing": _missing(pack, traits),
        "leaving": lost.leaving(pack),
        "coach_background": backgrounds.compared(pack),
        "core_or_optional": offered.core_or_optional(pack, told["core_or_optional"]["groups"]),
        "fairness": offered.fairness(pack, traits),
        "system": pack.meta.get("system", {}),
    }
    return found | _where_there_are_any(pack, found)


def _where_there_are_any(pack: Pack, found: Figures) -> Figures:
    """Groups that were allocated, statements, prices, coded comments."""
    rest: Figures = people.coding(pack) if pack.coding else {}
    if "complaints" in pack.meta:
        rest["safety"] = found["safety"] | {"handling": {"complaints": pack.meta["complaints"]}}
    if offered.arms(pack):
        rest["flow"] = found["flow"] | {"arms": offered.flow_of_arms(pack)}
    if pack.measures(apart=True):
        rest["coping"] = people.coping(pack)
    if pack.asked_at("acceptability"):
        rest["acceptability"] = people.acceptability(pack)
    if pack.meta.get("cost"):
        improved = _improved(pack, found["measures"])
        counts = {key: None if who is None else len(who) for key, who in improved.items()}
        rest["cost"] = people.cost(pack, counts) | {"improvers": people.improvers(pack, improved)}
    return rest


def _missing(pack: Pack, traits: dict[str, str]) -> Figures:
    return lost.missing(pack) | {
        "nonresponse": lost.nonresponse(pack, traits),
        "predictors": {later: chances.predictors(pack, later) for later in pack.when[1:]},
    }


def _measures(pack: Pack) -> Figures:
    found: Figures = {}
    for key, instrument, scale in pack.measures():
        when = pack.asked_at(instrument)
        later = when[1:] if when and when[0] == pack.meta["timepoints"][0] else []
        consistency = changes.reliability(pack, instrument, scale)
        known = pack.meta.get("reliability", {}).get(key, consistency["alpha"])
        found[key] = {
            "direction": pack.meta["direction"][key],
            "scores": {one: changes.scores_at(pack, key, instrument, scale, one) for one in when},
            "reliability": consistency | {"omega": factor.omega(pack, instrument, scale)},
            "change": {one: changes.change(pack, key, one) for one in later},
            "paired": {one: lost.paired(pack, key, one) for one in later},
            "reliable_change": {
                one: lost.at_worst(pack, key, changes.reliable_change(pack, key, one, known), "improved")
                for one in later
            },
            "responders": {
                one: lost.at_worst(pack, key, changes.responders(pack, key, one), "better") for one in later
            },
            "bands": bands.bands(pack, key, instrument, scale),
            **_modelled(pack, key, instrument, later),
        }
    return _adjusted(pack, found)


def _modelled(pack: Pack, key: str, instrument: str, later: list[str]) -> Figures:
    """What a model says of a measure, and what only some programmes have."""
    has_arms = len(offered.arms(pack)) > 1 and later
    return {
        "coached_difference": {one: models.coached_difference(pack, key, one) for one in later},
        "weighted_difference": {one: chances.weighted_difference(pack, key, one) for one in later},
        "per_call": {one: models.per_call(pack, key, one) for one in later},
        "per_module": {one: models.per_module(pack, key, one) for one in later},
        "mixed_model": models.mixed(pack, key, instrument, by_coaching=False),
        "mixed_by_coaching": models.mixed(pack, key, instrument, by_coaching=True),
        **({"by_arm": {one: offered.by_arm(pack, key, one) for one in later}} if has_arms else {}),
        **({"last_score": lost.last_score(pack, key, later)} if len(later) > 1 else {}),
        **({"imputed": filled.imputed(pack, key, later)} if later and key in pack.meta["primary"] else {}),
        **({"clustering": coaches.clustering(pack, key, later[0])} if later else {}),
    }


def _adjusted(pack: Pack, found: Figures) -> Figures:
    tested = {
        (key, when): one["p"]
        for key, told in found.items()
        for when, one in told["change"].items()
        if "p" in one
    }
    firsts = {
        (key, next(iter(found[key]["change"])))
        for key in pack.meta["primary"]
        if key in found and found[key]["change"]
    }
    for (key, when), p in changes.adjusted(tested, firsts).items():
        found[key]["change"][when]["p_adjusted"] = p
    return found


def _worse(pack: Pack, measures: Figures) -> Figures:
    found: Figures = {}
    for key, told in measures.items():
        limits = _limits(told)
        direction = pack.meta["direction"][key]
        who = {
            person
            for when, limit in limits.items()
            for person, before, after in pack.pairs(key, when)
            if direction * (after - before) < -limit
        }
        if told["reliable_change"]:
            found[key] = len(who) if limits else None
    return found


def _limits(told: Figures) -> dict[str, float]:
    """By time point, the change that is more than error."""
    return {when: one["threshold"] for when, one in told["reliable_change"].items() if "threshold" in one}


def _improved(pack: Pack, measures: Figures) -> dict[str, set[str] | None]:
    """Who improved reliably at the first later time point; None where that cannot be told."""
    found: dict[str, set[str] | None] = {}
    for key, told in measures.items():
        if told["reliable_change"]:
            first = next(iter(told["reliable_change"]))
            limit, direction = _limits(told).get(first), pack.meta["direction"][key]
            found[key] = None if limit is None else {
                who for who, before, after in pack.pairs(key, first) if direction * (after - before) > limit
            }  # fmt: skip
    return found


def _subgroups(pack: Pack, traits: dict[str, str]) -> Figures:
    found: Figures = {}
    for name, column in traits.items():
        for key, instrument, _scale in pack.measures():
            later = pack.asked_at(instrument)[1:]
            if key in pack.meta["primary"] and later:
                found.setdefault(name, {})[key] = models.subgroups(pack, column, key, later[0])
    return found


def main(folder: str, figures: str) -> int:
    """Compare and say what was found; return the exit code."""
    told = json.loads(Path(figures).read_text(encoding="utf-8"))
    result = compare(told, figures_of(read(Path(folder)), told))
    sys.stdout.write(f"{result}\n")
    return 0 if result.is_whole else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
