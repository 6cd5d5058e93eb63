"""For whom a page is: every page class says so."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    """Who may read a kind of page."""

    EVERYONE = "EVERYONE", _("everyone, without signing in")
    PARTICIPANTS = "PARTICIPANTS", _("people who take part in its programme")
