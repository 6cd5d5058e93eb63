"""What is known of each person of a cohort of this site, as of a moment, beside what they answered."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from resilience.coaching import offers
from resilience.coaching.models import Booking, CallDecline, Status
from resilience.engagement.models import ActivityCompletion, How, PageView
from resilience.evaluation.analysis import frozen
from resilience.evaluation.cohorts import Cohort, agreed_to
from resilience.measures.models import LeftOut, Occasion, Response
from resilience.participants.arms import standing as arms
from resilience.participants.models import Coaching, Enrolment, Purpose, Reason, Stage

TRAITS = ("profession", "level", "workplace", "gender", "shifts")
NOT_GIVEN = frozenset({"", "not_said", "prefer_not_to_say"})


def of(cohort: Cohort, responses: list[Response]) -> Iterable[frozen.Person]:
    enrolled = [row.pk for row in cohort.people]
    done = _activities(enrolled, cohort.as_of)
    opened = set(
        PageView.objects.filter(enrolment__in=enrolled, at__lte=cohort.as_of).values_list(
            "enrolment_id", flat=True
        )
    )
    offered, accepted = _offered(cohort, responses), _booked(enrolled, cohort.as_of)
    programme = cohort.evaluation.programme
    grouped = arms.arms_of(enrolled, as_of=cohort.as_of) if programme.has_arms else {}
    how = arms.offers_of(enrolled, as_of=cohort.as_of) if programme.has_arms else {}
    spared = _spared(cohort)
    declined = _because(enrolled, Stage.CALLS, cohort.as_of)
    stopped = _because(enrolled, Stage.STOPPED, cohort.as_of)
    for row in cohort.people:
        modules = _modules(row, done.get(row.pk, set()), cohort)
        yield frozen.Person(
            key=str(row.respondent_id),
            started=row.pk in opened or row.pk in done or modules > 0,
            modules=modules,
            offered_call=row.pk in offered or row.pk in accepted,
            accepted_call=row.pk in accepted,
            withdrew=row.withdrawn_at is not None and row.withdrawn_at <= cohort.as_of,
            characteristics={name: _trait(row, name) for name in TRAITS},
            arm=grouped.get(row.pk, ""),
            spared=tuple(sorted(spared.get(row.respondent_id, ()))),
            offered_how=how.get(row.pk, programme.coaching).lower(),
            declined_because=declined.get(row.pk, ""),
            stopped_because=stopped.get(row.pk, ""),
            unit=_trait(row, "workplace") if programme.why_unit else "",
        )


def _because(enrolled: list[UUID], stage: Stage, as_of: datetime) -> dict[UUID, str]:
    """The code that each of these people gave at this stage, where they gave one."""
    given = Reason.objects.filter(enrolment__in=enrolled, stage=stage, at__lte=as_of)
    return dict(given.order_by("at").values_list("enrolment_id", "code"))


def _spared(cohort: Cohort) -> dict[UUID, set[str]]:
    """At which time points somebody was asked nothing, by the rules of the timetable."""
    mine = {"respondent__in": cohort.respondents, "due_at__lte": cohort.as_of}
    found: dict[UUID, set[str]] = {}
    for respondent, key in LeftOut.objects.filter(**mine).values_list("respondent", "timepoint__key"):
        found.setdefault(respondent, set()).add(key)
    asked = Occasion.objects.filter(respondent__in=list(found)).values_list("respondent", "timepoint__key")
    for respondent, key in asked:
        found[respondent].discard(key)
    return found


def _trait(row: Enrolment, name: str) -> str:
    value = getattr(row.respondent, name)
    return "" if value in NOT_GIVEN else value


def _activities(enrolled: list[UUID], as_of: datetime) -> dict[UUID, set[str]]:
    rows = ActivityCompletion.objects.filter(enrolment__in=enrolled, at__lte=as_of).exclude(how=How.SKIPPED)
    found: dict[UUID, set[str]] = {}
    for enrolment, activity in rows.values_list("enrolment_id", "activity"):
        found.setdefault(enrolment, set()).add(str(activity))
    return found


def _modules(row: Enrolment, done: set[str], cohort: Cohort) -> int:
    """How many modules somebody finished.

    All of them once the programme says so; before that, as many as the plan's `modules` (lists of activities) show.
    """
    if row.modules_done_at is not None and row.modules_done_at <= cohort.as_of:
        return cohort.evaluation.programme.modules
    return sum(
        bool(module) and done.issuperset(module)
        for module in cohort.evaluation.plan.content.get("modules", [])
    )


def _offered(cohort: Cohort, responses: list[Response]) -> set[UUID]:
    """Who agreed to calls and had reached them: the page before them answered, or its window closed; or said no.

    Nobody of a group that has no calls with a coach.
    """
    if cohort.evaluation.programme.coaching == Coaching.NONE:
        return set()
    closed = Occasion.objects.filter(
        Q(closes_at__lte=cohort.as_of), respondent__in=cohort.respondents, timepoint__key=offers.OPENED_BY
    )
    reached = set(closed.values_list("respondent_id", flat=True))
    reached |= {one.respondent_id for one in responses if one.occasion.timepoint.key == offers.OPENED_BY}
    agreed = agreed_to(cohort.people, Purpose.CALLS, as_of=cohort.as_of)
    declined = CallDecline.objects.filter(
        enrolment__in=[row.pk for row in cohort.people], at__lte=cohort.as_of
    )
    there = {row.pk for row in cohort.people if row.respondent_id in reached and row.pk in agreed}
    found = there | set(declined.values_list("enrolment_id", flat=True))
    if not cohort.evaluation.programme.has_arms:
        return found
    return found - arms.without_a_coach(found, as_of=cohort.as_of)


def _booked(enrolled: list[UUID], as_of: datetime) -> set[UUID]:
    booked: QuerySet[Any] = Booking.objects.filter(enrolment__in=enrolled, made_at__lte=as_of)
    return set(booked.exclude(status=Status.HELD).values_list("enrolment_id", flat=True))
