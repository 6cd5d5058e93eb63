"""The trail."""

from django.db import models

from resilience import db


class AuditEvent(db.Evidence):
    """One thing that was done. Ids only: no foreign key, no name, no words of anybody."""

    at = models.DateTimeField(db_index=True)
    event = models.CharField(max_length=60)
    actor_id = models.UUIDField(null=True)
    target_type = models.CharField(max_length=60, blank=True)
    target_id = models.CharField(max_length=64, blank=True, db_index=True)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["at"]
