"""Pausing for a while, and going on: nothing is sent meanwhile but word of an appointment that stands."""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.engagement import taking_part
from resilience.journeys import joining
from resilience.measures import invitations
from resilience.participants.models import Enrolment, Readiness


class Choice(models.TextChoices):
    """For how long somebody pauses, or that they go on."""

    TWO_WEEKS = "TWO_WEEKS", _("Pause for 2 weeks")
    FOUR_WEEKS = "FOUR_WEEKS", _("Pause for 4 weeks")
    UNTIL_THEY_SAY = "UNTIL_THEY_SAY", _("Pause until I say")
    GO_ON = "GO_ON", _("Go on: write to me again")


WEEKS = {Choice.TWO_WEEKS: timedelta(weeks=2), Choice.FOUR_WEEKS: timedelta(weeks=4)}


@transaction.atomic
def choose(*, enrolment: Enrolment, choice: str, by: User, now: datetime) -> None:
    """Pause somebody's messages for as long as they choose, or let them come again. Raises taking_part.Stopped."""
    stored = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    taking_part.require(stored)
    if choice == Choice.GO_ON and stored.readiness == Readiness.NOT_NOW:
        joining.choose(enrolment=enrolment, way=Readiness.START, ask_again_on=None, by=by, now=now)
    enrolment.paused_until = _until(choice, now=now)
    enrolment.save(update_fields=["paused_until"])
    invitations.take_up(enrolment=enrolment, now=now)
    trail.record(events.PAUSE_CHOSEN, at=now, target=enrolment, by=by, choice=str(choice))


def _until(choice: str, *, now: datetime) -> datetime | None:
    if choice == Choice.GO_ON:
        return None
    return now + WEEKS[choice] if choice in WEEKS else joining.UNTIL_THEY_SAY


def standing(enrolment: Enrolment, *, now: datetime) -> tuple[bool, datetime | None]:
    """Return whether somebody has paused, and until when; no day where they said "until I say"."""
    until = enrolment.paused_until
    if until is None or until <= now:
        return False, None
    return True, None if until == joining.UNTIL_THEY_SAY else until
