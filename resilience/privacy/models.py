"""Keys."""

from django.db import models

from resilience import db


class DataKey(db.Keyed):
    """The key under which one person's words are kept, wrapped by the site's own key.

    Destroying it makes those words unreadable for good, also in older backups of the data.
    """

    wrapped = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wrapped__isnull=False, destroyed_at__isnull=True)
                | models.Q(wrapped__isnull=True, destroyed_at__isnull=False),
                name="data_key_is_whole_or_destroyed",
            )
        ]
