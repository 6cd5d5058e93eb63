"""Who did not come back and what was left out; figures that put the lost ones into the denominator."""

from collections import Counter

from scipy import stats

from tests.proofs.recomputing.changes import Found, described, difference_of_means, moved, wilson
from tests.proofs.recomputing.people import answered
from tests.proofs.recomputing.reading import SCALES, Pack


def missing(pack: Pack) -> Found:
    """What is missing by time point, and by item of the questionnaires that came back."""
    begun = answered(pack, pack.when[0])
    found: Found = {"timepoints": {}, "items": {}, "patterns": _patterns(pack, begun)}
    for key in pack.when:
        there = len(answered(pack, key) & begun)
        gone = len(begun) - there
        found["timepoints"][key] = {
            "asked": len(begun),
            "answered": there,
            "nothing": gone,
            "nothing_percent": 100 * gone / len(begun),
            "items_missing_percent": _passed_over(pack, key),
        }
    for measure, name, scale in pack.measures():
        items = SCALES[name, scale][1]
        found["items"][measure] = {
            key: {str(item): _left(pack, name, key, item) for item in items} for key in pack.asked_at(name)
        }
    return found


def _passed_over(pack: Pack, when: str) -> float | None:
    """Of all that those were asked who answered anything, what they did not answer."""
    asked = [(name, item) for _m, name, scale in pack.measures() for item in SCALES[name, scale][1]
             if when in pack.asked_at(name)]  # fmt: skip
    wanted = len(asked) * len(answered(pack, when))
    given = sum(item in one for name, item in asked for one in pack.answers.get((name, when), {}).values())
    return 100 * (wanted - given) / wanted if wanted else None


def _patterns(pack: Pack, begun: set[str]) -> list[Found]:
    """At which time points people answered, the commonest way first."""
    came = {key: answered(pack, key) for key in pack.when}
    ways = Counter(tuple(key for key in pack.when if who in came[key]) for who in begun)
    return [
        {"answered": list(way), "n": n, "percent": 100 * n / len(begun)}
        for way, n in sorted(ways.items(), key=lambda one: (-one[1], one[0]))
    ]


def paired(pack: Pack, measure: str, later: str) -> Found:
    """How many of those with a baseline score have a later one."""
    n, of = len(pack.pairs(measure, later)), len(pack.scores[measure, pack.when[0]])
    return {"n": n, "of": of, "percent": 100 * n / of if of else None}


def at_worst(pack: Pack, measure: str, found: Found, counted: str) -> Found:
    """Everyone who began as the denominator of those who improved, or got better."""
    if found.get(counted) is None:
        return found
    of = len(pack.scores[measure, pack.when[0]])
    return found | {
        "worst_case_n": of,
        "worst_case_percent": 100 * found[counted] / of if of else None,
        "worst_case_ci": wilson(found[counted], of) if of >= 10 else None,
    }


def leaving(pack: Pack) -> Found:
    """Who means to leave, before and later, and the exact test of those who moved."""
    found: Found = {}
    for measure, name, scale in pack.measures():
        if name == "leaving":
            later = pack.asked_at(name)[1:] if pack.when[0] in pack.asked_at(name) else []
            found[measure] = {key: _moved(pack, measure, SCALES[name, scale][1][0], key) for key in later}
    return found


def last_score(pack: Pack, measure: str, when: list[str]) -> Found:
    """The change to the last score that somebody gave."""
    first, last, source = pack.scores[measure, pack.when[0]], {}, {}
    for key in when:
        for who, value in pack.scores.get((measure, key), {}).items():
            last[who], source[who] = value, key
    both = sorted(first.keys() & last.keys())
    counts = {key: sum(source[who] == key for who in both) for key in when}
    told = moved([(first[who], last[who]) for who in both])
    return {"taken_from": counts, "change": told | ({"p_adjusted": told["p"]} if "p" in told else {})}


def nonresponse(pack: Pack, traits: dict[str, str]) -> Found:
    """The baseline of those who answered later beside that of those who did not."""
    first = pack.when[0]
    begun, found = answered(pack, first), {}
    for key in pack.when[1:]:
        came = begun & answered(pack, key)
        gone, scores = begun - came, {}
        for measure, name, _scale in pack.measures():
            if first in pack.asked_at(name):
                told = pack.scores.get((measure, first), {})
                sides = [[told[who] for who in told if who in side] for side in (came, gone)]
                scores[measure] = {
                    "answered": described(sides[0]),
                    "did_not": described(sides[1]),
                    "smd": difference_of_means(*sides),
                }
        groups = {name: _groups(pack, column, came, gone) for name, column in traits.items()}
        found[key] = {"answered": len(came), "did_not": len(gone), "scores": scores, "traits": groups}
    return found


def _groups(pack: Pack, column: str, came: set[str], gone: set[str]) -> Found:
    sides = [Counter(pack.people[who].get(column, "") for who in side) for side in (came, gone)]
    for side in sides:
        side.pop("", None)
    first, second = (
        {name: _share(side[name], side.total()) for name in sides[0] | sides[1]} for side in sides
    )
    return {
        name: {
            "answered": first[name]["n"],
            "answered_percent": first[name]["percent"],
            "did_not": second[name]["n"],
            "did_not_percent": second[name]["percent"],
        }
        for name in first
    }


def _left(pack: Pack, name: str, key: str, item: int) -> Found:
    told = pack.answers.get((name, key), {})
    gone = sum(item not in one for one in told.values())
    return {"returned": len(told), "missing": gone, "percent": 100 * gone / len(told) if told else None}


def _moved(pack: Pack, measure: str, item: int, later: str) -> Found:
    pairs = [(before >= 4, after >= 4) for _who, before, after in pack.pairs(measure, later)]
    began, stopped = pairs.count((False, True)), pairs.count((True, False))
    n, both = len(pairs), pairs.count((True, True))
    told = pack.answers.get(("leaving", later), {}).values()
    found = {
        "n": n,
        "before": _share(both + stopped, n),
        "later": _share(both + began, n),
        "began": began,
        "stopped": stopped,
        "already_left": sum(one.get(item) == 0 for one in told),
    }
    if n >= 10 and began + stopped:
        few = began + stopped < 25
        away = (abs(began - stopped) - 1) ** 2 / (began + stopped)
        exact = min(1.0, 2 * stats.binom.cdf(min(began, stopped), began + stopped, 0.5))
        found["p"] = float(exact if few else stats.chi2.sf(away, 1))
    return found


def _share(n: int, of: int) -> Found:
    return {"n": n, "of": of, "percent": 100 * n / of if of else None}
