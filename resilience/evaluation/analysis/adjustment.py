"""Adjust p values for having asked more than one question."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

HOLM = "holm"
BENJAMINI_HOCHBERG = "benjamini-hochberg"
BY_NAME = {"holm": HOLM, "bh": BENJAMINI_HOCHBERG}  # as a plan names them; another word adjusts nothing

Key = TypeVar("Key", bound=Hashable)


def holm(values: Mapping[Key, float]) -> dict[Key, float]:
    """Step-down adjusted p values (Holm 1979)."""
    return _adjusted(values, "holm")


def benjamini_hochberg(values: Mapping[Key, float]) -> dict[Key, float]:
    """Step-up adjusted p values that bound the share of false discoveries (Benjamini and Hochberg 1995)."""
    return _adjusted(values, "fdr_bh")


def by(method: str, values: Mapping[Key, float]) -> dict[Key, float]:
    """Adjusted p values by one of the methods above; as they are by any other."""
    return {HOLM: holm, BENJAMINI_HOCHBERG: benjamini_hochberg}.get(method, dict)(values)


def _adjusted(values: Mapping[Key, float], method: str) -> dict[Key, float]:
    from statsmodels.stats.multitest import multipletests

    if not values:
        return {}
    found = multipletests(list(values.values()), method=method)[1]
    return {key: float(p) for key, p in zip(values, found, strict=True)}
