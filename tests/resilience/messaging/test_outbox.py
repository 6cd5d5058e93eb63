"""Each intention goes out once, whatever the carrier or a crash does."""

from datetime import timedelta

import pytest

from resilience.messaging import outbox, texts
from resilience.messaging.models import Channel, Delivery, DeliveryState, Outgoing, State
from resilience.telephony import gateway

NUMBER = "+447700900111"
WORDS = "Booked: Tue 3 Nov, 2:30 pm."


class Handler:
    """A text whose fate each test chooses."""

    def __init__(self):
        self.unwanted, self.sent, self.other_way = "", [], []

    def still_wanted(self, row, *, now):
        return self.unwanted

    def send(self, row, delivery, *, now):
        self.sent.append(row.key)
        texts.send(delivery=delivery, to=NUMBER, body=WORDS, now=now)

    def went_out(self, row, delivery, *, now):
        return texts.went_out(delivery=delivery, to=NUMBER, body=WORDS)

    def instead(self, row, *, reason, now):
        self.other_way.append(reason)


@pytest.fixture
def handler(monkeypatch):
    made = Handler()
    monkeypatch.setitem(outbox._handlers, "test", made)
    return made


@pytest.fixture
def row(handler, db, tuesday):
    outbox.plan(
        key="one", kind="test", channel=Channel.SMS, due_at=tuesday, not_after=tuesday + timedelta(hours=3)
    )
    return Outgoing.objects.get()


def test_an_intention_planned_twice_is_one_row(row, tuesday):
    outbox.plan(key="one", kind="test", channel=Channel.SMS, due_at=tuesday, not_after=tuesday + timedelta(hours=1))

    assert Outgoing.objects.count() == 1


def test_a_kind_that_nobody_can_send_is_refused_when_it_is_planned(db, tuesday):
    with pytest.raises(outbox.Unhandled):
        outbox.plan(key="x", kind="nobody", channel=Channel.SMS, due_at=tuesday, not_after=tuesday)


def test_what_is_due_goes_out_once(row, telephone, tuesday):
    assert outbox.send_due(now=tuesday) == 1
    assert outbox.send_due(now=tuesday) == 0

    assert len(telephone.messages) == 1
    row.refresh_from_db()
    assert row.state == State.SENT


def test_what_is_not_due_waits(row, telephone, tuesday):
    assert outbox.send_due(now=tuesday - timedelta(minutes=1)) == 0


def test_what_another_worker_has_claimed_is_left_alone(row, handler, tuesday):
    seen = outbox.due(at=tuesday)
    Outgoing.objects.update(state=State.SENDING, claimed_at=tuesday)

    assert not outbox._claim(seen[0], now=tuesday)


def test_what_is_no_longer_wanted_is_skipped_with_the_reason(row, handler, telephone, tuesday):
    handler.unwanted = "cancelled"

    outbox.send_due(now=tuesday)

    row.refresh_from_db()
    assert (row.state, row.reason) == (State.SKIPPED, "cancelled")
    assert len(telephone.messages) == 0


def test_what_comes_too_late_is_skipped(row, telephone, tuesday):
    outbox.send_due(now=tuesday + timedelta(hours=4))

    row.refresh_from_db()
    assert (row.state, row.reason) == (State.SKIPPED, "too late")


def test_a_busy_carrier_is_asked_again_and_the_text_goes_out_once(row, telephone, tuesday):
    telephone.fail_next("429", times=3)

    for minute in range(6):
        outbox.send_due(now=tuesday + timedelta(minutes=minute))

    row.refresh_from_db()
    assert row.state == State.SENT
    assert len(telephone.messages) == 1


def test_a_carrier_busy_until_too_late_gets_another_way(row, handler, telephone, tuesday):
    telephone.fail_next("429", times=50)

    for minute in range(0, 181, 5):
        outbox.send_due(now=tuesday + timedelta(minutes=minute))

    row.refresh_from_db()
    assert row.state == State.FAILED
    assert handler.other_way == ["carrier busy"]
    assert len(telephone.messages) == 0


@pytest.mark.parametrize("fault", ["500", "cut"])
def test_a_text_that_may_have_gone_out_is_looked_up_before_it_is_sent_again(row, telephone, tuesday, fault):
    telephone.fail_next(fault)
    outbox.send_due(now=tuesday)
    row.refresh_from_db()
    assert row.state == State.UNKNOWN

    outbox.reconcile(now=tuesday + timedelta(minutes=1))
    outbox.send_due(now=tuesday + timedelta(minutes=1))

    row.refresh_from_db()
    assert row.state == State.SENT
    assert len(telephone.messages) == 1


def test_a_worker_stopped_between_claim_and_send_sends_it_later_once(row, telephone, tuesday):
    outbox._claim(row, now=tuesday)

    outbox.reconcile(now=tuesday + timedelta(minutes=6))
    outbox.send_due(now=tuesday + timedelta(minutes=6))

    assert len(telephone.messages) == 1


def test_a_worker_stopped_after_the_carrier_took_it_does_not_send_it_again(row, handler, telephone, tuesday):
    outbox._claim(row, now=tuesday)
    handler.send(row, outbox.begin(row, now=tuesday), now=tuesday)

    outbox.reconcile(now=tuesday + timedelta(minutes=6))
    outbox.send_due(now=tuesday + timedelta(minutes=6))

    row.refresh_from_db()
    assert row.state == State.SENT
    assert len(telephone.messages) == 1


def test_where_nobody_can_tell_it_is_not_sent_again_and_the_trail_says_so(
    row, handler, telephone, tuesday, monkeypatch
):
    from resilience.audit.models import AuditEvent

    monkeypatch.setattr(Handler, "went_out", None)
    outbox._claim(row, now=tuesday)
    outbox.begin(row, now=tuesday)

    outbox.reconcile(now=tuesday + timedelta(minutes=6))
    outbox.reconcile(now=tuesday + timedelta(minutes=7))

    row.refresh_from_db()
    assert (row.state, row.reason) == (State.UNKNOWN, "cannot be told")
    assert AuditEvent.objects.filter(event="message_unknown").count() == 1


def test_what_waits_for_a_target_can_be_taken_back(row, ada, tuesday):
    Outgoing.objects.update(target_id=ada.pk)

    assert outbox.forget(target_id=ada.pk, now=tuesday) == 1
    assert outbox.send_due(now=tuesday) == 0


def deliver(state):
    return gateway.TextChanged(message=gateway.MessageRef("SM1"), state=state)


@pytest.mark.parametrize(
    ("notices", "stays"),
    [
        (["SENT", "DELIVERED"], DeliveryState.DELIVERED),
        (["DELIVERED", "SENT"], DeliveryState.DELIVERED),
        (["DELIVERED", "DELIVERED"], DeliveryState.DELIVERED),
        (["UNDELIVERED", "DELIVERED"], DeliveryState.FAILED),
    ],
    ids=["in order", "late", "repeated", "the first final state stays"],
)
def test_notices_move_a_text_forward_only(row, tuesday, notices, stays):
    delivery = outbox.begin(row, now=tuesday)

    for notice in notices:
        texts.follow(deliver(gateway.TextState[notice]), token=delivery.token, now=tuesday)

    assert Delivery.objects.get().state == stays


def test_a_notice_for_a_text_that_is_not_ours_changes_nothing(row, tuesday):
    assert not texts.follow(deliver(gateway.TextState.DELIVERED), token="nobody", now=tuesday)
