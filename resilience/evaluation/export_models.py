"""What leaves for evaluators: exports that were asked for, and tokens by which a program of theirs may read."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.accounts.models import User
from resilience.participants.models import Programme


class ExportState(models.TextChoices):
    """How far an export got. One that is gone was made, and its files were thrown away since."""

    ASKED = "ASKED", _("waiting for a worker")
    RUNNING = "RUNNING", _("being written")
    DONE = "DONE", _("done")
    FAILED = "FAILED", _("could not be written")
    CANCELLED = "CANCELLED", _("cancelled")
    GONE = "GONE", _("its files were deleted")


class DataExport(db.Keyed):
    """One release of an evaluation's rows; its files lie below `var/exports/<id>/` for some days.

    `exact` keeps background facts as they are, also where they are shared by so few that somebody could be known.
    """

    evaluation = models.ForeignKey("evaluation.Evaluation", on_delete=models.PROTECT, related_name="exports")
    exact = models.BooleanField(default=False)
    as_of = models.DateTimeField()
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=ExportState.choices, default=ExportState.ASKED)
    percent = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    people = models.PositiveIntegerField(null=True)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [db.one_of("state", ExportState, name="export_state_is_known")]


class AccessToken(db.Keyed):
    """A secret by which a program of an evaluator reads what its owner may read of one programme; kept as a hash."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="access_tokens")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="access_tokens")
    name = models.CharField(max_length=80)
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("made_at")), name="a_token_ends_after_it_was_made"
            )
        ]

    @property
    def last_moment(self) -> datetime:
        """Return a moment of the last day on which it holds."""
        return self.ends_at - timedelta(seconds=1)
