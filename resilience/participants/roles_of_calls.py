"""As what somebody talks with a participant: a coach, unless a programme offers another role too."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleOfCalls(models.TextChoices):
    """One of these is declared for each two people who talk."""

    COACH = "COACH", _("coach")
    MENTOR = "MENTOR", _("mentor")
    ADVISER = "ADVISER", _("adviser")


ALWAYS = RoleOfCalls.COACH
