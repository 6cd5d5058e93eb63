"""Work the figures of a report out again from an exported dataset pack, and compare.

    python -m tests.proofs.recompute PACK/ figures.json

It imports nothing of the product. It prints how many figures it covered, how many it did not, and each that differs;
its exit code is 1 where one does.
"""

import json
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.proofs.recomputing import changes, lost, models, people
from tests.proofs.recomputing.reading import Pack, read

# By default; of the mixed model; and of limits from the noncentral t law: scipy's inverse (special.nctdtrinc) gives
# seven digits only. Put into stats.nct.cdf they miss 0.975 and 0.025 by up to 2e-7; those found here do not.
CLOSE, CLOSE_BY = 1e-9, {"mixed_model": 1e-4, "mixed_by_coaching": 1e-4, "dz_ci": 1e-6, "g_ci": 1e-6}
ROUNDED = "interaction_p"  # given to three digits, so that it does not give hidden groups away
TRAITS = {"profession": "profession", "gender": "gender", "workplace": "site", "site": "site", "unit": "unit"}

Figures = dict[str, Any]


@dataclass
class Compared:
    """What was compared: how many figures agree, which differ, and which numbers nobody worked out again."""

    agree: int = 0
    hidden: int = 0
    differ: list[str] = field(default_factory=list)
    not_covered: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        told = f"{self.agree} figures agree, {len(self.differ)} differ, {self.hidden} are hidden"
        parts: dict[str, int] = {}
        for path in self.not_covered:
            name = ".".join(path.split(".")[: 1 if not path.startswith("measures") else 3 : 2])
            parts[name] = parts.get(name, 0) + 1
        others = ", ".join(f"{name} {n}" for name, n in sorted(parts.items()))
        return "\n".join(
            [f"{told}; {len(self.not_covered)} numbers are not covered ({others})", *self.differ]
        )


def figures_of(pack: Pack, told: Figures) -> Figures:
    """The figures that a pack can give. Of the report only the names of its characteristics are looked at."""
    known = {name: column for name, column in TRAITS.items() if name in told["characteristics"]}
    found: Figures = {
        "snapshot": {"participants": len(pack.people)},
        "flow": people.flow(pack),
        "characteristics": people.characteristics(pack, known),
        "delivery": people.delivery(pack),
        "measures": _measures(pack),
        "safety": {"reported": people.reported(pack)},
        "subgroups": _subgroups(pack, known),
        "missing": lost.missing(pack),
        "leaving": lost.leaving(pack),
    }
    found["safety"]["reliably_worse"] = _worse(pack, found["measures"])
    if ("acceptability", "") in {(name, "") for name, _key in pack.answers}:
        found["acceptability"] = people.acceptability(pack)
    if pack.meta.get("cost"):
        found["cost"] = people.cost(pack, _improved(pack, found["measures"]))
    if pack.coding:
        found["coding"] = people.coding(pack)
    return found


def compare(told: Any, found: Any, path: str = "", result: Compared | None = None) -> Compared:
    """Hold what a report tells against what was found, leaf by leaf."""
    result = result or Compared()
    if isinstance(told, dict) and told.get("hidden"):
        result.hidden += len(list(_numbers(found)))
    elif isinstance(told, dict) and isinstance(found, dict):
        for key in sorted(told):
            _one(told, found, key, f"{path}.{key}" if path else key, result)
        missing = [key for key in found if key not in told and any(_numbers(found[key]))]
        result.differ += [f"{path}.{key}: only found here" for key in sorted(missing)]
    elif isinstance(told, list) and isinstance(found, list) and len(told) == len(found):
        for place, (one, other) in enumerate(zip(told, found, strict=True)):
            compare(one, other, f"{path}.{place}", result)
    elif _same(told, found, path):
        result.agree += 1
    else:
        result.differ.append(f"{path}: the report says {told!r}, and {found!r} was found")
    return result


def _one(told: Figures, found: Figures, key: str, path: str, result: Compared) -> None:
    if key in found:
        compare(told[key], found[key], path, result)
    else:
        result.not_covered += [f"{path}.{rest}" if rest else path for rest in _numbers(told[key])]


def _numbers(value: Any, path: str = "") -> Iterator[str]:
    """The path of each number below."""
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _numbers(one, f"{path}.{key}" if path else str(key))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path


def _same(told: Any, found: Any, path: str) -> bool:
    if told is None or found is None or isinstance(told, str):
        return told == found
    if path.endswith(ROUNDED) and told == round(told, 3):
        return told == round(found, 3)
    close = next((each for name, each in CLOSE_BY.items() if f".{name}" in path), CLOSE)
    return math.isclose(told, found, rel_tol=close, abs_tol=close)


def _measures(pack: Pack) -> Figures:
    found: Figures = {}
    for key, instrument, scale in pack.measures():
        when = pack.asked_at(instrument)
        later = when[1:] if when and when[0] == pack.meta["timepoints"][0] else []
        consistency = changes.reliability(pack, instrument, scale)
        known = pack.meta.get("reliability", {}).get(key, consistency["alpha"])
        found[key] = {
            "scores": {one: changes.scores_at(pack, key, instrument, scale, one) for one in when},
            "reliability": consistency,
            "change": {one: changes.change(pack, key, one) for one in later},
            "paired": {one: lost.paired(pack, key, one) for one in later},
            "reliable_change": {
                one: lost.at_worst(pack, key, changes.reliable_change(pack, key, one, known), "improved")
                for one in later
            },
            "responders": {
                one: lost.at_worst(pack, key, changes.responders(pack, key, one), "better") for one in later
            },
            "coached_difference": {one: models.coached_difference(pack, key, one) for one in later},
            "per_call": {one: models.per_call(pack, key, one) for one in later},
            "per_module": {one: models.per_module(pack, key, one) for one in later},
            "mixed_model": models.mixed(pack, key, instrument, by_coaching=False),
            "mixed_by_coaching": models.mixed(pack, key, instrument, by_coaching=True),
            **({"last_score": lost.last_score(pack, key, later)} if len(later) > 1 else {}),
        }
    return _adjusted(pack, found)


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
        limits = {
            when: one["threshold"] for when, one in told["reliable_change"].items() if "threshold" in one
        }
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


def _improved(pack: Pack, measures: Figures) -> dict[str, int | None]:
    return {
        key: next(iter(told["reliable_change"].values())).get("improved")
        for key, told in measures.items()
        if told["reliable_change"]
    }


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
    return 1 if result.differ else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
