"""Signs of life."""

from django.db import models


class Heartbeat(models.Model):
    """The last moment at which a part of the site showed that it works."""

    name = models.SlugField(primary_key=True)
    at = models.DateTimeField()
