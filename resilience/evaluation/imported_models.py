"""People whose data came from elsewhere as a dataset pack: facts as they stood there, and no sign-in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.accounts.models import User
from resilience.evaluation.analysis import frozen
from resilience.participants.models import Respondent

LONGEST_CODE = 80


class ImportState(models.TextChoices):
    """How far an import got: first the pack is checked, then, once somebody says so, taken in."""

    ASKED = "ASKED", _("waiting to be checked")
    CHECKING = "CHECKING", _("being checked")
    CHECKED = "CHECKED", _("checked")
    WANTED = "WANTED", _("waiting to be taken in")
    RUNNING = "RUNNING", _("being taken in")
    DONE = "DONE", _("done")
    FAILED = "FAILED", _("could not be taken in")
    CANCELLED = "CANCELLED", _("cancelled")


class DatasetImport(db.Keyed):
    """One pack that was brought in, or is about to be; `found` says what its files hold and what is wrong in them."""

    programme = models.SlugField(
        help_text=_("also the evaluation; made with the import where there are none")
    )
    evaluation = models.ForeignKey(
        "evaluation.Evaluation", null=True, on_delete=models.PROTECT, related_name="imports"
    )
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=ImportState.choices, default=ImportState.ASKED)
    leave_out = models.BooleanField(default=False)
    found = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [db.one_of("state", ImportState, name="import_state_is_known")]


class ImportedPerson(db.Keyed):
    """One row of participants.csv. What a column left empty, or left out, is null or empty here."""

    evaluation = models.ForeignKey(
        "evaluation.Evaluation", on_delete=models.PROTECT, related_name="imported_people"
    )
    respondent = models.OneToOneField(Respondent, on_delete=models.PROTECT, related_name="imported")
    code = models.CharField(max_length=LONGEST_CODE, help_text=_("the study code it came with"))
    imported_at = models.DateTimeField()
    site = models.CharField(max_length=LONGEST_CODE, blank=True)
    unit = models.CharField(max_length=LONGEST_CODE, blank=True)
    profession = models.CharField(max_length=LONGEST_CODE, blank=True)
    gender = models.CharField(max_length=LONGEST_CODE, blank=True)
    arm = models.CharField(max_length=LONGEST_CODE, blank=True)
    age = models.FloatField(null=True)
    years_qualified = models.FloatField(null=True)
    consented = models.BooleanField(null=True)
    baseline_done = models.BooleanField(null=True)
    started = models.BooleanField(null=True)
    modules_completed = models.PositiveSmallIntegerField(null=True)
    coaching_offered = models.BooleanField(null=True)
    coaching_accepted = models.BooleanField(null=True)
    calls_attended = models.PositiveSmallIntegerField(null=True)
    withdrew = models.BooleanField(null=True)
    is_test = models.BooleanField(null=True)
    erased = models.BooleanField(null=True)
    done = models.JSONField(default=dict, help_text=_("time point to whether it was done, as told"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "code"], name="imported_codes_differ"),
        ]


class ImportedCall(db.Keyed):
    """One row of calls.csv."""

    person = models.ForeignKey(ImportedPerson, on_delete=models.CASCADE, related_name="calls")
    number = models.PositiveSmallIntegerField()
    coach = models.CharField(max_length=LONGEST_CODE, blank=True)
    minutes = models.FloatField(null=True)
    outcome = models.CharField(max_length=20)
    background = models.CharField(
        max_length=12, blank=True, default="", help_text=_("whether the coach has worked with patients")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="imported_calls_differ"),
            models.CheckConstraint(
                condition=models.Q(background__in=["", frozen.CLINICAL, frozen.NOT_CLINICAL]),
                name="imported_background_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    outcome__in=[frozen.FULFILLED, frozen.PARTICIPANT_NO_SHOW, frozen.CANCELLED]
                ),
                name="imported_outcome_is_known",
            ),
        ]


class CodedComment(db.Keyed):
    """One coder's reading of one comment: each theme of the code book, seen in it or not."""

    evaluation = models.ForeignKey(
        "evaluation.Evaluation", on_delete=models.PROTECT, related_name="coded_comments"
    )
    person = models.ForeignKey(ImportedPerson, on_delete=models.CASCADE, related_name="coded_comments")
    comment = models.TextField(help_text=_("its code, or its words"))
    coder = models.CharField(max_length=LONGEST_CODE)
    themes = models.JSONField(default=dict, help_text=_("theme to true or false"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "comment", "coder"], name="a_coder_reads_a_comment_once"
            )
        ]
