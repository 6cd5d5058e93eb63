"""What coaches do for their own craft: training read, a practice call, profiles, a log, and one another's company."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.accounts.models import User
from resilience.coaching.models import Coach
from resilience.measures.models import Response
from resilience.participants.models import Programme
from resilience.privacy.fields import EncryptedTextField


class ManualRead(db.Keyed):
    """A coach read one part of a programme's manual, in the version of that day."""

    coach = models.ForeignKey(Coach, on_delete=models.CASCADE, related_name="manual_read")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    part = models.SlugField(max_length=20)
    version = models.CharField(max_length=8)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["coach", "programme", "part", "version"], name="a_part_is_read_once_a_version"
            )
        ]


class PracticeCall(db.Keyed):
    """A call with a colleague before the first with a participant, signed off by somebody who leads coaches."""

    coach = models.OneToOneField(Coach, on_delete=models.CASCADE, related_name="practice_call")
    held_date = models.DateField()
    signed_off_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()


class CompetencyProfile(db.Keyed):
    """How a coach, or a peer whom the coach named, sees the coach's craft; without answers while it is awaited."""

    coach = models.ForeignKey(Coach, on_delete=models.CASCADE, related_name="profiles")
    by = models.ForeignKey(Coach, on_delete=models.CASCADE, related_name="profiles_given")
    asked_at = models.DateTimeField()
    response = models.OneToOneField(Response, null=True, on_delete=models.CASCADE, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["coach", "by"],
                condition=models.Q(answered_at=None),
                name="one_profile_is_awaited_from_each",
            )
        ]


class LogEntry(db.Keyed):
    """What a coach noted about their own learning: for nobody else."""

    coach = models.ForeignKey(Coach, on_delete=models.CASCADE, related_name="log")
    words = EncryptedTextField(key="coach.user.data_key_id")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]


class TrainingInterest(db.Keyed):
    """Which training somebody would take up, by their role then; the newest answer stands."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=20)
    topics = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "programme"], name="one_interest_per_person_and_programme"
            )
        ]


class Post(db.Keyed):
    """A few lines by a coach to the other coaches of a programme."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    coach = models.ForeignKey(Coach, on_delete=models.CASCADE, related_name="posts")
    words = models.TextField(max_length=2000, help_text=_("nothing about a participant"))
    at = models.DateTimeField()
    taken_down_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at"]


class PeerSupervision(db.Keyed):
    """Coaches of a programme meet to talk over how they coach."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    coach = models.ForeignKey(Coach, on_delete=models.CASCADE, related_name="+", help_text=_("who set it"))
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    coming = models.ManyToManyField(Coach, related_name="peer_supervisions")
    called_off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at"]
