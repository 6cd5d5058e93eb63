"""Scoring is pure: answers and a rule in, a score or the reason why there is none out."""

from resilience.measures.scoring.rules import (
    Mean,
    Rule,
    Scored,
    Single,
    Table,
    Total,
    Unscorable,
    build,
    score,
)

__all__ = ["Mean", "Rule", "Scored", "Single", "Table", "Total", "Unscorable", "build", "score"]
