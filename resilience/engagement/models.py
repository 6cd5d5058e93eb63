"""What somebody did with the content; pages are named by their translation key, never by a page's id."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.participants.models import Enrolment
from resilience.privacy.fields import EncryptedTextField


class PageView(db.Keyed):
    """A page was opened on a day: one row a day, so that nobody can count visits."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="page_views")
    page = models.UUIDField()
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "page", "day"], name="one_view_a_day")]


class How(models.TextChoices):
    """How an activity ended; skipped is not failed."""

    DONE = "DONE", _("done")
    WITHOUT_WRITING = "WITHOUT_WRITING", _("done without writing")
    SKIPPED = "SKIPPED", _("skipped")


class ActivityCompletion(db.Keyed):
    """An activity is behind somebody, once."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="completions")
    activity = models.UUIDField()
    how = models.CharField(max_length=16, choices=How.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "activity"], name="an_activity_is_completed_once"),
            db.one_of("how", How, name="how_is_known"),
        ]


class Entry(db.Keyed):
    """What somebody wrote in one exercise, theirs alone, under their own key."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="entries")
    page = models.UUIDField()
    exercise = models.SlugField(max_length=60)
    kind = models.SlugField(max_length=30)
    fields = EncryptedTextField(key="enrolment.participant.data_key_id", blank=True, default="")
    schema = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    revisit_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "exercise"], name="one_entry_per_exercise")
        ]
