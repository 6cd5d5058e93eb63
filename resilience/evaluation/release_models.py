"""What left: the counts of each report, and the releases for organisations."""

from django.db import models

from resilience import db
from resilience.accounts.models import User


class PublishedFigures(db.Evidence):
    """What one report showed of its groups, so that a later one gives nothing away that this one hid."""

    evaluation = models.ForeignKey(
        "evaluation.Evaluation", on_delete=models.PROTECT, related_name="published_figures"
    )
    checksum = models.CharField(max_length=64)
    version = models.CharField(max_length=40)
    as_of = models.DateTimeField()
    published_at = models.DateTimeField()
    figures = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "checksum", "version"], name="a_snapshot_is_published_once_by_a_version"
            )
        ]


class OrganisationRelease(db.Evidence):
    """Figures for organisations and the public, of one day: made once, and never again for that day."""

    evaluation = models.ForeignKey(
        "evaluation.Evaluation", on_delete=models.PROTECT, related_name="organisation_releases"
    )
    day = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    figures = models.JSONField()
    exact = models.JSONField(
        default=dict, help_text="numbers of people behind it, for the next release alone"
    )

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "day"], name="one_release_for_organisations_a_day")
        ]
