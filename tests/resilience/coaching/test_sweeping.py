"""Calls that we never heard the end of."""

from datetime import timedelta

import pytest

from resilience.coaching import calls, dialling, events, sweeping
from resilience.coaching.models import Call, CallEvent, CallLeg, Outcome, Side
from resilience.messaging.models import Outgoing, State
from resilience.telephony import lines
from tests.factories.coaching import BookingFactory
from tests.resilience.coaching.conftest import BENS_NUMBER, HALF_PAST_TWO

pytestmark = pytest.mark.django_db
LATER = HALF_PAST_TWO + timedelta(hours=1)


@pytest.fixture
def booked(ada, ben):
    booked = BookingFactory(enrolment=ada, coach=ben, starts_at=HALF_PAST_TWO)
    calls.plan(booked)
    return booked


def test_group_37_a_call_that_nobody_ever_rang_is_settled_as_failed_with_one_apology(booked, telephone):
    sweeping.sweep(now=LATER)
    sweeping.sweep(now=LATER + timedelta(minutes=1))

    assert Call.objects.get().outcome == Outcome.FAILED
    assert Outgoing.objects.filter(kind="sorry").count() == 1


def test_a_call_is_left_alone_until_its_time_is_well_over(booked, telephone):
    assert sweeping.sweep(now=HALF_PAST_TWO + timedelta(minutes=45)) == 0


def test_a_booking_that_was_brought_in_from_elsewhere_is_not_swept(ada, ben, telephone):
    BookingFactory(enrolment=ada, coach=ben, starts_at=HALF_PAST_TWO)

    assert sweeping.sweep(now=LATER) == 0


@pytest.fixture
def lost(booked, telephone, tuesday) -> CallLeg:
    """Ben was rung and did not answer, and the carrier's notices never came."""
    call = dialling.open_call(booked, now=HALF_PAST_TWO)
    leg = CallLeg.objects.create(call=call, side=Side.COACH, token="t", rung_at=tuesday)
    telephone.script(BENS_NUMBER, "busy")
    leg.ref = lines.voice().ring(
        to=BENS_NUMBER, answer_path="/telephony/voice/x/gate/", status_path="/telephony/voice/x/status/",
        time_limit=timedelta(minutes=30),
    )  # fmt: skip
    leg.save()
    telephone.settle()
    return leg


def test_group_37_a_line_that_went_quiet_is_asked_after(lost):
    sweeping.sweep(now=HALF_PAST_TWO)

    lost.refresh_from_db()
    assert lost.state == "BUSY"
    assert CallEvent.objects.filter(kind="BUSY").count() == 1


def test_a_carrier_that_does_not_answer_leaves_the_line_for_the_next_time(lost, telephone):
    telephone.fail_next("500", on="GET")

    sweeping.sweep(now=HALF_PAST_TWO)
    before = CallLeg.objects.get().state
    sweeping.sweep(now=HALF_PAST_TWO)

    assert (before, CallLeg.objects.get().state) == ("WAITING", "BUSY")


@pytest.fixture
def two_lost(lost):
    """Two lines of the same call that went quiet."""
    return CallLeg.objects.bulk_create(
        [CallLeg(call=lost.call, side=Side.COACH, attempt=2, token="u", ref=lost.ref, rung_at=lost.rung_at)]
    )


def looked_up(telephone):
    return len([seen for seen in telephone.requests if seen.method == "GET"])


def test_looking_up_stops_where_the_carrier_is_busy(two_lost, telephone):
    telephone.fail_next("429", on="GET", times=None)

    sweeping.sweep(now=HALF_PAST_TWO)

    assert looked_up(telephone) == 1


def test_a_carrier_that_does_not_answer_is_asked_once_a_minute_and_settling_goes_on(lost, booked, telephone):
    for attempt in (2, 3):
        CallLeg.objects.create(
            call=lost.call,
            side=Side.COACH,
            attempt=attempt,
            token=f"t{attempt}",
            ref=f"CA{attempt}",
            rung_at=lost.rung_at,
        )
    for _ in range(3):
        telephone.fail_next("500", on="GET")
    before = len(telephone.requests)

    settled = sweeping.sweep(now=LATER)

    assert (len(telephone.requests) - before, settled) == (1, 1)


def test_a_ring_that_never_went_out_to_anybody_is_given_up_after_the_grace(booked, telephone):
    Outgoing.objects.update(state=State.SKIPPED, reason="the coach has no number")

    early = sweeping.sweep(now=HALF_PAST_TWO + timedelta(minutes=14))
    later = sweeping.sweep(now=HALF_PAST_TWO + timedelta(minutes=16))

    assert (early, later) == (0, 1)


def test_a_call_in_which_somebody_is_on_the_line_is_not_given_up(booked, telephone, tuesday):
    call = dialling.open_call(booked, now=HALF_PAST_TWO)
    leg = CallLeg.objects.create(
        call=call, side=Side.COACH, token="t", rung_at=HALF_PAST_TWO + timedelta(minutes=14), state="ANSWERED"
    )
    events.note(call, kind="ANSWERED", at=HALF_PAST_TWO + timedelta(minutes=14), leg=leg, once="1")
    Outgoing.objects.update(state=State.SENT)

    assert sweeping.sweep(now=HALF_PAST_TWO + timedelta(minutes=16)) == 0
