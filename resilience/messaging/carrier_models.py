"""What the carrier refuses for a reason that only the operator can take away, and what it is to delete."""

from django.db import models

from resilience import db


class CarrierTrouble(db.Keyed):
    """One such reason with the carrier's code, from when it was first met until it was over; nobody is named."""

    reason = models.CharField(max_length=20)
    evidence = models.CharField(max_length=60)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reason", "evidence"], condition=models.Q(ended_at=None), name="one_open_trouble"
            )
        ]


class CarrierRecord(db.Keyed):
    """A text or call of somebody who had all deleted, by the carrier's name, until it is deleted there too."""

    ref = models.CharField(max_length=64, unique=True)
    is_call = models.BooleanField()
    noted_at = models.DateTimeField(db_index=True)
