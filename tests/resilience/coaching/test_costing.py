"""What the telephone network charges for a call is asked for once it is over, and kept with the call (R04)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from resilience.coaching import calls, costing
from resilience.coaching.models import Call, CallLeg
from resilience.telephony import gateway, lines, twilio_words
from tests.factories.coaching import BookingFactory
from tests.resilience.coaching.conftest import HALF_PAST_TWO

pytestmark = pytest.mark.django_db
IN_TIME = HALF_PAST_TWO + timedelta(hours=3)


@pytest.fixture
def held(ada, ben, line) -> Call:
    """Ada and Ben talked for five minutes."""
    calls.plan(BookingFactory(enrolment=ada, coach=ben, starts_at=HALF_PAST_TWO))
    line.start()
    line.answer_and_press(line.ben)
    line.answer_and_press(line.ada)
    line.pass_on(minutes=5)
    line.ben.hang_up()
    line.pass_on(minutes=1)
    return Call.objects.get()


def test_both_lines_of_a_call_are_added_up_once_the_network_tells_their_price(held):
    charged = [lines.voice().look_up(gateway.CallRef(leg.ref)).cost for leg in CallLeg.objects.all()]

    assert costing.ask(now=IN_TIME) == 1

    held.refresh_from_db()
    assert (len(charged), held.carrier_cost, held.carrier_currency) == (2, sum(charged), "USD")
    assert held.carrier_cost > Decimal("0.1")


def test_it_is_asked_for_once(held, monkeypatch):
    costing.ask(now=IN_TIME)
    monkeypatch.setattr(type(lines.voice()), "look_up", None)

    assert costing.ask(now=IN_TIME) == 0


@pytest.mark.parametrize("after", [timedelta(minutes=50), timedelta(days=9)])
def test_a_call_that_has_just_ended_and_one_long_ago_are_left_alone(held, after):
    assert costing.ask(now=held.ended_at + after) == 0


def test_while_one_line_has_no_price_the_cost_of_the_call_is_not_known(held, monkeypatch):
    look_up = type(lines.voice()).look_up
    unpriced = CallLeg.objects.order_by("pk").first().ref

    def without(self, call):
        seen = look_up(self, call)
        return gateway.CallSeen(**{**vars(seen), "cost": None}) if call == unpriced else seen

    monkeypatch.setattr(type(lines.voice()), "look_up", without)

    assert costing.ask(now=IN_TIME) == 0
    held.refresh_from_db()
    assert held.carrier_cost is None


def test_a_network_that_is_away_is_asked_again_the_next_time(held, monkeypatch):
    def away(self, call):
        raise gateway.TryLater

    with monkeypatch.context() as for_now:
        for_now.setattr(type(lines.voice()), "look_up", away)
        assert costing.ask(now=IN_TIME) == 0

    assert costing.ask(now=IN_TIME) == 1


def test_a_manager_reads_what_the_calls_of_a_programme_cost(held):
    costing.ask(now=IN_TIME)

    [told] = costing.of_programme(held.booking.enrolment.cohort.programme)

    held.refresh_from_db()
    assert told == {"carrier_currency": "USD", "cost": held.carrier_cost, "calls": 1}


@pytest.mark.parametrize(
    ("price", "cost"), [("-0.02800", "0.028"), ("0", "0"), (None, None), ("", None), ("n/a", None)]
)
def test_a_price_is_what_twilio_takes_and_nothing_where_it_does_not_say(price, cost):
    assert twilio_words.cost(price) == (None if cost is None else Decimal(cost))
