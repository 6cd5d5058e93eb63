"""The one gate before a message or a call, and the number behind it."""

import pytest

from resilience.audit.models import AuditEvent
from resilience.messaging import optouts
from resilience.participants import consent, contact, numbers_of
from resilience.participants.models import ConsentRecord, Participant, Purpose
from resilience.telephony import numbers
from tests.factories.participants import EnrolmentFactory

pytestmark = pytest.mark.django_db
MOBILE, LANDLINE = "07700 900123", "020 7946 0123"


def given_number(enrolment, typed: str, now) -> None:
    numbers_of.put(enrolment.participant, typed, by=enrolment.participant.user, now=now)


def test_somebody_who_agreed_is_reached_by_every_way(ada, tuesday):
    given_number(ada, MOBILE, tuesday)

    assert contact.email(ada, now=tuesday) == "ada@example.org"
    assert contact.text_number(ada, now=tuesday) == "+447700900123"
    assert contact.call_number(ada, now=tuesday) == "+447700900123"


@pytest.mark.parametrize(
    ("purpose", "reach"), [(Purpose.TEXTS, contact.text_number), (Purpose.CALLS, contact.call_number)]
)
def test_without_consent_there_is_no_text_and_no_call(purpose, reach, tuesday):
    enrolment = EnrolmentFactory(consents=[each for each in Purpose if each != purpose])
    given_number(enrolment, MOBILE, tuesday)

    with pytest.raises(contact.NotReachable):
        reach(enrolment, now=tuesday)


def test_a_landline_is_rung_and_never_texted(ada, tuesday):
    given_number(ada, LANDLINE, tuesday)

    assert contact.call_number(ada, now=tuesday) == "+442079460123"
    with pytest.raises(contact.NotReachable):
        contact.text_number(ada, now=tuesday)


def test_stop_is_honoured(ada, tuesday):
    given_number(ada, MOBILE, tuesday)
    optouts.record(number="+447700900123", now=tuesday)

    with pytest.raises(contact.NotReachable):
        contact.text_number(ada, now=tuesday)


def test_a_number_is_found_again_though_no_column_holds_it(ada, tuesday):
    given_number(ada, MOBILE, tuesday)

    assert numbers_of.whose("+447700900123") == ada.participant
    stored = Participant.objects.extra(select={"raw": "phone"}).values_list("raw", "phone_index")
    assert "7700900123" not in str(list(stored))


def test_taking_the_number_away_leaves_nothing_to_find(ada, tuesday):
    given_number(ada, MOBILE, tuesday)
    given_number(ada, "", tuesday)

    assert numbers_of.whose("+447700900123") is None
    assert AuditEvent.objects.filter(event="number_changed").count() == 2


def test_what_is_not_a_number_is_refused_and_the_old_one_stays(ada, tuesday):
    given_number(ada, MOBILE, tuesday)

    with pytest.raises(numbers.NotANumber):
        given_number(ada, "12", tuesday)

    assert ada.participant.phone == "+447700900123"


def test_the_newest_answer_to_a_purpose_stands(ada, tuesday):
    form = consent.current_form(ada.cohort.programme)
    by = ada.participant.user

    consent.record(enrolment=ada, form=form, given={Purpose.TAKE_PART}, by=by, now=tuesday)
    assert not consent.given(ada, Purpose.CALLS)
    consent.record(enrolment=ada, form=form, given={Purpose.TAKE_PART, Purpose.CALLS}, by=by, now=tuesday)

    assert consent.given(ada, Purpose.CALLS)
    assert ConsentRecord.objects.filter(enrolment=ada, purpose=Purpose.CALLS).count() == 3


def test_nothing_can_be_agreed_to_without_taking_part(ada, tuesday):
    form = consent.current_form(ada.cohort.programme)

    with pytest.raises(consent.Needed):
        consent.record(enrolment=ada, form=form, given={Purpose.CALLS}, by=ada.participant.user, now=tuesday)


def test_the_same_words_keep_their_version(ada, tuesday):
    form = consent.current_form(ada.cohort.programme)

    again = consent.publish(programme=ada.cohort.programme, information=form.information, now=tuesday)

    assert again == form
