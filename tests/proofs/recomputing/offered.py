"""Who was offered calls, who took them up, and what changed by it: as people were allocated, and as they received."""

import math
from collections.abc import Iterable

import numpy as np
from scipy import special

from tests.proofs.recomputing.changes import described, wilson
from tests.proofs.recomputing.models import Found, changed, columns_of, known, least_squares
from tests.proofs.recomputing.people import answered, flagged, went
from tests.proofs.recomputing.reading import Pack

Sides = dict[str, set[str]]


def arms(pack: Pack) -> Sides:
    """The people of each group, by name."""
    names = sorted({row["arm"] for row in pack.people.values() if row.get("arm")})
    return {name: {who for who, row in pack.people.items() if row["arm"] == name} for name in names}


def flow_of_arms(pack: Pack) -> Found:
    """How far the people of each group went."""
    return {
        name: {"n": len(people), **went(pack, people)}
        | {"answered": {key: len(answered(pack, key) & people) for key in pack.when[1:]}}
        for name, people in arms(pack).items()
    }


def core_or_optional(pack: Pack, told: Iterable[str]) -> Found:
    """Uptake, change as received and as allocated, opinions. `told` are the names of the groups in the report."""
    offered, accepted = flagged(pack, "coaching_offered"), flagged(pack, "coaching_accepted")
    had = len(offered & pack.coached)
    # Without groups a pack does not say how calls were offered: where that was one way, it was the same for all.
    groups = arms(pack) or {name: set(pack.people) for name in list(told)[: len(list(told)) == 1]}
    received = {"coached": pack.coached, "not_coached": set(pack.people) - pack.coached}
    return {
        "coached_calls": pack.exposure,
        "uptake": {"accepted": len(offered & accepted), **_share(had, offered)}
        | {"ci": wilson(had, len(offered))},
        "why_not": {"no_call": len(offered - pack.coached)},
        "groups": {name: _offer(pack, people, offered, accepted) for name, people in groups.items()},
        "received": _by(pack, received),
        "allocated": _by(pack, arms(pack)),
        "against": _against(_by(pack, arms(pack))),
        "acceptability": _opinions(pack, received),
        **_calls(pack),
    }


def _offer(pack: Pack, people: set[str], offered: set[str], accepted: set[str]) -> Found:
    theirs, had = offered & people, offered & people & pack.coached
    return {
        "n": len(people),
        "offered": len(theirs),
        "accepted": len(accepted & people),
        "coached": len(pack.coached & people),
        "percent": 100 * len(had) / len(theirs) if theirs else None,
    }


def _share(had: int, offered: set[str]) -> Found:
    percent = 100 * had / len(offered) if offered else None
    return {"offered": len(offered), "coached": had, "percent": percent}


def _by(pack: Pack, sides: Sides) -> Found:
    """The mean change of each side, with Student's interval, for every measure and later time point."""
    found: Found = {}
    for key, instrument, _scale in pack.measures() if sides else ():
        when = pack.asked_at(instrument)
        for later in when[1:] if when[0] == pack.when[0] else ():
            moved = {who: after - before for who, before, after in pack.pairs(key, later)}
            told = {name: _mean([moved[who] for who in moved if who in side]) for name, side in sides.items()}
            found.setdefault(key, {})[later] = told
    return found


def _mean(values: list[float]) -> Found:
    told = described(values)
    found = {"n": told["n"], "mean_change": told["mean"], "sd": told["sd"], "ci": None}
    if len(values) < 2:
        return found
    reach = float(special.stdtrit(len(values) - 1, 0.975)) * told["sd"] / math.sqrt(len(values))
    return found | {"ci": [told["mean"] - reach, told["mean"] + reach]}


def _against(allocated: Found) -> Found:
    return {
        key: {later: _less_the_first(groups) for later, groups in told.items()}
        for key, told in allocated.items()
        if all(len(groups) > 1 for groups in told.values())
    }


def _less_the_first(groups: Found) -> Found:
    """Each group's mean change less the first one's; degrees of freedom by Welch and Satterthwaite."""
    (reference, first), *others = groups.items()
    found: Found = {}
    for name, one in others:
        parts = [(side["sd"] ** 2 / side["n"], side["n"] - 1) for side in (one, first)]
        whole = sum(part for part, _df in parts)
        df = whole**2 / sum(part**2 / df for part, df in parts)
        reach, less = special.stdtrit(df, 0.975) * math.sqrt(whole), one["mean_change"] - first["mean_change"]
        found[name] = {"reference": reference, "difference": less, "ci": [less - reach, less + reach]}
    return found


