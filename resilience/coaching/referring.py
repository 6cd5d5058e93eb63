"""Another kind of help than a coach, and matters of patient safety: counted by day, beside nobody's name."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from resilience.audit import events, trail
from resilience.coaching.models import Help, Referral, SafetyMatter
from resilience.organisations import support
from resilience.organisations.cards import Card
from resilience.participants.models import Enrolment, Programme


def refer(*, enrolment: Enrolment, kind: str, on: date) -> Sequence[Card]:
    """Count that another kind of help is wanted, and return whom to turn to for it; nobody where none is published."""
    Referral.objects.create(programme=enrolment.cohort.programme, kind=Help(kind), on_date=on)
    return contacts(enrolment, kind)


def contacts(enrolment: Enrolment, kind: str) -> Sequence[Card]:
    """Return who offers this kind of help where somebody works; who is there at once stands under "somebody now"."""
    wanted = "" if kind == Help.URGENT else kind
    found = support.cards(enrolment.belongs_to, enrolment.belongs_as)
    return [card for card in found if card.kind_of_help == wanted]


@transaction.atomic
def note_patient_safety(*, programme: Programme, on: date, told: bool, now: datetime) -> None:
    """Keep that a coach had to go further about patients' safety, on which day, and whether the other was told."""
    SafetyMatter.objects.create(programme=programme, on_date=on, participant_told=told)
    trail.record(events.PATIENT_SAFETY_NOTED, at=now, target=programme)
