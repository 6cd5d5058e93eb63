"""Who runs a programme, where its people work, and whom they can turn to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db


class Organisation(db.Keyed):
    """A trust, ambulance service or university: its name, data controller and incident link."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    data_controller = models.CharField(max_length=300, blank=True)
    incident_url = models.URLField(blank=True, help_text=_("Where staff report an incident the usual way"))

    def __str__(self) -> str:
        return self.name


class Unit(db.Keyed):
    """A ward, team or course within an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="units")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="unit_names_differ")]


class SupportRoute(db.Keyed):
    """Somebody to talk to: of one organisation, or of the whole country when none is named."""

    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="support_routes"
    )
    label = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    sms = models.CharField(max_length=60, blank=True)
    url = models.URLField(blank=True)
    urgent = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position", "label"]