def _opinions(pack: Pack, received: Sides) -> Found:
    """How many of those with and without a call agree with each statement."""
    when = pack.asked_at("acceptability")
    told = pack.answers.get(("acceptability", when[0] if when else ""), {})
    return {
        str(item): {name: _agree(told, item, side) for name, side in received.items()}
        for item in (range(1, 7) if told else ())
    }


def _agree(told: dict[str, dict[int, float]], item: int, side: set[str]) -> Found:
    given = [answers[item] for who, answers in told.items() if who in side and item in answers]
    agree = sum(value >= 4 for value in given)
    return {"n": len(given), "agree": agree, "percent": 100 * agree / len(given) if given else None}


def _calls(pack: Pack) -> Found:
    """What the log of calls gives: how many took place and were missed, and how long they were."""
    minutes = [float(call["minutes"]) for call in pack.calls if call["outcome"] == "attended"]
    missed = sum(call["outcome"] == "did_not_attend" for call in pack.calls)
    agreed = len(minutes) + missed
    return {
        "calls_per_coached": sum(pack.attended().values()) / len(pack.coached),
        "coach_minutes": {"calls": len(minutes), "missed": missed, "call": math.fsum(minutes)},
        "minutes_per_call": described(minutes),
        "missed": {
            "agreed": agreed,
            "missed": missed,
            "percent": 100 * missed / agreed,
            "ci": wilson(missed, agreed),
        },
    }


def by_arm(pack: Pack, key: str, later: str) -> Found:
    """Each group against the first, at the same baseline and covariates; its change as allocated and as received."""
    groups = arms(pack)
    moved = {who: after - before for who, before, after in pack.pairs(key, later)}
    received = {"coached": pack.coached, "not_coached": set(pack.people) - pack.coached}
    rows = [row for row in pack.pairs(key, later) if known(pack, row[0]) and pack.people[row[0]]["arm"]]
    return {
        "reference": next(iter(groups)),
        "n": len(rows),
        "as_allocated": {
            name: changed([moved[who] for who in moved if who in people]) for name, people in groups.items()
        },
        "as_received": {
            name: {
                side: changed([moved[who] for who in moved if who in people & rest])
                for side, rest in received.items()
            }
            for name, people in groups.items()
        },
        "differences": _differences(pack, groups, rows),
    }


def _differences(pack: Pack, groups: Sides, rows: list[tuple[str, float, float]]) -> Found:
    before, after = (np.array([row[place] for row in rows]) for place in (1, 2))
    others = list(groups.items())[1:]
    columns = [np.array([float(who in people) for who, _b, _a in rows]) for _name, people in others]
    adjusted = columns_of(pack, [who for who, _b, _a in rows]).values()
    matrix = np.column_stack([np.ones(len(rows)), before, *columns, *adjusted])
    found: Found = {}
    for place, (name, _people) in enumerate(others, start=2):
        fitted = least_squares(after, matrix, place)
        told = {"difference": fitted.pop("estimate"), **fitted}
        found[name] = told | {"standardised": told["difference"] / described(list(before))["sd"]}
    return found


def fairness(pack: Pack, traits: dict[str, str]) -> Found:
    """Uptake and rating of those who were offered a call, in all and by who they are."""
    offered, when = flagged(pack, "coaching_offered"), pack.asked_at("acceptability")
    ratings = pack.scores.get(("acceptability", when[0] if when else ""), {})
    whole = _took(pack, offered, ratings)
    found: Found = {"offered": whole.pop("n"), **whole, "by": {}}
    for name, column in traits.items():
        parts: Sides = {}
        for who in offered:
            parts.setdefault(pack.people[who].get(column, ""), set()).add(who)
        missing = len(parts.pop("", ()))
        groups = {group: _took(pack, people, ratings) for group, people in parts.items()}
        found["by"][name] = {"missing": missing, "groups": groups}
    return found


def _took(pack: Pack, people: set[str], ratings: dict[str, float]) -> Found:
    took = len(people & pack.coached)
    given = [ratings[who] for who in sorted(people) if who in ratings]
    return {
        "n": len(people),
        "took": {"n": took, "percent": 100 * took / len(people) if people else None},
        "rating": {"n": len(given), "mean": math.fsum(given) / len(given) if given else None},
    }
