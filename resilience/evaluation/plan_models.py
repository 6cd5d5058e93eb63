"""An evaluation's plan, the versions that it replaced, and what was done otherwise than planned."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db

MOST_WORDS = 2000


class AnalysisPlan(db.Keyed):
    """What will be computed, frozen with date and hash before any outcome is shown.

    `next_content` is a version that is being written; the frozen one stands until that one is frozen.
    """

    evaluation = models.OneToOneField("evaluation.Evaluation", on_delete=models.CASCADE, related_name="plan")
    content = models.JSONField(default=dict)
    frozen_at = models.DateTimeField(null=True)
    hash = models.CharField(max_length=64, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    next_content = models.JSONField(null=True)


class EarlierPlan(db.Evidence):
    """A frozen plan that a later version replaced, as it stood."""

    evaluation = models.ForeignKey(
        "evaluation.Evaluation", on_delete=models.CASCADE, related_name="earlier_plans"
    )
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    hash = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["evaluation", "version"], name="plan_versions_differ")]


class Deviation(db.Evidence):
    """Something that was done otherwise than the frozen plan says, and why: the report prints it."""

    evaluation = models.ForeignKey(
        "evaluation.Evaluation", on_delete=models.CASCADE, related_name="deviations"
    )
    version = models.PositiveSmallIntegerField(help_text=_("the version of the plan that it departs from"))
    at = models.DateTimeField()
    what = models.TextField(max_length=MOST_WORDS)
    why = models.TextField(max_length=MOST_WORDS)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(what__gt="", why__gt=""), name="a_deviation_has_a_reason"
            )
        ]
