"""What else decides a coach's free times: absences, and what is busy in a calendar of their own."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.coaching.models import Coach
from resilience.privacy.fields import EncryptedTextField


class Absence(db.Keyed):
    """Days on which a coach is away, the first and the last included; no reason is kept."""

    coach = models.ForeignKey(Coach, on_delete=models.CASCADE, related_name="absences")
    first_date = models.DateField()
    last_date = models.DateField()

    class Meta:
        ordering = ["first_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_date__gte=F("first_date")), name="an_absence_ends_after_it_begins"
            )
        ]


class Fault(models.TextChoices):
    """Why a calendar could not be read."""

    UNREACHABLE = "UNREACHABLE", _("it did not answer")
    REFUSED = "REFUSED", _("it is not open to whoever has the address")
    NOT_ALLOWED = "NOT_ALLOWED", _("it lies at an address that we do not ask")
    TOO_LARGE = "TOO_LARGE", _("it is too large")
    NOT_A_CALENDAR = "NOT_A_CALENDAR", _("what came is not a calendar")


class BusyFeed(db.Keyed):
    """The address of a coach's own calendar; only the busy times of it are kept. `read_at` is when it last worked."""

    coach = models.OneToOneField(Coach, on_delete=models.CASCADE, related_name="busy_feed")
    address = EncryptedTextField(key="coach.user.data_key_id")
    asked_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=14, choices=Fault.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fault__in=["", *Fault.values]), name="fault_of_a_calendar_is_known"
            )
        ]


class BusySpan(db.Keyed):
    """A time when a coach is busy by a calendar of their own; never what with."""

    coach = models.ForeignKey(Coach, on_delete=models.CASCADE, related_name="busy_spans")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_busy_time_has_a_length")
        ]
        indexes = [models.Index(fields=["coach", "ends_at"])]
