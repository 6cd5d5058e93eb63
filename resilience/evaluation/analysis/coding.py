"""Do two people who read the same comments see the same themes in them?

Kappa and alpha answer that for a code book that both apply. For a reading that each makes their own they do not fit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from resilience.evaluation.analysis import describe, reasons

Cells = Mapping[str, int]  # both, only_a, only_b, neither


@dataclass(frozen=True, slots=True)
class Theme:
    """How two coders agree on one theme, over the comments that both read."""

    n: int
    coder_a: int
    coder_b: int
    both: int
    agreement_percent: float | None
    kappa: float | None
    krippendorff_alpha: float | None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Overall:
    """All themes together: each comment with each theme is one thing to agree about."""

    n: int
    themes: int
    agreement_percent: float | None
    krippendorff_alpha: float | None
    why: str | None = None


def tabulate(rows: Iterable[tuple[str, str, Mapping[str, bool]]]) -> dict[str, dict[str, int]]:
    """Count, for each theme, the comments in which both, one or neither of the two coders saw it.

    Rows are comment, coder and themes; where more than two coded, the two who read most (the first by name of several).
    """
    read: dict[str, dict[str, Mapping[str, bool]]] = {}
    for comment, coder, themes in rows:
        read.setdefault(coder, {})[comment] = themes
    pair = sorted(sorted(read, key=lambda coder: (-len(read[coder]), coder))[:2])
    if len(pair) < 2:
        return {}
    first, second = (read[coder] for coder in pair)
    shared = sorted(first.keys() & second.keys())
    names = sorted({name for coder in (first, second) for comment in shared for name in coder[comment]})
    return {name: _cells([(first[one], second[one]) for one in shared], name) for name in names}


def _cells(pairs: Sequence[tuple[Mapping[str, bool], Mapping[str, bool]]], theme: str) -> dict[str, int]:
    seen = [(bool(a[theme]), bool(b[theme])) for a, b in pairs if theme in a and theme in b]
    return {
        "both": seen.count((True, True)),
        "only_a": seen.count((True, False)),
        "only_b": seen.count((False, True)),
        "neither": seen.count((False, False)),
    }


def agree(table: Mapping[str, Cells]) -> dict[str, Theme]:
    """How the two coders agree, theme by theme."""
    return {name: _theme(cells) for name, cells in table.items()}


def overall(table: Mapping[str, Cells]) -> Overall:
    """How they agree on everything."""
    cells = {
        name: sum(one[name] for one in table.values()) for name in ("both", "only_a", "only_b", "neither")
    }
    found = _theme(cells)
    return Overall(
        found.n, len(table), found.agreement_percent, found.krippendorff_alpha,
        found.why if table else reasons.ONE_CODER,
    )  # fmt: skip


def _theme(cells: Cells) -> Theme:
    both, only_a, only_b, neither = (cells[name] for name in ("both", "only_a", "only_b", "neither"))
    n = both + only_a + only_b + neither
    counts = (n, both + only_a, both + only_b, both, describe.percent(both + neither, n))
    if not n:
        return Theme(*counts, None, None, reasons.NOTHING_CODED)
    if n in (both, neither):
        return Theme(*counts, None, None, reasons.SAME_CODE)
    return Theme(*counts, kappa([[both, only_a], [only_b, neither]]), alpha(both, only_a + only_b, neither))


def kappa(table: Sequence[Sequence[int]]) -> float:
    """Cohen's kappa of a square table of two coders."""
    from statsmodels.stats.inter_rater import cohens_kappa

    return float(cohens_kappa(table, return_results=False))


def alpha(both: int, differ: int, neither: int) -> float:
    """Krippendorff's alpha of two coders and a code that is there or not, from the coincidences of their values.

    Krippendorff 2011, "Computing Krippendorff's alpha-reliability", case A: 1 - (n - 1) o / (n0 n1), o the number of
    coincidences of unlike values in one order and n all values.
    """
    there, absent = 2 * both + differ, 2 * neither + differ
    return 1 - (there + absent - 1) * differ / (there * absent)
