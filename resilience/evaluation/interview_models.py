"""Who was drawn for an interview and how, that they were invited, and what they said."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.participants.models import Enrolment, Respondent
from resilience.privacy.fields import EncryptedTextField


class Stratum(models.TextChoices):
    """By what the people who are drawn are to differ."""

    PROFESSION = "PROFESSION", _("Profession")
    COACHED = "COACHED", _("Whether they had a call")
    FINISHED = "FINISHED", _("Whether every part is behind them")


class InterviewDraw(db.Evidence):
    """One draw, with all that it takes to draw again: the seed, the groups, and a fingerprint of who could be drawn."""

    evaluation = models.ForeignKey(
        "evaluation.Evaluation", on_delete=models.PROTECT, related_name="interview_draws"
    )
    number = models.PositiveSmallIntegerField()
    drawn_by = models.UUIDField()
    drawn_at = models.DateTimeField()
    seed = models.CharField(max_length=40)
    wanted = models.PositiveSmallIntegerField()
    strata = models.JSONField(default=list)
    frame_size = models.PositiveIntegerField()
    frame_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "number"], name="draws_of_an_evaluation_are_numbered"
            )
        ]


class InterviewPick(db.Evidence):
    """Somebody who was drawn; nobody is drawn twice."""

    draw = models.ForeignKey(InterviewDraw, on_delete=models.PROTECT, related_name="picks")
    respondent = models.OneToOneField(Respondent, on_delete=models.PROTECT, related_name="interview_pick")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["draw__number", "place"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "place"], name="places_in_a_draw_differ"),
        ]

    @property
    def name(self) -> str:
        """Return what an interview is called by those who may not know the code: "2.5" is the fifth of draw 2."""
        return f"{self.draw.number}.{self.place}"


class InterviewsInvited(db.Evidence):
    """The people of a draw were written to, once."""

    draw = models.OneToOneField(InterviewDraw, on_delete=models.PROTECT, related_name="invited")
    invited_by = models.UUIDField()
    invited_at = models.DateTimeField()


class InterviewReply(db.Keyed):
    """Yes or no, and how to reach somebody who said yes; it goes when they delete their data."""

    pick = models.OneToOneField(InterviewPick, on_delete=models.PROTECT, related_name="reply")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="interview_replies")
    yes = models.BooleanField()
    reach = EncryptedTextField(key="enrolment.participant.data_key_id", blank=True, default="")
    said_at = models.DateTimeField()
