"""What became of a unit, and not of its people: absence, leaving, how it is to work there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db

LONGEST_UNIT, LONGEST_PERIOD = 300, 40


class Thing(models.TextChoices):
    """What is told of a unit; the three of the climate are the three statements on the place of work."""

    ABSENCE = "absence", _("Sickness absence, % of working time")
    LEAVING = "turnover_intention", _("Staff who mean to leave, %")
    UNSURE = "climate_unsure", _("Climate: people can say they are unsure, mean of 1 to 5")
    SENIORS = "climate_seniors", _("Climate: it is clear when seniors want to be called, mean of 1 to 5")
    ASKING = "climate_asking", _("Climate: others are easy to ask, mean of 1 to 5")
    AWARENESS = "support_awareness", _("Staff who know whom to turn to, %")
    PROTECTED = "protected_time", _("Protected time, minutes a person and month")


class SystemOutcome(db.Keyed):
    """One number for one unit and period. The same unit and period again replaces it."""

    evaluation = models.ForeignKey(
        "evaluation.Evaluation", on_delete=models.CASCADE, related_name="system_outcomes"
    )
    unit = models.CharField(max_length=LONGEST_UNIT)
    period = models.CharField(max_length=LONGEST_PERIOD)
    outcome = models.CharField(max_length=20, choices=Thing.choices)
    value = models.FloatField()
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["unit", "period", "outcome"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "unit", "period", "outcome"], name="one_number_a_unit_and_period"
            ),
            db.one_of("outcome", Thing, name="system_outcome_is_known"),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="a_system_outcome_is_not_below_0"),
        ]
