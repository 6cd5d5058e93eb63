"""Stopping: in one step, on any day, without a reason."""

from datetime import datetime

from django.db import transaction

from resilience import queue
from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.audit import events, trail
from resilience.coaching import booking, parting, retrying
from resilience.coaching.models import LIVE
from resilience.engagement import seats, sharing
from resilience.measures.models import LeftOut, Occasion, Response, ResultsSeen
from resilience.messaging import outbox
from resilience.participants import about_you, reasons
from resilience.participants.models import Enrolment, Participant, Respondent, Stage, Withdrawal
from resilience.privacy import keys

DELETES = frozenset({Withdrawal.Choice.DELETE, Withdrawal.Choice.DELETE_KEEP})
BLANKED = dict.fromkeys(about_you.FIELDS, "")
TAKE_OUT = "resilience.evaluation.tasks.take_out_the_erased"


@retrying.when_asked
@transaction.atomic
def withdraw(*, enrolment: Enrolment, choice: str, by: User, now: datetime, reason: str = "") -> None:
    """Stop somebody's taking part: calls to come are cancelled, nothing more is sent.

    With either choice of deleting, all that is held about the person goes too, in every programme; with DELETE_KEEP
    the frozen data behind totals that are published keep their numbers. Doing it again changes nothing, but for
    deleting what was kept the first time. A reason of somebody who deletes is counted beside nobody.
    """
    if booking.lock_enrolment(enrolment).withdrawn_at is None:
        _stop(enrolment, choice=choice, by=by, now=now)
        if reason:
            _say_why(enrolment, choice=choice, reason=reason, now=now)
    if choice in DELETES:
        keep = choice == Withdrawal.Choice.DELETE_KEEP
        erase(enrolment.participant, by=by, now=now, stays_in_published=keep)


def _say_why(enrolment: Enrolment, *, choice: str, reason: str, now: datetime) -> None:
    if choice in DELETES:
        reasons.count(cohort=enrolment.cohort, stage=Stage.STOPPED, code=reason, now=now)
    else:
        reasons.give(enrolment=enrolment, stage=Stage.STOPPED, code=reason, now=now)


def _stop(enrolment: Enrolment, *, choice: str, by: User, now: datetime) -> None:
    Withdrawal.objects.create(enrolment=enrolment, at=now, choice=choice)
    cancel_calls(enrolment, by=by, now=now)
    sharing.take_all_back(enrolment=enrolment, by=by, at=now)
    seats.give_all_back(enrolment, by=by, at=now)
    Enrolment.objects.filter(pk=enrolment.pk).update(withdrawn_at=now)
    enrolment.withdrawn_at = now
    outbox.forget(target_id=enrolment.pk, now=now, reason="stopped")
    trail.record(events.WITHDRAWN, at=now, target=enrolment, by=by, choice=str(choice))


def cancel_calls(enrolment: Enrolment, *, by: User, now: datetime) -> int:
    """Cancel the calls that are still to come; return how many."""
    to_come = list(enrolment.bookings.filter(status__in=LIVE, starts_at__gt=now))
    for each in to_come:
        booking.cancel(each, by=by, now=now)
    return len(to_come)


@transaction.atomic
def erase(participant: Participant, *, by: User, now: datetime, stays_in_published: bool) -> None:
    """Delete all that is held about a person, as the field register says: their key first, so that copies go too.

    What was answered goes with it; the pseudonym stays as an empty row, so that nobody is counted twice. Frozen data
    that still hold them are thrown away soon after, but for those behind published totals where they may stay there.
    """
    user, respondents = (
        participant.user,
        list(Respondent.objects.filter(enrolment__participant=participant).values_list("pk", flat=True)),
    )
    trail.record(events.ERASED, at=now, target=participant, by=by)
    parting.tell_coaches(participant, now=now)
    parting.tell_the_carrier(participant, now=now)
    if user.is_staff:  # they keep their work's sign-in
        for grant in user.grants.filter(role=Role.PARTICIPANT, ended_at=None):
            roles.end(user=user, role=Role.PARTICIPANT, programme=grant.programme, by=by, now=now)
        user.drafts.all().delete()
        participant.delete()
    else:
        keys.destroy(user.data_key, at=now)
        user.delete()
    _erase_answers(respondents)
    Respondent.objects.filter(pk__in=respondents).update(
        **BLANKED, erased_at=now, stays_in_published=stays_in_published
    )
    queue.enqueue(TAKE_OUT)


def _erase_answers(respondents: list) -> None:
    mine = Response.objects.filter(respondent__in=respondents)
    while mine.exists():  # a correction protects what it corrects, so the newest go first
        mine.filter(corrected_by=None).erase()
    Occasion.objects.filter(respondent__in=respondents).delete()
    LeftOut.objects.filter(respondent__in=respondents).delete()
    ResultsSeen.objects.filter(respondent__in=respondents).delete()
