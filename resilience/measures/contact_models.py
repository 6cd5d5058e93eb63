"""Somebody asked to be contacted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.participants.models import Enrolment
from resilience.privacy.fields import EncryptedTextField


class By(models.TextChoices):
    """How somebody wants to be contacted."""

    PHONE = "PHONE", _("By telephone")
    EMAIL = "EMAIL", _("By e-mail")


class ContactWish(db.Keyed):
    """Asked for by the person alone; who they are is shown to the one lead who takes it, and to nobody before."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="contact_wishes")
    by = models.CharField(max_length=5, choices=By.choices)
    safe_time = EncryptedTextField(key="enrolment.participant.data_key_id", blank=True, default="")
    asked_at = models.DateTimeField()
    taken_by = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            db.one_of("by", By, name="contact_is_by_a_known_way"),
            models.UniqueConstraint(
                fields=["enrolment"], condition=models.Q(taken_at=None), name="one_waiting_wish_for_contact"
            ),
            models.CheckConstraint(
                condition=models.Q(taken_by=None, taken_at=None)
                | models.Q(taken_by__isnull=False, taken_at__isnull=False),
                name="a_wish_is_taken_by_somebody_at_some_time",
            ),
        ]
