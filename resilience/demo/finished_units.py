"""Outcomes of three invented units over two periods, for the finished synthetic cohort: no such unit exists."""

from datetime import datetime

from resilience.evaluation import complaints, system_outcomes
from resilience.evaluation.dataset import told_of_units
from resilience.evaluation.models import Evaluation, Thing

APPROACHED = {"email": 160, "poster": 40}
PERIODS = ("2025 Q4", "2026 Q2")
# absence %, mean to leave %, three of the climate (1 to 5), know whom to turn to %, protected minutes
UNITS = {
    "Ward A (invented)": ((5.8, 21, 3.1, 3.4, 3.6, 48, 0), (5.5, 20, 3.2, 3.5, 3.6, 61, 30)),
    "Ward B (invented)": ((6.4, 26, 2.9, 3.2, 3.3, 44, 0), (6.6, 25, 2.9, 3.3, 3.4, 52, 15)),
    "Ambulance station (invented)": ((7.1, 24, 3.0, 3.1, 3.7, 39, 0), (6.8, 24, 3.1, 3.1, 3.7, 47, 0)),
}


def tell_of(evaluation: Evaluation, *, now: datetime) -> None:
    """Tell what became of the invented units, how many invented people were approached, and that none complained."""
    evaluation.approached = APPROACHED
    evaluation.save(update_fields=["approached"])
    complaints.tell(evaluation=evaluation, number=0, by=None, now=now)
    system_outcomes.tell(
        evaluation=evaluation,
        rows=[
            told_of_units.Told(unit, period, outcome, value)
            for unit, numbers in UNITS.items()
            for period, told in zip(PERIODS, numbers, strict=True)
            for outcome, value in zip(Thing.values, told, strict=True)
        ],
        by=None,
        now=now,
    )
