"""Agreeing to a purpose and taking it back, one at a time; and what each person is asked to agree to."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from resilience import languages
from resilience.accounts.models import User
from resilience.coaching import booking, retrying
from resilience.journeys import withdrawing
from resilience.measures import permission
from resilience.participants import consent, enrolments
from resilience.participants.models import ConsentForm, ConsentRecord, Enrolment, Programme, Purpose


class Stopped(Exception):
    """The person has stopped taking part; nothing is stored."""


class Changed(Exception):
    """The words are newer than those on the page from which somebody said yes."""


@dataclass(frozen=True)
class Answer:
    """One purpose as it stands for somebody: the record behind it, where they were asked."""

    purpose: str
    given: bool
    record: ConsentRecord | None


@dataclass(frozen=True)
class Sheet:
    """What somebody agreed to in one programme, the words that stand, and whether they agreed to older ones."""

    enrolment: Enrolment
    answers: tuple[Answer, ...]
    words: ConsentForm
    newer: bool


def purposes(programme: Programme) -> list[str]:
    """Return what people of a programme are asked to agree to; ways of coping only where its plan asks of them."""
    needed = permission.purposes_asked_for(programme.pk)
    return [each for each in Purpose.values if each in consent.OF_EVERYBODY or each in needed]


def sheets(user: User) -> list[Sheet]:
    """Return what somebody agreed to in each programme that they take part in, the newest first."""
    mine = enrolments.living(user)
    newest: dict[tuple, ConsentRecord] = {}
    for row in ConsentRecord.objects.filter(enrolment__in=mine).select_related("form").order_by("at"):
        newest[row.enrolment_id, row.purpose] = row
    words = consent.current_forms([each.cohort.programme for each in mine], language=languages.now())
    return [_sheet(each, newest, words[each.cohort.programme_id]) for each in mine]


def _sheet(enrolment: Enrolment, newest: dict[tuple, ConsentRecord], words: ConsentForm) -> Sheet:
    rows = {each: newest.get((enrolment.pk, each)) for each in purposes(enrolment.cohort.programme)}
    answers = tuple(Answer(each, bool(row and row.given), row) for each, row in rows.items())
    agreed = rows[Purpose.TAKE_PART]
    return Sheet(enrolment, answers, words, newer=bool(agreed and agreed.form.version < words.version))


@retrying.when_asked
@transaction.atomic
def change(*, enrolment: Enrolment, purpose: str, yes: bool, by: User, now: datetime, read: str = "") -> int:
    """Keep a new answer to one purpose; calls to come are cancelled where calls are no longer agreed to.

    Return how many calls were cancelled. `read` is the version that was on the page: a yes is to words that were
    seen, a no holds whatever they say. Raises Stopped, Changed, consent.Unknown or consent.Needed.
    """
    stored = booking.lock_enrolment(enrolment)
    if stored.withdrawn_at is not None:
        raise Stopped
    programme = enrolment.cohort.programme
    if purpose not in purposes(programme) and (yes or purpose not in Purpose.values):
        raise consent.Unknown(purpose)
    form = consent.current_form(programme, language=languages.now())
    if yes and read not in ("", str(form.version)):
        raise Changed
    consent.change(enrolment=enrolment, form=form, purpose=purpose, yes=yes, by=by, now=now)
    taken_back = purpose == Purpose.CALLS and not yes
    return withdrawing.cancel_calls(enrolment, by=by, now=now) if taken_back else 0


@transaction.atomic
def agree_again(*, enrolment: Enrolment, version: int, by: User, now: datetime) -> bool:
    """Keep every answer under the words that stand now; return False where `version` is no longer theirs.

    Raises Stopped or consent.Needed.
    """
    if booking.lock_enrolment(enrolment).withdrawn_at is not None:
        raise Stopped
    form = consent.current_form(enrolment.cohort.programme, language=languages.now())
    if form.version != version:
        return False
    consent.agree_again(enrolment=enrolment, form=form, by=by, now=now)
    return True
