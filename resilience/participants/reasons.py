"""Why somebody said no: asked once at each stage, optional, one tap; one list of codes for all stages."""

from collections.abc import Iterable
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from resilience import clock
from resilience.participants.models import Cohort, Enrolment, Reason, Stage, Why

OFFERED = {
    Stage.JOINING: (Why.NO_TIME, Why.WORN_OUT, Why.NOT_CLEAR, Why.PRIVACY, Why.NOT_NOW, Why.NOT_FOR_ME),
    Stage.NOT_NOW: (Why.NO_TIME, Why.WORN_OUT, Why.NOT_CLEAR, Why.STIRRED_UP, Why.PRIVACY),
    Stage.CONSENT: (Why.NOT_CLEAR, Why.PRIVACY, Why.NO_TIME, Why.NOT_FOR_ME),
    Stage.CALLS: (
        Why.NO_TIME, Why.WORN_OUT, Why.NOT_NOW, Why.NOT_BY_PHONE, Why.NOT_CLEAR, Why.NOT_FOR_ME, Why.ONE_IS_ENOUGH,
    ),
    Stage.CANCELLED: (Why.WORK, Why.NO_TIME, Why.WORN_OUT, Why.STIRRED_UP, Why.HAVE_ENOUGH, Why.NOT_NOW),
    Stage.MISSED: (Why.WORK, Why.FORGOT, Why.NO_TIME, Why.WORN_OUT, Why.STIRRED_UP),
    Stage.STOPPED: (
        Why.NO_TIME, Why.WORN_OUT, Why.HAVE_ENOUGH, Why.NOT_CLEAR, Why.STIRRED_UP, Why.PRIVACY, Why.MOVED_ON,
        Why.NOT_FOR_ME,
    ),
}  # fmt: skip


class NotOffered(ValueError):
    """This code is not among those of the stage."""


def choices(stage: str) -> list[tuple[str, str]]:
    """Return the codes of a stage with their words; "something else" comes last."""
    return [(code.value, code.label) for code in (*OFFERED[Stage(stage)], Why.OTHER)]


@transaction.atomic
def give(*, enrolment: Enrolment, stage: str, code: str, about: str = "", now: datetime) -> Reason:
    """Keep why somebody said no; another tap at the same stage replaces it. Raises NotOffered."""
    _check(stage, code)
    kept, _new = Reason.objects.update_or_create(
        enrolment=enrolment,
        stage=stage,
        about=about,
        defaults={"code": code, "at": now, "cohort_id": enrolment.cohort_id},
    )
    return kept


def count(*, cohort: Cohort, stage: str, code: str, now: datetime) -> Reason:
    """Count a reason beside nobody: of somebody who never joined, or has their data deleted. Raises NotOffered."""
    _check(stage, code)
    zone = cohort.programme.time_zone
    day = datetime.combine(clock.local_day(now, zone), time(), tzinfo=ZoneInfo(zone))
    return Reason.objects.create(cohort=cohort, stage=stage, code=code, at=day)


def said(enrolment: Enrolment, stage: str, *, about: str = "") -> str:
    """Return the code that somebody gave, or an empty string."""
    mine = Reason.objects.filter(enrolment=enrolment, stage=stage, about=about)
    return mine.values_list("code", flat=True).first() or ""


def rows(*, programme: UUID, as_of: datetime, enrolments: Iterable[UUID]) -> list[tuple[str, str]]:
    """Return stage and code of each reason as of a moment: of these enrolments, and of those who are nobody's."""
    given = Reason.objects.filter(cohort__programme=programme, at__lte=as_of).order_by("stage", "code")
    among = set(enrolments)
    found = given.values_list("stage", "code", "enrolment_id")
    return [(stage, code) for stage, code, whose in found if whose is None or whose in among]


def _check(stage: str, code: str) -> None:
    if stage not in Stage.values or code not in dict(choices(stage)):
        raise NotOffered(f"{stage}: {code}")
