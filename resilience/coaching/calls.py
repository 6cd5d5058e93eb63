"""The call itself: what each notice leads to, when it is over, and what came of it."""

from datetime import datetime

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events as audit_events
from resilience.audit import trail
from resilience.coaching import dialling, events, finishing, outcomes, reminders, ringing
from resilience.coaching.models import Booking, Call, Outcome, Side, Status
from resilience.coaching.outcomes import Settled


def plan(booking: Booking) -> None:
    """Plan the first ring at the agreed time: the coach's; the participant's follows once the coach is there."""
    dialling.plan(
        booking, side=Side.COACH, due_at=booking.starts_at, not_after=booking.starts_at + dialling.GRACE
    )


@transaction.atomic
def go_on(call: Call, *, now: datetime) -> None:
    """Do what the events of a call lead to: ring the other side, try once more, settle. Safe to run again."""
    call = Call.objects.select_for_update(of=("self",)).select_related("booking").get(pk=call.pk)
    booking = call.booking
    if booking.status != Status.BOOKED or booking.version != call.version:
        return
    known = events.of(call)
    for side in Side.values:
        ringing.plan_next(call, known, side=side, now=now)
    settled = outcomes.settle(known)
    if settled is not None:
        _settle(call, settled, now=now)


def _settle(call: Call, settled: Settled, *, now: datetime) -> None:
    outcome, over_before = "" if settled.pending else settled.outcome, call.ended_at is not None
    changed = not over_before or call.outcome != outcome
    call.outcome, call.minutes = outcome, settled.minutes
    call.bridged_at, call.ended_at = settled.bridged_at, settled.ended_at
    call.save(update_fields=["outcome", "minutes", "bridged_at", "ended_at"])
    if changed:
        trail.record(audit_events.CALL_SETTLED, at=now, target=call, outcome=outcome or "PENDING")
        _tell(call, settled, said_before=over_before, now=now)


def _tell(call: Call, settled: Settled, *, said_before: bool, now: datetime) -> None:
    if outcomes.kept_apart(events.of(call)):
        finishing.take_back(call.booking.enrolment)
        return  # they are offered other people
    if settled.outcome == Outcome.FULFILLED:
        reminders.plan_rating(call, now=now)
        finishing.look(call.booking.enrolment, now=now)
    elif said_before:
        return
    elif settled.outcome == Outcome.PARTICIPANT_NO_SHOW:
        not_now = outcomes.declined(events.of(call), side=Side.PARTICIPANT)
        reminders.plan_missed(call.booking, not_now=not_now, now=now)
    else:
        reminders.plan_sorry(call.booking, now=now)


def proposed(call: Call) -> Settled | None:
    """Return what the telephone's events come to so far: what the coach is asked to agree to."""
    return outcomes.settle(events.of(call))


@transaction.atomic
def say(call: Call, *, outcome: str, minutes: float, by: User, now: datetime) -> None:
    """Keep the coach's word on how a call went; the last word counts, and the events stay as they are."""
    said = call.events.filter(kind=outcomes.COACH_SAID).count()
    latest = call.events.filter(kind=outcomes.COACH_SAID).last()
    word = {"outcome": outcome, "minutes": minutes}
    if latest is None or latest.facts != word:
        events.note(call, kind=outcomes.COACH_SAID, at=now, once=f"{call.pk}:SAID:{said}", **word)
        go_on(call, now=now)
