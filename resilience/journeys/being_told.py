"""What somebody wants to be told of short pages: in each of their programmes or not, and at which hours."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.journeys import joining
from resilience.participants.models import Enrolment, Participant


class Nights(models.TextChoices):
    """Whether somebody is on nights, and for how long."""

    NO = "NO", _("No")
    ONE_WEEK = "ONE_WEEK", _("Yes, for a week from today")
    TWO_WEEKS = "TWO_WEEKS", _("Yes, for two weeks from today")
    UNTIL_THEY_SAY = "UNTIL_THEY_SAY", _("Yes, until I say")
    AS_IT_IS = "AS_IT_IS", _("Yes, as I said before")


WEEKS = {Nights.ONE_WEEK: timedelta(weeks=1), Nights.TWO_WEEKS: timedelta(weeks=2)}


def enrolments_of(participant: Participant) -> list[Enrolment]:
    """Return the programmes that somebody takes part in, the newest first."""
    mine = Enrolment.objects.filter(participant=participant, withdrawn_at=None)
    return list(mine.select_related("cohort__programme").order_by("-joined_at"))


def nights_of(participant: Participant, *, now: datetime) -> str:
    """Return which of the choices stands."""
    until = participant.nights_until
    if until is None or until <= now:
        return Nights.NO
    return Nights.UNTIL_THEY_SAY if until == joining.UNTIL_THEY_SAY else Nights.AS_IT_IS


@transaction.atomic
def choose(*, participant: Participant, wanted: Iterable[UUID], nights: str, by: User, now: datetime) -> None:
    """Keep of which programmes somebody wants word, and their nights.

    What waits goes by it from this moment: each message looks at it when it is sent.
    """
    mine = Enrolment.objects.filter(participant=participant, withdrawn_at=None)
    mine.filter(pk__in=wanted).update(no_pages_since=None)
    mine.exclude(pk__in=wanted).filter(no_pages_since=None).update(no_pages_since=now)
    if nights != Nights.AS_IT_IS:
        participant.nights_until = _until(nights, now=now)
        participant.save(update_fields=["nights_until"])
    trail.record(events.MESSAGES_CHOSEN, at=now, target=participant, by=by)


def _until(nights: str, *, now: datetime) -> datetime | None:
    if nights == Nights.NO:
        return None
    return now + WEEKS[nights] if nights in WEEKS else joining.UNTIL_THEY_SAY
