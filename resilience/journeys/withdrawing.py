"""Stopping: in one step, on any day, without a reason."""

from datetime import datetime

from django.db import transaction

from resilience import languages
from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.audit import events, trail
from resilience.coaching import booking, retrying
from resilience.coaching.models import LIVE
from resilience.engagement import seats, sharing
from resilience.measures.models import LeftOut, Occasion, Response
from resilience.messaging import outbox
from resilience.participants import consent
from resilience.participants.models import Enrolment, Participant, Purpose, Respondent, Withdrawal
from resilience.privacy import keys

DELETE = Withdrawal.Choice.DELETE
BLANKED = {"profession": "", "level": "", "workplace": "", "gender": "", "shifts": ""}


@retrying.when_asked
@transaction.atomic
def withdraw(*, enrolment: Enrolment, choice: str, by: User, now: datetime) -> None:
    """Stop somebody's taking part: calls to come are cancelled, nothing more is sent.

    With the choice DELETE, all that is held about the person goes too. Doing it again changes nothing, but for
    deleting what was kept the first time.
    """
    if booking.lock_enrolment(enrolment).withdrawn_at is None:
        _stop(enrolment, choice=choice, by=by, now=now)
    if choice == DELETE:
        erase(enrolment.participant, by=by, now=now)


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


@retrying.when_asked
@transaction.atomic
def change_consent(*, enrolment: Enrolment, given: set[str], by: User, now: datetime) -> int:
    """Keep a new answer to each purpose; calls to come are cancelled where calls are no longer agreed to.

    Return how many calls were cancelled. Raises consent.Needed.
    """
    booking.lock_enrolment(enrolment)
    form = consent.current_form(enrolment.cohort.programme, language=languages.now())
    consent.record(enrolment=enrolment, form=form, given=given, by=by, now=now)
    return 0 if Purpose.CALLS in given else cancel_calls(enrolment, by=by, now=now)


@transaction.atomic
def erase(participant: Participant, *, by: User, now: datetime) -> None:
    """Delete all that is held about a person, as the field register says: their key first, so that copies go too.

    What was answered goes with it; the pseudonym stays as an empty row, so that nobody is counted twice.
    """
    user, respondents = (
        participant.user,
        list(Respondent.objects.filter(enrolment__participant=participant).values_list("pk", flat=True)),
    )
    trail.record(events.ERASED, at=now, target=participant, by=by)
    if user.is_staff:  # they keep their work's sign-in
        for grant in user.grants.filter(role=Role.PARTICIPANT, ended_at=None):
            roles.end(user=user, role=Role.PARTICIPANT, programme=grant.programme, by=by, now=now)
        user.drafts.all().delete()
        participant.delete()
    else:
        keys.destroy(user.data_key, at=now)
        user.delete()
    _erase_answers(respondents)
    Respondent.objects.filter(pk__in=respondents).update(**BLANKED, erased_at=now)


def _erase_answers(respondents: list) -> None:
    mine = Response.objects.filter(respondent__in=respondents)
    while mine.exists():  # a correction protects what it corrects, so the newest go first
        mine.filter(corrected_by=None).erase()
    Occasion.objects.filter(respondent__in=respondents).delete()
    LeftOut.objects.filter(respondent__in=respondents).delete()
