"""Both sides' own answers after a call: kept apart for good, under each one's pseudonym."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from resilience.coaching.models import Booking, Call, Outcome, RelationshipRating, Side, Status
from resilience.measures import catalogue, responses
from resilience.measures import forms as measure_forms
from resilience.participants.models import Enrolment

ASKED = {
    Side.PARTICIPANT: ("relationship_participant", "call_feedback"),
    Side.COACH: ("relationship_coach", "call_feedback_coach"),
}
# folded away below the others: on listening, on honesty about one's limits, on what was rewarding, on the whole
MORE = {Side.PARTICIPANT: ("call_satisfaction",), Side.COACH: ("call_reward_coach",)}
WITH_THEIR_OPTIONAL = ("call_feedback",)


class Stopped(Exception):
    """The person has stopped taking part; nothing is stored."""


def open_for(booking: Booking) -> Call | None:
    """Return the call that can be answered about: one in which the two talked, by the telephone or the coach's word."""
    over = booking.calls.filter(ended_at__isnull=False).order_by("-version")
    return over.filter(Q(bridged_at__isnull=False) | Q(outcome=Outcome.FULFILLED)).first()


def awaited(enrolment: Enrolment) -> Booking | None:
    """Return the newest booking whose call somebody has yet to answer about, or None."""
    mine = Booking.objects.filter(enrolment=enrolment, status=Status.BOOKED, calls__outcome=Outcome.FULFILLED)
    answered = RelationshipRating.objects.filter(side=Side.PARTICIPANT).values("call__booking")
    return mine.exclude(pk__in=answered).order_by("-starts_at").first()


def given(call: Call, *, side: str) -> bool:
    """Return whether this side has answered."""
    return RelationshipRating.objects.filter(call=call, side=side).exists()


def forms_for(side: str, *, data: Mapping | None = None) -> list[measure_forms.Answers]:
    """Return the forms of a side's page: those asked, and those that are folded away below them."""
    return [_form(key, data) for key in (*ASKED[Side(side)], *MORE[Side(side)])]


def _form(key: str, data: Mapping | None) -> measure_forms.Answers:
    instrument = catalogue.get(key)
    if key in WITH_THEIR_OPTIONAL:
        form = measure_forms.build(replace(instrument, optional=frozenset()), data)
        form.folded = [field for field in form if field.name in instrument.optional]
    else:
        form = measure_forms.build(instrument, data)
        form.folded = list(form) if key in {each for keys in MORE.values() for each in keys} else []
    form.shown = [field for field in form if field.name not in {each.name for each in form.folded}]
    return form


def answers(forms: Sequence[measure_forms.Answers]) -> dict[str, dict[str, int]]:
    """Return the answers of valid forms by instrument."""
    return {form.instrument.key: form.answers for form in forms}


def faults(forms: Sequence[measure_forms.Answers]) -> list[dict]:
    """Return what is to be put right, for the summary on top of the page."""
    return [
        {"target": f"id_{form.add_prefix(key)}_0", "words": f"{form.fields[key].label}: {messages[0]}"}
        for form in forms
        if form.is_bound
        for key, messages in form.errors.items()
    ]


def unfolded(forms: Sequence[measure_forms.Answers]) -> bool:
    """Return whether anything was answered, or is to be put right, among what is folded away."""
    return any(field.errors or field.value() for form in forms for field in form.folded)


def record(
    call: Call, *, side: str, answers: Mapping[str, Mapping[str, int]], now: datetime
) -> RelationshipRating:
    """Keep one side's answers; a second time returns the first and changes nothing. What was not asked stays away.

    Raises Stopped after withdrawal, responses.Odd for an answer that was not offered.
    """
    enrolment = call.booking.enrolment
    if side == Side.PARTICIPANT and enrolment.withdrawn_at is not None:
        raise Stopped
    respondent = enrolment.respondent if side == Side.PARTICIPANT else call.booking.coach.respondent
    relationship, *others = ASKED[Side(side)]
    others += [key for key in MORE[Side(side)] if answers.get(key)]
    try:
        with transaction.atomic():
            first = responses.record(
                respondent=respondent, instrument=relationship, answers=answers[relationship], at=now
            )
            rating = RelationshipRating.objects.create(call=call, side=side, response=first, at=now)
            for key in others:
                responses.record(respondent=respondent, instrument=key, answers=answers[key], at=now)
    except IntegrityError:
        return RelationshipRating.objects.get(call=call, side=side)
    return rating
