"""Who cannot be reached about a short page, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from resilience.measures import undelivered
from resilience.participants.models import Enrolment, Programme, Readiness


class Why(models.TextChoices):
    """Why somebody is not reached; the first that holds counts."""

    NO_ADDRESS = "NO_ADDRESS", _("no address to write to")
    OPTED_OUT = "OPTED_OUT", _("asked for no texts, and there is no e-mail address")
    STOPPED = "STOPPED", _("asked for no word of pages")
    PAUSED = "PAUSED", _("pauses")
    NOT_NOW = "NOT_NOW", _("said “not now”")
    UNDELIVERED = "UNDELIVERED", _("the last message did not arrive")


@dataclass(frozen=True, slots=True)
class Missed:
    """Somebody who is not reached: by study code, and why."""

    enrolment: UUID
    respondent: UUID
    why: str


def not_reachable(programme: Programme, *, now: datetime) -> list[Missed]:
    """Return everybody who takes part and cannot be reached now, each once, by two queries."""
    lost = set(_undelivered(programme).values_list("pk", flat=True))
    taking_part = Enrolment.objects.filter(cohort__programme=programme, withdrawn_at=None)
    read = taking_part.annotate(
        address=F("participant__user__email"), active=F("participant__user__is_active"),
        number=F("participant__phone_index"),
    )  # fmt: skip
    fields = (
        "pk",
        "respondent_id",
        "address",
        "active",
        "number",
        "no_pages_since",
        "paused_until",
        "readiness",
    )
    found = ((row, _why(row, lost, now=now)) for row in read.values_list(*fields, named=True).iterator())
    return [Missed(row.pk, row.respondent_id, why) for row, why in found if why]


def _why(row: object, lost: set[UUID], *, now: datetime) -> str:
    if not row.active or not row.address:
        return Why.OPTED_OUT if row.number and row.active else Why.NO_ADDRESS
    if row.no_pages_since is not None:
        return Why.STOPPED
    if row.readiness == Readiness.NOT_NOW:
        return Why.NOT_NOW
    if row.paused_until is not None and row.paused_until > now:
        return Why.PAUSED
    return Why.UNDELIVERED if row.pk in lost else ""


def _undelivered(programme: Programme) -> QuerySet[Enrolment]:
    """Return the enrolments whose newest message about a page was refused for good."""
    return Enrolment.objects.filter(
        undelivered.newest_failed(), cohort__programme=programme, withdrawn_at=None
    )


def to_put_right(programme: Programme) -> list[Enrolment]:
    """Return those to whom a message could not be delivered: they alone are shown by name to a manager."""
    return list(
        _undelivered(programme)
        .select_related("participant__user", "cohort")
        .order_by("cohort__name", "joined_at")
    )


def in_words(missed: Iterable[Missed]) -> dict[str, int]:
    """Return how many there are for each reason that holds for anybody, in the order of the reasons."""
    why = [each.why for each in missed]
    return {label: why.count(value) for value, label in Why.choices if value in why}
