"""Read a programme's data as of a moment into a dataset."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from resilience.coaching import offers
from resilience.evaluation import (
    circumstances,
    design,
    held_calls,
    imported,
    instruments,
    plans,
    published,
    versions,
    windows,
)
from resilience.evaluation import people as people_of
from resilience.evaluation.analysis import frozen
from resilience.evaluation.cohorts import Cohort as Cohort
from resilience.measures.models import Occasion, Response, Score


def dataset(cohort: Cohort) -> frozen.Dataset:
    """The dataset of everyone who agreed to the evaluation."""
    evaluation = cohort.evaluation
    measures = instruments.measures(evaluation.plan.content)
    responses = _responses(cohort)
    held = tuple(calls(cohort))
    return frozen.Dataset(
        plan=_plan(cohort),
        measures=measures,
        people=tuple(_told(cohort, held) if cohort.imported else people_of.of(cohort, responses)),
        calls=held,
        scores=tuple(_scores(cohort, responses, measures)),
        answers=tuple(_answers(responses)),
        registered=cohort.enrolled,
        design={} if cohort.imported else design.of(evaluation.programme),
        waves=tuple(windows.of(cohort)),
        joined=windows.joined(cohort),
        context=circumstances.of(cohort),
    )


def _plan(cohort: Cohort) -> frozen.Plan:
    """The plan, with what was known already when it was frozen: data from elsewhere, or figures of these people."""
    plan, settled = cohort.evaluation.plan, versions.settled(cohort.evaluation)
    seen = published.seen_before(cohort.evaluation, settled.frozen_at) if settled.frozen_at else None
    return instruments.plan(
        plan,
        due=_due(cohort, plan.content["timepoints"]),
        settled=settled.content,
        collected_before=cohort.imported,
        seen_at=seen,
    )


def people(cohort: Cohort) -> Iterable[frozen.Person]:
    """The people of a cohort that is not imported, read without all of their answers."""
    return people_of.of(cohort, _responses(cohort, occasion__timepoint__key=offers.OPENED_BY))


def calls(cohort: Cohort) -> Iterable[frozen.Call]:
    """The calls of a cohort, each person's in the order in which they came."""
    return imported.calls(cohort.respondents) if cohort.imported else held_calls.of(cohort)


def _told(cohort: Cohort, calls: Iterable[frozen.Call]) -> Iterable[frozen.Person]:
    return imported.frozen_people(cohort.people, had_a_call=imported.attended(calls))


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
