"""A change of a frozen page, made for safety: when, why and by whom."""

from django.db import models

from resilience import db
from resilience.accounts.models import User


class ContentFix(db.Evidence):
    """Why a page was changed while its programme was under evaluation; it has no personal words of a participant."""

    programme = models.SlugField()
    page = models.UUIDField()
    title = models.CharField(max_length=255)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "content fixes"
        indexes = [models.Index(fields=["programme", "-at"], name="fixes_of_a_programme")]
