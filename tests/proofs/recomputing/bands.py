"""Scores in bands, and the ways from band to band in classes: what the drawings of a report are made of."""

import math
from collections import Counter

from tests.proofs.recomputing.changes import Found
from tests.proofs.recomputing.reading import SCALES, Pack, ends

MOST = 13


def bands(pack: Pack, key: str, instrument: str, scale: str | None) -> Found:
    """The limits of one measure's bands, how many people are in each, and where they went."""
    when = pack.asked_at(instrument)
    limits = _limits(pack, instrument, scale)
    pairs = {one: _moves(pack, key, one, limits) for one in when[1:] if when[0] == pack.when[0]}
    spreads = {one: _spread(pack, key, one, limits) for one in when}
    for one, spread in spreads.items():
        if spread["counts"]:
            spread["counts"] = _told(spread["counts"], pairs, one)
    return {"edges": limits, "scores": spreads, "pairs": pairs}


def _told(counts: list[int], pairs: Found, when: str) -> list[int]:
    """Counts as a report tells them: by fives, and never so few that each way there is one person's."""
    found = []
    for band, n in enumerate(counts):
        told, near = ([pairs[when]] if when in pairs else pairs.values()), 5 * math.floor(n / 5 + 0.5)
        way = 1 if when in pairs else 0
        least = [sum(cell[2] for cell in one["cells"] or () if cell[way] == band) for one in told]
        found.append(near + 5 if max(least, default=0) > near + 1 else near)
    return found


def _limits(pack: Pack, instrument: str, scale: str | None) -> list[float]:
    """Halfway between two possible scores, so that no score lies on one; equally many scores in each band."""
    low, high = ends(pack, instrument, scale)
    answers = ends(pack, instrument, scale) if SCALES[instrument, scale][0] == "mean" else None
    least, most = answers or pack.meta["range"][instrument]
    possible = len(SCALES[instrument, scale][1]) * round(most - least) + 1
    apart, wide = (high - low) / (possible - 1), math.ceil(possible / MOST)
    return [low + apart * (wide * place - 0.5) for place in range(math.ceil(possible / wide) + 1)]


def _spread(pack: Pack, key: str, when: str, limits: list[float]) -> Found:
    values = pack.scores.get((key, when), {}).values()
    there = Counter(_band(value, limits) for value in values)
    counts = [there[place] for place in range(len(limits) - 1)]
    return {"n": len(values), "counts": counts if len(values) >= 10 else None}


def _moves(pack: Pack, key: str, later: str, limits: list[float]) -> Found:
    pairs = pack.pairs(key, later)
    ways = Counter((_band(before, limits), _band(after, limits)) for _who, before, after in pairs)
    cells = [[*way, 10 if n >= 10 else 5 if n >= 5 else 1] for way, n in sorted(ways.items())]
    return {"n": len(pairs), "cells": cells if len(pairs) >= 10 else None}


def _band(value: float, limits: list[float]) -> int:
    return sum(value >= limit for limit in limits[1:-1])
