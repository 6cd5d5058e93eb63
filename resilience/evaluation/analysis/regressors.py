"""The columns that a model adjusts for: numbers as they are, categories as ones and noughts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from resilience.evaluation.analysis.columns import Coded, Columns

if TYPE_CHECKING:
    from numpy import ndarray


def known(table: Columns, covariates: tuple[str, ...]) -> "ndarray":
    """Who gave every covariate; the others cannot be adjusted for, and are left out."""
    import numpy

    rows = numpy.ones(table.n, dtype=bool)
    for name in covariates:
        if name in table.numbers:
            rows &= ~numpy.isnan(table.numbers[name])
        elif name in table.traits:
            rows &= table.traits[name].codes >= 0
    return rows


def columns(table: Columns, covariates: tuple[str, ...], rows: "ndarray") -> dict[str, "ndarray"]:
    """A column for each number, and for each group of a category but the commonest among these rows.

    A covariate that nobody's data hold, or that is the same for everyone here, has none.
    """
    found: dict[str, ndarray] = {}
    for name in covariates:
        if name in table.numbers:
            values = table.numbers[name][rows]
            if len(values) and values.min() < values.max():
                found[name] = values
        elif name in table.traits:
            found |= dummies(name, table.traits[name], rows)
    return found


def dummies(name: str, trait: Coded, rows: "ndarray") -> dict[str, "ndarray"]:
    """Ones and noughts for each group of some rows, against the commonest of them (the first by name of several)."""
    counts = {label: n for label, n in trait.counts(rows).items() if n}
    reference, codes = _commonest(counts), trait.codes[rows]
    return {f"{name}={label}": codes == trait.labels.index(label) for label in counts if label != reference}


def references(table: Columns, covariates: tuple[str, ...], rows: "ndarray") -> dict[str, str]:
    """The group of each category that the others are set against, where there are others among these rows."""
    found = {name: table.traits[name].counts(rows) for name in covariates if name in table.traits}
    return {name: _commonest(counts) for name, counts in found.items() if sum(map(bool, counts.values())) > 1}


def _commonest(counts: Mapping[str, int]) -> str:
    return max(counts, key=lambda label: counts[label], default="")
