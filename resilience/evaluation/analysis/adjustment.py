"""Adjust p values for having asked more than one question."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

HOLM = "holm"
BENJAMINI_HOCHBERG = "benjamini-hochberg"

Key = TypeVar("Key", bound=Hashable)


def holm(values: Mapping[Key, float]) -> dict[Key, float]:
    """Step-down adjusted p values (Holm 1979): the smallest is multiplied by their number, and so on."""
    adjusted, largest = {}, 0.0
    for passed, (key, p) in enumerate(sorted(values.items(), key=lambda entry: entry[1])):
        largest = max(largest, min(1.0, (len(values) - passed) * p))
        adjusted[key] = largest
    return adjusted


def benjamini_hochberg(values: Mapping[Key, float]) -> dict[Key, float]:
    """Step-up adjusted p values that bound the share of false discoveries (Benjamini and Hochberg 1995)."""
    adjusted, smallest = {}, 1.0
    ranked = sorted(values.items(), key=lambda entry: entry[1])
    for rank, (key, p) in reversed(list(enumerate(ranked, start=1))):
        smallest = min(smallest, p * len(values) / rank)
        adjusted[key] = smallest
    return adjusted
