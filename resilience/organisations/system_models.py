"""What gets in the way at work, as sums, and what is being done about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.privacy.fields import EncryptedTextField
from resilience.privacy.models import DataKey


class Factor(models.TextChoices):
    """What may get in the way of careful work; there is no box for words."""

    STAFFING = "STAFFING", _("Staffing")
    INTERRUPTIONS = "INTERRUPTIONS", _("Interruptions")
    EQUIPMENT = "EQUIPMENT", _("Equipment")
    HANDOVER = "HANDOVER", _("Handover")
    LAYOUT = "LAYOUT", _("Layout")
    ROTA = "ROTA", _("Rota")
    UNCLEAR_RULES = "UNCLEAR_RULES", _("Unclear rules")
    FEAR_OF_BLAME = "FEAR_OF_BLAME", _("Fear of blame")
    SOMETHING_ELSE = "SOMETHING_ELSE", _("Something else")


class SystemList(db.Keyed):
    """What people of one organisation raised, as sums: those that wait are sealed, those of ten or more are shown.

    No row tells of one person: neither what somebody chose nor when.
    """

    organisation = models.OneToOneField(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="system_list"
    )
    key = models.OneToOneField(DataKey, on_delete=models.PROTECT, related_name="+")
    waiting = EncryptedTextField(key="key_id", blank=True, default="")
    shown = models.JSONField(default=dict, help_text=_("sums by unit, of groups of ten or more people"))


class ActionState(models.TextChoices):
    """How far an action has come."""

    RAISED = "RAISED", _("raised")
    TAKEN_ON = "TAKEN_ON", _("taken on")
    DONE = "DONE", _("done")


class SystemAction(db.Keyed):
    """What is being done about one thing that gets in the way, and which post took it on."""

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="system_actions"
    )
    unit = models.ForeignKey(
        "organisations.Unit", null=True, blank=True, on_delete=models.SET_NULL, related_name="system_actions"
    )
    factor = models.CharField(max_length=20, choices=Factor.choices)
    what = models.CharField(max_length=300)
    post = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=ActionState.choices)
    raised_on = models.DateField()
    taken_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-raised_on", "factor", "pk"]
        constraints = [
            db.one_of("factor", Factor, name="factor_is_known"),
            db.one_of("state", ActionState, name="state_of_action_is_known"),
            db.set_exactly_when(
                "done_on", status="state", is_=ActionState.DONE, name="done_on_set_exactly_when_done"
            ),
            models.CheckConstraint(
                condition=models.Q(state=ActionState.RAISED, taken_on=None)
                | models.Q(~models.Q(state=ActionState.RAISED), taken_on__isnull=False, post__gt=""),
                name="an_action_is_taken_on_by_a_post_on_a_day",
            ),
        ]
