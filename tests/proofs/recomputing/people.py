"""Counts of people, what was delivered, what it cost, what people thought of it: from the pack alone."""

from collections import Counter, defaultdict
from statistics import fmean

import numpy as np

from tests.proofs.recomputing.changes import described, difference_of_means
from tests.proofs.recomputing.reading import YES, Pack

Found = dict[str, object]
DRAWS, TAIL = 20_000, 0.025
TINY = 1e-12  # in the place of nobody: what was spent over it lies beyond every limit


def flow(pack: Pack) -> Found:
    """Who went how far."""
    people, coached, calls = set(pack.people), pack.coached, pack.attended()
    came = {key: answered(pack, key) for key in pack.when}
    first, later = pack.when[0], pack.when[1:]
    begun = flagged(pack, "started")
    sides = {"coached": coached, "not_coached": people - coached}
    return {
        "consented": len(people),
        **went(pack, people),
        "approached": pack.meta.get("approached", {}),
        "accepted_call": len(flagged(pack, "coaching_accepted")),
        "two_calls_or_more": sum(n > 1 for n in calls.values()),
        "answered": {key: len(who) for key, who in came.items()},
        "answered_all": len(set.intersection(*came.values())),
        "retained_percent": {key: 100 * len(came[key]) / len(came[first]) for key in later},
        **{
            name: {
                "started": len(begun & side),
                "answered": {key: len(came[key] & side) for key in later},
            }
            for name, side in sides.items()
        },
    }


def went(pack: Pack, people: set[str]) -> Found:
    """How far some people went."""
    return {
        "baseline": len(answered(pack, pack.when[0]) & people),
        "started": len(flagged(pack, "started") & people),
        "completed_modules": len(_finished(pack) & people),
        "offered_call": len(flagged(pack, "coaching_offered") & people),
        "one_call_or_more": len(pack.coached & people),
        "withdrew": len(flagged(pack, "withdrew") & people),
    }


def characteristics(pack: Pack, names: dict[str, str]) -> Found:
    """Who they were at baseline; `names` says under which column of the pack each characteristic stands."""
    rows = answered(pack, pack.when[0])
    found: Found = {"n": len(rows)}
    for name, column in names.items():
        told = Counter(pack.people[key].get(column, "") for key in rows)
        missing = told.pop("", 0)
        groups = {group: {"n": n, "percent": 100 * n / sum(told.values())} for group, n in told.items()}
        found[name] = {"missing": missing, "groups": groups}
    for name in ("age", "years_qualified"):
        if any(row.get(name) for row in pack.people.values()):
            found[name] = _number(pack, name, rows)
    found["scores"] = {
        key: _contrast(pack, key)
        for key, name, _scale in pack.measures()
        if pack.when[0] in pack.asked_at(name)
    }
    return found


def delivery(pack: Pack) -> Found:
    """Calls, minutes and modules."""
    held = [call for call in pack.calls if call["outcome"] == "attended"]
    minutes = sum(float(call["minutes"]) for call in held)
    outcomes = Counter(call["outcome"] for call in pack.calls)
    return {
        "calls_attended": sum(pack.attended().values()),
        "call_minutes": minutes,
        "minutes_per_call": minutes / len(held) if held else None,
        "not_attended": outcomes["did_not_attend"],
        "cancelled": outcomes["cancelled"],
        "coaches": len({call["coach"] for call in held}),
        "modules": {
            str(number): n
            for number, n in Counter(
                int(row["modules_completed"] or 0) for row in pack.people.values()
            ).items()
        },
    }


def cost(pack: Pack, improved: dict[str, int | None]) -> Found:
    """What the calls cost, by the prices in meta.json."""
    prices = pack.meta["cost"]
    held = [float(call["minutes"]) for call in pack.calls if call["outcome"] == "attended"]
    hours = (sum(held) + len(held) * prices["prep_minutes_per_call"]) / 60
    coaching = hours * prices["coach_rate_per_hour"] * (1 + prices["supervision_pct"] / 100)
    total = coaching + prices["fixed"]
    begun = sum(row.get("started") == YES for row in pack.people.values())
    return {
        "coaching": coaching,
        "total": total,
        "per_coached": coaching / len(pack.coached),
        "per_started": total / begun,
        "per_completer": total / len(_finished(pack)),
        "per_reliable_improver": {key: total / n if n else None for key, n in improved.items()},
    }


def improvers(pack: Pack, improved: dict[str, set[str] | None]) -> Found:
    """How many improved, and the 95 % interval of the cost over them: people drawn again and again, one by one."""
    prices, spent = pack.meta["cost"], dict.fromkeys(sorted(pack.people), 0.0)
    for call in pack.calls:
        if call["outcome"] == "attended":
            spent[call["participant"]] += float(call["minutes"]) + prices["prep_minutes_per_call"]
    hour = prices["coach_rate_per_hour"] * (1 + prices["supervision_pct"] / 100)
    each = np.array(list(spent.values())) / 60 * hour
    drawn = np.random.default_rng(7).integers(0, len(spent), size=(DRAWS, len(spent)))
    total, found = each[drawn].sum(axis=1) + prices["fixed"], {}
    for key, who in improved.items():
        there = np.array([one in (who or ()) for one in spent])[drawn].sum(axis=1)
        limits = None
        if who and (there == 0).mean() < TAIL:
            ordered = np.sort(total / np.where(there, there, TINY))
            limits = [float(ordered[round(DRAWS * share)]) for share in (TAIL, 1 - TAIL)]
        found[key] = {"improved": None if who is None else len(who), "ci": limits}
    return found


