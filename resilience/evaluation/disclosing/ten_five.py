"""The rule for organisations and the public: counts under 10 are hidden, and all others rounded to 5."""

from collections.abc import Mapping
from typing import Any

HIDE_BELOW, STEP = 10, 5
REACH = STEP // 2  # a count lies at most so far from what it is rounded to
ALMOST_ALL, ALMOST_NOBODY = 99.5, 0.5  # per cent: printed without decimals these are 100 and 0

Figures = Mapping[str, Any]
Count = dict[str, Any]

STEPS = (
    "registered", "consented", "started", "completed_modules", "offered_call", "accepted_call", "one_call_or_more",
    "two_calls_or_more", "withdrew", "answered_all",
)  # fmt: skip


def count(n: int | None) -> Count:
    """A count under the rule."""
    if n is None or n < HIDE_BELOW:
        return {"n": None, "hidden": True}
    return {"n": STEP * int(n / STEP + 0.5)}


def share(part: int | None, whole: int | None) -> Count:
    """A count and its percentage, which follows from the rounded numbers alone: an exact one would give them away."""
    one, other = count(part), count(whole)
    if one["n"] is None or other["n"] is None:
        return one | {"of": other["n"], "percent": None, "hidden": True}
    return one | {"of": other["n"]} | percentage(one["n"], other["n"])


def percentage(n: int, of: int) -> Count:
    """What rounded counts say of a share: a percentage, and where it would say all or nobody no more than a limit.

    65 of 65 may be 63 of 67, so that it is "94 % or more": the lowest share of which both counts are what is left.
    """
    found = 100 * n / of
    if found >= ALMOST_ALL:
        return {"percent": None, "percent_at_least": int(100 * max(HIDE_BELOW, n - REACH) / (of + REACH))}
    if found < ALMOST_NOBODY:
        return {"percent": None, "percent_below": 1}
    return {"percent": found}


def figures(released: Figures) -> dict[str, Any]:
    """What may leave, from figures that have passed disclosure control once already."""
    flow = released["flow"]
    return {
        "format": "release/1",
        "rule": "10-5",
        "programme": released["programme"],
        "synthetic": released["synthetic"],
        "as_of": released["snapshot"]["as_of"][:10],
        "flow": {step: count(flow.get(step)) for step in STEPS if _is_known(step, released)}
        | {"answered": {when: share(n, flow["baseline"]) for when, n in flow["answered"].items()}},
        "characteristics": _characteristics(released["characteristics"]),
        "acceptability": {
            item: share(one["agree"], one["n"]) for item, one in released.get("acceptability", {}).items()
        },
        "reliable_change": _reliable(released),
    }


def _is_known(step: str, released: Figures) -> bool:
    """A pack may not tell how many enrolled beside those who are in it."""
    return step != "registered" or "no_consent" not in released["snapshot"].get("not_told", ())


def _characteristics(found: Figures) -> dict[str, Any]:
    return {
        name: {group: share(one["n"], found["n"]) for group, one in category["groups"].items()}
        for name, category in found.items()
        if isinstance(category, Mapping) and "groups" in category
    }


def _reliable(released: Figures) -> dict[str, Any]:
    """Of the primary measures: how many were reliably better, unchanged and worse."""
    return {
        measure: {
            when: {kind: share(one[kind], one["n"]) for kind in ("improved", "unchanged", "worse")}
            for when, one in released["measures"][measure]["reliable_change"].items()
        }
        for measure in released["plan"]["primary"]
    }


def exact(released: Figures) -> dict[str, int]:
    """How many people stand behind a release: never shown, and what the next one is set against."""
    flow = released["flow"]
    return {"consented": flow["consented"]} | {f"answered {when}": n for when, n in flow["answered"].items()}


def too_few_changed(now: Mapping[str, int], before: Mapping[str, int]) -> bool:
    """Whether a release would tell of fewer than ten people who came or went since the last."""
    return all(abs(n - before.get(key, 0)) < HIDE_BELOW for key, n in now.items())
