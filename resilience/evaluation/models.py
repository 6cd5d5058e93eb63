"""Plans, frozen data, runs and reports."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.accounts.models import User
from resilience.evaluation.export_models import AccessToken, DataExport, ExportState  # noqa: F401 - as below
from resilience.evaluation.imported_models import (  # noqa: F401 - Django looks for an app's models here
    CodedComment,
    DatasetImport,
    ImportedCall,
    ImportedPerson,
    ImportState,
)
from resilience.evaluation.interview_models import (  # noqa: F401 - as above
    InterviewDraw,
    InterviewPick,
    InterviewReply,
    InterviewsInvited,
)
from resilience.evaluation.plan_models import (  # noqa: F401 - as above
    AnalysisPlan,
    Deviation,
    EarlierPlan,
)
from resilience.evaluation.system_models import SystemOutcome, Thing  # noqa: F401 - as above
from resilience.participants.models import Programme


class Evaluation(db.Keyed):
    """One evaluation of a programme."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="evaluations")
    approached = models.JSONField(default=dict, help_text=_("how many were approached, by channel"))
    complaints = models.PositiveIntegerField(
        null=True, help_text=_("how many complaints were made of the programme; empty where nobody told")
    )
    came_with = models.JSONField(
        default=dict, help_text=_("what a pack told of its cohort that no row can tell")
    )


class DatasetSnapshot(db.Evidence):
    """The data as of a moment, with a checksum; its files lie below `var/snapshots/`."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="snapshots")
    as_of = models.DateTimeField()
    taken_at = models.DateTimeField()
    checksum = models.CharField(max_length=64)


class RunState(models.TextChoices):
    """How far a run got."""

    ASKED = "ASKED", _("waiting for a worker")
    RUNNING = "RUNNING", _("being built")
    DONE = "DONE", _("done")
    FAILED = "FAILED", _("could not be built")
    CANCELLED = "CANCELLED", _("cancelled")


class AnalysisRun(db.Keyed):
    """One computation, from the snapshot to the report's files."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="runs")
    snapshot = models.ForeignKey(DatasetSnapshot, null=True, on_delete=models.PROTECT, related_name="runs")
    as_of = models.DateTimeField()
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=RunState.choices, default=RunState.ASKED)
    step = models.CharField(max_length=40, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [db.one_of("state", RunState, name="run_state_is_known")]


class Report(db.Evidence):
    """The files of a finished run, below `var/reports/<id>/`."""

    run = models.OneToOneField(AnalysisRun, on_delete=models.PROTECT, related_name="report")
    made_at = models.DateTimeField()
    version = models.CharField(max_length=40)
    checksum = models.CharField(max_length=64)


from resilience.evaluation.release_models import OrganisationRelease, PublishedFigures  # noqa: E402, F401 - as above
