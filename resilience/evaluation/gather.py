"""Read a programme's data as of a moment into a dataset: those who let us use their answers, and nobody else."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from resilience.coaching import offers
from resilience.coaching.models import Booking, Call, CallDecline, Status
from resilience.engagement.models import ActivityCompletion, How, PageView
from resilience.evaluation import design, imported, instruments, plans
from resilience.evaluation.analysis import frozen
from resilience.evaluation.models import Evaluation, ImportedPerson
from resilience.measures.models import LeftOut, Occasion, Response, Score
from resilience.participants.arms import standing as arms
from resilience.participants.models import Coaching, ConsentRecord, Enrolment, Purpose

TRAITS = ("profession", "level", "workplace", "gender", "shifts")
NOT_GIVEN = frozenset({"", "not_said", "prefer_not_to_say"})

Row = Enrolment | ImportedPerson


class Cohort:
    """An evaluation's enrolments, or its imported people, as of a moment: who is in and who is left out."""

    def __init__(self, evaluation: Evaluation, *, as_of: datetime) -> None:
        self.evaluation, self.as_of = evaluation, as_of
        self.imported = bool(evaluation.plan.content.get(plans.IMPORTED))
        rows = imported.people(evaluation, as_of=as_of) if self.imported else self._enrolments()
        self.test = [row for row in rows if row.respondent.is_test]
        self.erased = [row for row in rows if row.respondent.erased_at and not row.respondent.is_test]
        self.registered = [row for row in rows if not row.respondent.is_test and not row.respondent.erased_at]
        self.people = self._agreed()
        self.respondents = self._respondents()

    def _enrolments(self) -> list[Enrolment]:
        programme = self.evaluation.programme
        everyone = Enrolment.objects.filter(cohort__programme=programme, joined_at__lte=self.as_of)
        return list(everyone.select_related("respondent", "cohort__programme").order_by("respondent_id"))

    def _agreed(self) -> list[Row]:
        if self.imported:
            return [row for row in self.registered if imported.agreed(row)]
        agreed = _agreed(self.registered, Purpose.EVALUATION, as_of=self.as_of)
        return [row for row in self.registered if row.pk in agreed]

    def _respondents(self) -> list[UUID] | QuerySet:
        """Whose answers are read: for a pack as a query, since it may hold more people than one can list."""
        if self.imported:
            return imported.respondents(self.evaluation, as_of=self.as_of)
        return [row.respondent_id for row in self.people]


def dataset(cohort: Cohort) -> frozen.Dataset:
    """The dataset of everyone who agreed to the evaluation."""
    plan = cohort.evaluation.plan
    measures = instruments.measures(plan.content)
    responses = _responses(cohort)
    calls = tuple(imported.calls(cohort.respondents) if cohort.imported else _calls(cohort))
    return frozen.Dataset(
        plan=instruments.plan(
            plan.content,
            due=_due(cohort, plan.content["timepoints"]),
            frozen_on=plan.frozen_at.date().isoformat() if plan.frozen_at else None,
            digest=plan.hash,
        ),
        measures=measures,
        people=tuple(_told(cohort, calls) if cohort.imported else _people(cohort, responses)),
        calls=calls,
        scores=tuple(_scores(cohort, responses, measures)),
        answers=tuple(_answers(responses)),
        registered=len(cohort.registered),
        design={} if cohort.imported else design.of(cohort.evaluation.programme),
    )


def people(cohort: Cohort) -> Iterable[frozen.Person]:
    """The people of a cohort that is not imported, read without all of their answers."""
    return _people(cohort, _responses(cohort, occasion__timepoint__key=offers.OPENED_BY))


def calls(cohort: Cohort) -> Iterable[frozen.Call]:
    """The calls of a cohort that is not imported, each person's in the order in which they came."""
    return _calls(cohort)


def _told(cohort: Cohort, calls: Iterable[frozen.Call]) -> Iterable[frozen.Person]:
    return imported.frozen_people(cohort.people, had_a_call=imported.attended(calls))


