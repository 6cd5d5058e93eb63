"""Whom a message about questions did not reach: the one place where a manager sees a name, so that somebody can ask.

Names stand apart from study codes, in an order of their own.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from resilience.measures import when_told
from resilience.messaging.models import Outgoing, State
from resilience.participants.models import Enrolment, Programme

ENDED = (State.SENT, State.FAILED)
AT_MOST = 100


@dataclass(frozen=True)
class Undelivered:
    """One person whom the newest message did not reach, by the name that they chose, and why."""

    name: str
    reason: str


def newest_failed() -> Q:
    """Return the condition, on an enrolment, that the newest message about questions did not arrive."""
    newest = _ended(OuterRef(OuterRef("pk"))).values("pk")[:1]
    return Q(Exists(Outgoing.objects.filter(pk=Subquery(newest), state=State.FAILED)))


def _ended(enrolment: object) -> QuerySet[Outgoing]:
    found = Outgoing.objects.filter(target_id=enrolment, kind__in=when_told.KINDS, state__in=ENDED)
    return found.order_by("-settled_at", "pk")


def of(programme: Programme) -> list[Undelivered]:
    """Return whom the newest message did not reach, by name, a hundred at the most."""
    people = Enrolment.objects.filter(newest_failed(), cohort__programme=programme, withdrawn_at=None)
    found = list(people.select_related("participant__user")[:AT_MOST])
    reasons = _reasons([each.pk for each in found])
    rows = [Undelivered(each.participant.chosen_name, reasons.get(each.pk, "")) for each in found]
    return sorted(rows, key=lambda row: (not row.name, row.name.casefold()))


def _reasons(enrolments: list[UUID]) -> dict[UUID, str]:
    failed = Outgoing.objects.filter(target_id__in=enrolments, kind__in=when_told.KINDS, state=State.FAILED)
    return dict(failed.order_by("settled_at").values_list("target_id", "reason"))
