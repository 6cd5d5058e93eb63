"""Which pages somebody opened, one row a day."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from resilience import clock
from resilience.engagement import taking_part
from resilience.engagement.models import PageView
from resilience.participants.models import Enrolment


def record(
    *,
    enrolment: Enrolment,
    page: UUID,
    at: datetime,
    revision: int | None = None,
    wording: str = "",
    language: str = "",
) -> None:
    """Keep that a page was opened, in which version, wording and language.

    A second time on the reader's same day changes nothing. Raises Stopped.
    """
    taking_part.require(enrolment)
    day = clock.local_day(at, enrolment.participant.time_zone)
    row = PageView(
        enrolment=enrolment, page=page, day=day, at=at, revision=revision, wording=wording, language=language
    )
    PageView.objects.bulk_create([row], ignore_conflicts=True)


def latest(enrolment: Enrolment, *, among: Iterable[UUID]) -> UUID | None:
    """Return which of these pages was opened last, or None when none was."""
    opened = PageView.objects.filter(enrolment=enrolment, page__in=list(among))
    return opened.order_by("-day", "-at").values_list("page", flat=True).first()
