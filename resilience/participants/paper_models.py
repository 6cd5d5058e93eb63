"""What stands on a programme's papers and follows from nothing else."""

from django.db import models

from resilience import db


class Papers(db.Keyed):
    """Whom to ask, where to join, who stands for the programme, who approved it and where it is registered."""

    programme = models.OneToOneField(
        "participants.Programme", on_delete=models.CASCADE, related_name="papers"
    )
    contact = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=200, blank=True)
    sponsor = models.CharField(max_length=300, blank=True)
    approval = models.CharField(max_length=300, blank=True)
    registered = models.CharField(max_length=300, blank=True)
