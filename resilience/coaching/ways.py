"""How the two talk, and where somebody will be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How the two talk; we ring for the telephone alone."""

    PHONE = "PHONE", _("telephone")
    TEXT_RELAY = "TEXT_RELAY", _("text relay")
    VIDEO = "VIDEO", _("video")
    IN_PERSON = "IN_PERSON", _("in person")


class Place(models.TextChoices):
    """Where somebody will be; a hint to themselves."""

    CAR = "CAR", _("in a parked car")
    HOME = "HOME", _("at home")
    ROOM = "ROOM", _("in a quiet room")
    ELSEWHERE = "ELSEWHERE", _("somewhere else")


OTHERS = tuple(way for way in Way if way != Way.PHONE)
