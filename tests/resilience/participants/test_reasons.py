"""Why somebody said no: one code at each stage, always optional; nothing of their own words."""

import pytest

from resilience.coaching.models import By, Outcome, Status
from resilience.participants import reasons
from resilience.participants.models import Reason, Stage, Why
from tests.factories.coaching import BookingFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("stage", Stage.values)
def test_each_stage_offers_codes_of_the_one_list_each_once(stage):
    codes = [code for code, _words in reasons.choices(stage)]

    assert codes[-1] == Why.OTHER
    assert len(codes) == len(set(codes))
    assert set(codes) <= set(Why.values)


def test_another_tap_replaces_the_first(ada, tuesday):
    for code in ("NO_TIME", "WORN_OUT"):
        reasons.give(enrolment=ada, stage=Stage.NOT_NOW, code=code, now=tuesday)

    assert reasons.said(ada, Stage.NOT_NOW) == "WORN_OUT"
    assert Reason.objects.count() == 1


@pytest.mark.parametrize(
    ("stage", "code"), [("NOT_NOW", "ONE_IS_ENOUGH"), ("NOT_NOW", ""), ("NEVER", "NO_TIME")]
)
def test_what_is_not_offered_is_not_kept(ada, tuesday, stage, code):
    with pytest.raises(reasons.NotOffered):
        reasons.give(enrolment=ada, stage=stage, code=code, now=tuesday)
    assert not Reason.objects.exists()


def test_after_not_now_the_reason_is_one_tap(as_participant, ada):
    as_participant.post("/join/readiness/?way", {"way": "NOT_NOW"})
    asked = as_participant.get("/join/later/").content.decode()

    as_participant.post("/my/why/", {"stage": "NOT_NOW", "code": "WORN_OUT"})

    assert "Would you tell us why?" in asked
    assert reasons.said(ada, Stage.NOT_NOW) == "WORN_OUT"
    assert "Would you tell us why?" not in as_participant.get("/join/later/").content.decode()


@pytest.mark.parametrize("stage", ["CALLS", "JOINING", "MISSED", "", "MADE_UP"])
def test_the_address_takes_only_the_stages_that_have_no_page_of_their_own(as_participant, ada, stage):
    assert as_participant.post("/my/why/", {"stage": stage, "code": "NO_TIME"}).status_code == 404
    assert not Reason.objects.exists()


def test_nobody_who_takes_part_gives_a_reason_for_stopping(as_participant, ada):
    as_participant.post("/my/why/", {"stage": "STOPPED", "code": "NO_TIME"})

    assert not Reason.objects.exists()


def test_a_cancelled_call_asks_once_and_takes_one_tap(as_participant, ada, ben):
    booking = BookingFactory(enrolment=ada, coach=ben)
    as_participant.post(f"/calls/{booking.pk}/cancel/")
    asked = as_participant.get(f"/calls/{booking.pk}/").content.decode()

    as_participant.post(f"/calls/{booking.pk}/why/", {"code": "WORK"})

    assert "Would you tell us why?" in asked
    assert reasons.said(ada, Stage.CANCELLED, about=str(booking.pk)) == "WORK"
    assert "Would you tell us why?" not in as_participant.get(f"/calls/{booking.pk}/").content.decode()


def test_a_call_that_our_side_cancelled_asks_nothing(as_participant, ada, ben, tuesday):
    booking = BookingFactory(
        enrolment=ada, coach=ben, status=Status.CANCELLED, cancelled_at=tuesday, cancelled_by=By.COACH
    )

    page = as_participant.get(f"/calls/{booking.pk}/").content.decode()
    as_participant.post(f"/calls/{booking.pk}/why/", {"code": "WORK"})

    assert "Would you tell us why?" not in page
    assert not Reason.objects.exists()


@pytest.mark.parametrize(
    ("outcome", "asked"),
    [(Outcome.PARTICIPANT_NO_SHOW, True), (Outcome.COACH_NO_SHOW, False), (Outcome.FAILED, False)],
)
def test_a_missed_call_asks_only_who_missed_it(as_participant, ada, ben, tuesday, outcome, asked):
    from datetime import timedelta

    booking = BookingFactory(enrolment=ada, coach=ben, starts_at=tuesday - timedelta(hours=3))
    booking.calls.create(
        version=booking.version,
        room="room",
        started_at=booking.starts_at,
        ended_at=booking.ends_at,
        outcome=outcome,
    )

    page = as_participant.get(f"/calls/{booking.pk}/").content.decode()
    as_participant.post(f"/calls/{booking.pk}/why/", {"code": "FORGOT"})

    assert ("Would you tell us why?" in page) == asked
    assert Reason.objects.filter(stage=Stage.MISSED).exists() == asked


def test_the_rows_for_the_report_are_of_those_asked_for_and_of_nobody(ada, tuesday):
    from tests.factories.participants import EnrolmentFactory

    other = EnrolmentFactory(cohort=ada.cohort)
    for who in (ada, other):
        reasons.give(enrolment=who, stage=Stage.NOT_NOW, code="NO_TIME", now=tuesday)
    reasons.count(cohort=ada.cohort, stage=Stage.JOINING, code="PRIVACY", now=tuesday)

    rows = reasons.rows(programme=ada.cohort.programme_id, as_of=tuesday, enrolments=[ada.pk])

    assert rows == [("JOINING", "PRIVACY"), ("NOT_NOW", "NO_TIME")]
