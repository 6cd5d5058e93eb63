"""What a report says of a programme that belongs to no person: sums and dates, as of a moment."""

from collections import Counter
from datetime import timedelta
from statistics import median
from typing import Any

from resilience.audit import events
from resilience.audit.models import AuditEvent
from resilience.coaching import coach_reports, guides, two_sides
from resilience.engagement.models import PageView
from resilience.evaluation import held_calls, imported, system_outcomes
from resilience.evaluation.cohorts import Cohort
from resilience.evaluation.dataset import told_of_cohort
from resilience.measures import budget
from resilience.measures.models import ContactWish
from resilience.participants import reasons

Context = dict[str, Any]

WITHIN = (24, 72)  # hours


def of(cohort: Cohort) -> Context:
    """The sums that a snapshot holds. Of data from elsewhere it is what an evaluator told, and the coding."""
    told = {"approached": cohort.evaluation.approached} | system_outcomes.told(cohort.evaluation)
    found = told | (_of_a_pack(cohort) if cohort.imported else _of_this_site(cohort))
    return {name: value for name, value in found.items() if value}


def _of_a_pack(cohort: Cohort) -> Context:
    told = cohort.evaluation.complaints
    safety = {} if told is None else {"complaints": told}
    return {
        "coding": imported.coding(cohort.respondents),
        "safety": safety,
        "calls_before": cohort.evaluation.came_with.get(told_of_cohort.CALLS_BEFORE),
        "not_told": told_of_cohort.missing(cohort),
    }


def _of_this_site(cohort: Cohort) -> Context:
    programme, enrolled = cohort.evaluation.programme, [row.pk for row in cohort.people]
    given = reasons.rows(programme=programme.pk, as_of=cohort.as_of, enrolments=enrolled)
    return {
        "calls_before": held_calls.before(cohort),
        "coaching": _coaching(cohort, enrolled),
        "safety": _safety(cohort, enrolled),
        "reasons": _counted(given),
        "content_version": _content(cohort, enrolled),
        "fidelity": _fidelity(cohort, enrolled),
        "question_counts": _questions(cohort),
    }


def _counted(given: list[tuple[str, str]]) -> Context:
    """How often each code was given at each stage."""
    found: dict[str, Counter] = {}
    for stage, code in given:
        found.setdefault(stage, Counter())[code] += 1
    return {stage: dict(codes) for stage, codes in found.items()}


def _coaching(cohort: Cohort, enrolled: list) -> Context:
    totals = coach_reports.of_enrolments(enrolled, as_of=cohort.as_of)
    if not totals.calls:
        return {}
    return {
        "calls": totals.calls,
        "call_minutes": totals.call_minutes,
        "preparation_minutes": totals.preparation_minutes,
        "notes_minutes": totals.notes_minutes,
        "own_time": {
            "calls": totals.in_own_time,
            "of": totals.of_own_time,
            "percent": totals.own_time_percent,
        },
        "pairs": two_sides.agreement(enrolled, as_of=cohort.as_of),
        "satisfaction": two_sides.satisfaction(enrolled, as_of=cohort.as_of),
    }


def _fidelity(cohort: Cohort, enrolled: list) -> Context:
    """How much of the guide was held, over all coaches: each stage, of the calls of which a coach said so."""
    totals = coach_reports.of_enrolments(enrolled, as_of=cohort.as_of)
    if not totals.calls:
        return {}
    calls = guides.of(cohort.evaluation.programme).calls
    stages = {
        str(number): coach_reports.stages_of(
            enrolled,
            as_of=cohort.as_of,
            guide_call=number,
            titles=[stage["title"] for stage in call.get("stages", [])],
        )
        for number, call in enumerate(calls, start=1)
    }
    return {
        "calls": totals.calls, "told": totals.told, "stages_held": totals.stages_held,
        "stages_of": totals.stages_of, "stages": stages,
    }  # fmt: skip


def _safety(cohort: Cohort, enrolled: list) -> Context:
    """How many asked to be contacted, within how many hours somebody took it, and what was told of complaints."""
    wishes = ContactWish.objects.filter(enrolment__in=enrolled, asked_at__lte=cohort.as_of)
    asked = list(wishes.values_list("asked_at", "taken_at"))
    waited = sorted(
        (taken - wanted) / timedelta(hours=1) for wanted, taken in asked if taken and taken <= cohort.as_of
    )
    return {
        "contacts_asked": len(asked),
        "contacts_taken": len(waited),
        "hours": {"median": median(waited), "longest": waited[-1]} if waited else {},
        "taken_within": {str(hours): sum(each <= hours for each in waited) for hours in WITHIN},
        "complaints": cohort.evaluation.complaints,
    }


def _content(cohort: Cohort, enrolled: list) -> Context:
    """Since when the content is kept, what was shown of it, and on which days it was changed for safety."""
    programme = cohort.evaluation.programme
    shown = PageView.objects.filter(enrolment__in=enrolled, at__lte=cohort.as_of)
    pages = set(shown.values_list("page", "revision").order_by().distinct())
    fixed = AuditEvent.objects.filter(
        event=events.CONTENT_FIXED, facts__programme=programme.slug, at__lte=cohort.as_of
    )
    since = programme.content_frozen_on
    return {
        "frozen_on": since.isoformat() if since else None,
        "pages": len({page for page, _revision in pages}),
        "versions_of_pages": len(pages),
        "fixed_on": sorted({at.date().isoformat() for at in fixed.values_list("at", flat=True)}),
    }


def _questions(cohort: Cohort) -> Context:
    burden = budget.planned(cohort.evaluation.programme)
    sittings = {
        each.timepoint.key: {"questions": each.questions, "minutes": each.minutes} for each in burden.sittings
    }
    return {"sittings": sittings, "in_all": burden.in_all, "with_calls": burden.with_calls}