def acceptability(pack: Pack) -> Found:
    """How many agree with each statement: the two highest of five answers."""
    told = pack.answers["acceptability", pack.asked_at("acceptability")[0]]
    found: Found = {}
    for item in range(1, 7):
        given = [answers[item] for answers in told.values() if item in answers]
        agree = sum(value >= 4 for value in given)
        found[str(item)] = {
            "n": len(given),
            "agree": agree,
            "percent": 100 * agree / len(given) if given else None,
            "missing": len(told) - len(given),
            "answers": {str(step): _share(given.count(step), len(given)) for step in range(1, 6)},
        }
    return found


def coping(pack: Pack) -> Found:
    """Ways of coping that people seldom speak of: of everybody who answered, where units told of their climate."""
    if not any(outcome.startswith("climate_") for outcome in pack.meta.get("system", {})):
        return {}
    found: Found = {}
    for key, instrument, _scale in pack.measures(apart=True):
        told = {when: described(list(pack.scores[key, when].values())) for when in pack.asked_at(instrument)}
        found[key] = {when: {name: one[name] for name in ("n", "mean", "sd")} for when, one in told.items()}
    return found


def reported(pack: Pack) -> Found:
    """Answers to the question about unwanted effects."""
    found: Found = {}
    for key in pack.when:
        given = [told[1] for told in pack.answers.get(("unwanted_effects", key), {}).values() if 1 in told]
        if given:
            found[key] = {"n": len(given), "yes": given.count(1), "rather_not": given.count(2)}
    return found


def coding(pack: Pack) -> Found:
    """How two coders agree, theme by theme; kappa and alpha from their definitions."""
    by = defaultdict(dict)
    for row in pack.coding:
        by[row["coder"]][row["comment"]] = row
    first, second = (by[name] for name in sorted(by))
    themes = [name for name in pack.coding[0] if name not in ("comment", "participant", "coder")]
    found, everything = {}, []
    for theme in themes:
        pairs = [(int(first[key][theme]), int(second[key][theme])) for key in first.keys() & second.keys()]
        found[theme] = _agreement(pairs)
        everything += pairs
    whole = {name: _agreement(everything)[name] for name in ("n", "agreement_percent", "krippendorff_alpha")}
    return {"coding": found, "coding_overall": whole | {"themes": len(themes)}}


def _agreement(pairs: list[tuple[int, int]]) -> Found:
    n, same = len(pairs), sum(a == b for a, b in pairs)
    a, b = (fmean(column) for column in zip(*pairs, strict=True))
    chance = a * b + (1 - a) * (1 - b)
    values = [value for pair in pairs for value in pair]
    unlike = 2 * sum(values) * (len(values) - sum(values)) / (len(values) - 1)
    return {
        "n": n,
        "coder_a": sum(x for x, _y in pairs),
        "coder_b": sum(y for _x, y in pairs),
        "both": sum(x and y for x, y in pairs),
        "agreement_percent": 100 * same / n,
        "kappa": (same / n - chance) / (1 - chance),
        "krippendorff_alpha": 1 - 2 * (n - same) / unlike,
    }


def _contrast(pack: Pack, measure: str) -> Found:
    scores = pack.scores.get((measure, pack.when[0]), {})
    sides = [
        [value for key, value in scores.items() if (key in pack.coached) is side] for side in (True, False)
    ]
    told = [described(side) for side in sides]
    names = ("n", "mean", "sd")
    return {
        "coached": {name: told[0][name] for name in names},
        "not_coached": {name: told[1][name] for name in names},
        "smd": difference_of_means(*sides),
    }


def _number(pack: Pack, name: str, rows: set[str]) -> Found:
    given = {key: float(pack.people[key][name]) for key in rows if pack.people[key].get(name)}
    sides = [
        [value for key, value in given.items() if (key in pack.coached) is side] for side in (True, False)
    ]
    told = described(list(given.values()))
    return told | {"missing": len(rows) - len(given), "smd": difference_of_means(*sides)}


def answered(pack: Pack, timepoint: str) -> set[str]:
    """Who answered anything at a time point."""
    return {person for (_name, key), told in pack.answers.items() if key == timepoint for person in told}


def flagged(pack: Pack, column: str) -> set[str]:
    """Whose row says yes there."""
    return {who for who, row in pack.people.items() if row.get(column) == YES}


def _finished(pack: Pack) -> set[str]:
    return {
        key
        for key, row in pack.people.items()
        if int(row.get("modules_completed") or 0) >= pack.meta["complete_modules"]
    }


def _share(n: int, of: int) -> Found:
    return {"n": n, "of": of, "percent": 100 * n / of if of else None}
