"""What got in the way, by stage: how many of those who said why named what."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from resilience.evaluation.analysis import describe


@dataclass(frozen=True, slots=True)
class Named:
    """One reason: how many named it, in per cent of those who gave a reason at this stage."""

    n: int
    percent: float | None


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: how many gave a reason, how many left it out where that is known, and what was named."""

    said: int
    left_out: int | None
    named: Mapping[str, Named]


def table(rows: Iterable[tuple[str, str]], *, happened: Mapping[str, int] | None = None) -> dict[str, Stage]:
    """Return the table of stage and code. `happened` says how often each stage came, with a reason or without."""
    counts: dict[str, Counter] = {}
    for stage, code in rows:
        counts.setdefault(stage, Counter())[code] += 1
    known = happened or {}
    return {
        stage: _stage(counts.get(stage, Counter()), known.get(stage)) for stage in sorted({*counts, *known})
    }


def _stage(counts: Counter, happened: int | None) -> Stage:
    said = counts.total()
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return Stage(
        said=said,
        left_out=None if happened is None else max(0, happened - said),
        named={code: Named(n, describe.percent(n, said)) for code, n in ordered},
    )