def _agreed(enrolments: list[Enrolment], purpose: str, *, as_of: datetime) -> set[UUID]:
    """Whose newest record of this purpose says yes."""
    keys = [enrolment.pk for enrolment in enrolments]
    records = ConsentRecord.objects.filter(enrolment__in=keys, purpose=purpose, at__lte=as_of)
    newest = dict(records.order_by("at").values_list("enrolment_id", "given"))
    return {key for key, given in newest.items() if given}


def _due(cohort: Cohort, timepoints: list[str]) -> tuple[str, ...]:
    """The baseline, and each time point that had come for somebody."""
    came = Occasion.objects.filter(respondent__in=cohort.respondents, due_at__lte=cohort.as_of)
    keys = (
        set(timepoints) if cohort.imported else set(came.values_list("timepoint__key", flat=True).distinct())
    )
    return tuple(key for place, key in enumerate(timepoints) if place == 0 or key in keys)


def _responses(cohort: Cohort, **where: Any) -> list[Response]:
    found = standing(as_of=cohort.as_of).filter(respondent__in=cohort.respondents, **where)
    return list(found.order_by("respondent_id", "occasion__timepoint__position", "instrument"))


def standing(*, as_of: datetime) -> QuerySet[Response]:
    """The answers that stand: asked at a time point, and not corrected since."""
    given = Response.objects.filter(occasion__isnull=False, submitted_at__lte=as_of)
    corrected = Response.objects.filter(corrects__isnull=False, submitted_at__lte=as_of).values("corrects")
    return given.exclude(pk__in=corrected).select_related("occasion__timepoint")


def _answers(responses: Iterable[Response]) -> Iterable[frozen.Answer]:
    for response in responses:
        for item, value in response.answers.items():
            if value is None:
                continue  # a pack told that it was left empty
            yield frozen.Answer(
                str(response.respondent_id),
                response.occasion.timepoint.key,
                response.instrument,
                int(item),
                value,
            )


def _scores(cohort: Cohort, responses: list[Response], measures) -> Iterable[frozen.Score]:
    places = {response.pk: response for response in responses}
    known = {measure.key for measure in measures}
    rows = Score.objects.filter(response__respondent__in=cohort.respondents).order_by(
        "response_id", "scale", "method"
    )
    for row in rows.iterator():
        response = places.get(row.response_id)
        if response is None:
            continue
        key = response.instrument if row.scale == plans.WHOLE else f"{response.instrument}.{row.scale}"
        if key in known:
            who, when = str(response.respondent_id), response.occasion.timepoint.key
            yield frozen.Score(who, when, key, row.value, row.n_answered, row.prorated)


def _calls(cohort: Cohort) -> Iterable[frozen.Call]:
    """One row for each call with an outcome, and for each booking that was cancelled."""
    enrolled = [row.pk for row in cohort.people]
    held = Call.objects.filter(booking__enrolment__in=enrolled, started_at__lte=cohort.as_of).exclude(
        outcome=""
    )
    for call in held.select_related("booking__enrolment", "booking__coach").order_by("started_at", "pk"):
        yield _call(call.booking, call.outcome, round(call.minutes or 0))
    ended = Booking.objects.filter(
        enrolment__in=enrolled, status=Status.CANCELLED, cancelled_at__lte=cohort.as_of
    )
    for booking in ended.select_related("enrolment", "coach").order_by("starts_at", "pk"):
        yield _call(booking, frozen.CANCELLED, 0)


def _call(booking: Booking, outcome: str, minutes: int) -> frozen.Call:
    return frozen.Call(
        str(booking.enrolment.respondent_id), str(booking.coach.respondent_id), outcome, minutes, booking.way
    )


def _people(cohort: Cohort, responses: list[Response]) -> Iterable[frozen.Person]:
    enrolled = [row.pk for row in cohort.people]
    done = _activities(enrolled, cohort.as_of)
    opened = set(
        PageView.objects.filter(enrolment__in=enrolled, at__lte=cohort.as_of).values_list(
            "enrolment_id", flat=True
        )
    )
    offered, accepted = _offered(cohort, responses), _booked(enrolled, cohort.as_of)
    grouped = arms.arms_of(enrolled, as_of=cohort.as_of) if cohort.evaluation.programme.has_arms else {}
    spared = _spared(cohort)
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
        )


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
    agreed = _agreed(cohort.people, Purpose.CALLS, as_of=cohort.as_of)
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
