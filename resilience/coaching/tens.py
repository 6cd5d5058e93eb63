"""What others than a coach see of that coach's calls: sums over every full ten, and nothing of a single call."""

TEN = 10


def full(items: list) -> list:
    """Return the first ten, twenty, thirty; up to nine wait, so that two looks never tell what came between them."""
    return items[: len(items) // TEN * TEN]
