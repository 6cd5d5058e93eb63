"""The information sheet says how long things are kept; nothing is kept for longer."""

from datetime import timedelta

import pytest

from resilience.engagement.models import PageView
from resilience.journeys import keeping
from resilience.participants.models import Enrolment, Participant


@pytest.fixture
def called(ada, ben, tuesday):
    from resilience.coaching.models import Booking

    ada.participant.phone = "+447700900111"
    ada.participant.save()
    return Booking.objects.create(
        coach=ben, enrolment=ada, participant=ada.participant, starts_at=tuesday,
        ends_at=tuesday + timedelta(minutes=30), blocked_until=tuesday + timedelta(minutes=40), status="BOOKED",
        time_zone="Europe/London", local_start="2026-11-03T10:00", made_at=tuesday,
    )  # fmt: skip


def test_a_telephone_number_goes_thirty_days_after_the_last_booked_call(called, ada, tuesday):
    assert keeping.let_go(now=tuesday + timedelta(days=29)) == (0, 0)

    assert keeping.let_go(now=tuesday + timedelta(days=31)) == (1, 0)
    assert Participant.objects.get(pk=ada.participant.pk).phone == ""


def test_a_number_stays_while_a_call_is_to_come(called, ada, tuesday):
    called.starts_at, called.ends_at = tuesday + timedelta(days=60), tuesday + timedelta(days=60, minutes=30)
    called.blocked_until = called.ends_at
    called.save()

    assert keeping.let_go(now=tuesday + timedelta(days=45)) == (0, 0)


def test_somebody_who_was_last_here_a_year_ago_is_erased(ada, tuesday):
    assert keeping.let_go(now=tuesday + timedelta(days=364)) == (0, 0)

    assert keeping.let_go(now=tuesday + timedelta(days=366)) == (0, 1)
    assert not Enrolment.objects.exists()


def test_somebody_who_opened_a_page_since_then_is_kept(ada, tuesday):
    seen = tuesday + timedelta(days=100)
    PageView.objects.create(enrolment=ada, page=ada.pk, day=seen.date(), at=seen)

    assert keeping.let_go(now=tuesday + timedelta(days=366)) == (0, 0)


def test_somebody_who_signed_in_since_then_is_kept(ada, sign_in, time_passes):
    time_passes(days=300)
    sign_in(ada.participant.user)
    now = time_passes(days=66)

    assert keeping.let_go(now=now) == (0, 0)


def test_synthetic_people_stay(ada, tuesday):
    programme = ada.cohort.programme
    programme.is_synthetic = True
    programme.save()

    assert keeping.let_go(now=tuesday + timedelta(days=400)) == (0, 0)


def test_what_was_typed_and_never_finished_goes_after_thirty_days(ada, tuesday):
    ada.participant.user.drafts.create(page="/my/", fields="words", saved_at=tuesday)

    keeping.let_go(now=tuesday + timedelta(days=29))
    assert ada.participant.user.drafts.exists()

    keeping.let_go(now=tuesday + timedelta(days=31))
    assert not ada.participant.user.drafts.exists()
