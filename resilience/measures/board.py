"""Where everybody stands at each time point: how many, and which study codes; never a name, never an answer.

One question to the database for each time point, however many people there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from resilience.measures import undelivered
from resilience.measures.models import LeftOut, Occasion, Timepoint
from resilience.participants.models import ConsentRecord, Enrolment, Programme, Purpose, Readiness


class Standing(TextChoices):
    """Where one person stands at one time point."""

    NOT_YET = "NOT_YET", _("not yet due")
    OPEN_EARLY = "OPEN_EARLY", _("open before its day")
    DUE = "DUE", _("due")
    PAUSED = "PAUSED", _("due, has paused")
    NOT_NOW = "NOT_NOW", _("due, said “not now”: we do not write")
    NOT_AGREED = "NOT_AGREED", _("due, is not in the evaluation: we do not write")
    UNDELIVERED = "UNDELIVERED", _("due, a message could not be delivered")
    EARLY = "EARLY", _("answered early")
    IN_TIME = "IN_TIME", _("answered in time")
    LATE = "LATE", _("answered late")
    PARTLY = "PARTLY", _("answered in part")
    OVERTAKEN = "OVERTAKEN", _("overtaken by later questions")
    LEFT_OUT = "LEFT_OUT", _("asked shortly before, so left out")
    CLOSED = "CLOSED", _("closed without an answer")
    STOPPED = "STOPPED", _("stopped before answering")


@dataclass(frozen=True)
class Column:
    """One time point with how many stand where, in the order of `Standing`."""

    timepoint: Timepoint
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Chosen:
    """What the list of study codes is narrowed to."""

    timepoint: Timepoint | None
    standing: str


@dataclass(frozen=True)
class Line:
    """One person by the short form of their study code."""

    code: str
    standing: Standing


def chosen(plan: Sequence[Timepoint], *, timepoint: str, standing: str) -> Chosen:
    """Return what an address asks for; the first time point and everybody where it names nothing that there is."""
    first = next(iter(plan), None)
    return Chosen(
        next((each for each in plan if each.key == timepoint), first),
        standing if standing in Standing.values else "",
    )


def counted(programme: Programme, plan: Sequence[Timepoint], *, now: datetime) -> list[Column]:
    """Return for each time point how many people stand where."""
    return [_column(programme, each, now) for each in plan]


def _column(programme: Programme, timepoint: Timepoint, now: datetime) -> Column:
    standing = _people(programme, timepoint, now).values("standing").annotate(n=Count("pk")).order_by()
    found = dict(standing.values_list("standing", "n"))
    return Column(timepoint, tuple(found.get(each, 0) for each in Standing.values))


def rows(columns: Sequence[Column]) -> list[dict]:
    """Return the same counts with a row for each standing, as the page shows them."""
    return [
        {
            "value": each.value,
            "label": each.label,
            "cells": [(column.timepoint, column.counts[place]) for column in columns],
        }
        for place, each in enumerate(Standing)
    ]


def listed(
    programme: Programme, timepoint: Timepoint, *, standing: str, now: datetime
) -> QuerySet[Enrolment]:
    """Return pairs of a study id and where that person stands at a time point, by their code."""
    people = _people(programme, timepoint, now)
    narrowed = people.filter(standing=standing) if standing else people
    return narrowed.order_by("respondent_id").values_list("respondent_id", "standing")


def line(row: tuple) -> Line:
    """Return one person as the list shows them."""
    study_id, standing = row
    return Line(str(study_id)[:8], Standing(standing))


def _people(programme: Programme, timepoint: Timepoint, now: datetime) -> QuerySet[Enrolment]:
    there = Enrolment.objects.filter(
        cohort__programme=programme, respondent__is_test=False, respondent__erased_at=None
    )
    return there.annotate(standing=_standing(timepoint, now))


def _standing(timepoint: Timepoint, now: datetime) -> Case:
    """Return where a person stands: what was answered comes first, then why it was not, then whether it is open."""
    cases = [*_answered(timepoint), *_over(timepoint, now), *_open(timepoint, now)]
    whens = [When(condition, then=Value(standing.value)) for condition, standing in cases]
    return Case(*whens, default=Value(Standing.NOT_YET.value), output_field=CharField())


def _any(timepoint: Timepoint, *conditions: Q, **more: object) -> Q:
    mine = Occasion.objects.filter(
        *conditions, respondent=OuterRef("respondent_id"), timepoint=timepoint, **more
    )
    return Q(Exists(mine))


def _answered(timepoint: Timepoint) -> list[tuple[Q, Standing]]:
    given, open_still = _any(timepoint, responses__isnull=False), _any(timepoint, responses=None)
    late = _any(timepoint, responses__submitted_at__gte=F("late_at"))
    early = _any(timepoint, responses__submitted_at__lt=F("due_at"))
    return [
        (given & open_still, Standing.PARTLY),
        (given & late, Standing.LATE),
        (given & early, Standing.EARLY),
        (given, Standing.IN_TIME),
    ]


def _over(timepoint: Timepoint, now: datetime) -> list[tuple[Q, Standing]]:
    mine = LeftOut.objects.filter(respondent=OuterRef("respondent_id"), timepoint=timepoint)
    asked = _any(timepoint)
    return [
        (_any(timepoint, overtaken_at__isnull=False), Standing.OVERTAKEN),
        (asked & ~_any(timepoint, closes_at__gt=now), Standing.CLOSED),
        (Q(withdrawn_at__isnull=False), Standing.STOPPED),
        (~asked & Q(Exists(mine.filter(why="OVERTAKEN"))), Standing.OVERTAKEN),
        (~asked & Q(Exists(mine)), Standing.LEFT_OUT),
    ]


def _open(timepoint: Timepoint, now: datetime) -> list[tuple[Q, Standing]]:
    asked = _any(timepoint)
    return [
        (asked & Q(readiness=Readiness.NOT_NOW), Standing.NOT_NOW),
        (asked & Q(paused_until__gt=now), Standing.PAUSED),
        (asked & _not_agreed(), Standing.NOT_AGREED),
        (asked & undelivered.newest_failed(), Standing.UNDELIVERED),
        (_any(timepoint, due_at__gt=now), Standing.OPEN_EARLY),
        (asked, Standing.DUE),
    ]


def _not_agreed() -> Q:
    """Return the condition, on an enrolment, that its newest answer is not to be in the evaluation."""
    newest = ConsentRecord.objects.filter(enrolment=OuterRef(OuterRef("pk")), purpose=Purpose.EVALUATION)
    agreed = ConsentRecord.objects.filter(pk=Subquery(newest.order_by("-at").values("pk")[:1]), given=True)
    return ~Q(Exists(agreed))
