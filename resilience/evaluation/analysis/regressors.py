"""The columns that a model adjusts for: numbers as they are, categories as ones and noughts."""

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
    reference = max(counts, key=lambda label: counts[label], default="")
    codes = trait.codes[rows]
    return {f"{name}={label}": codes == trait.labels.index(label) for label in counts if label != reference}
