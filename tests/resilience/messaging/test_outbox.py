"""Each intention goes out once, whatever the carrier or a crash does."""

from datetime import timedelta

import pytest

from resilience.messaging import optouts, outbox, reconciling, texts
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
    return Outgoing.objects.get(key="one")


def test_an_intention_planned_twice_is_one_row(row, tuesday):
    outbox.plan(
        key="one", kind="test", channel=Channel.SMS, due_at=tuesday, not_after=tuesday + timedelta(hours=1)
    )

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


def test_group_34_what_another_worker_has_claimed_is_left_alone(row, handler, tuesday):
    seen = outbox.due(at=tuesday)
    Outgoing.objects.update(state=State.SENDING, claimed_at=tuesday)

    assert not outbox._claim(seen[0], now=tuesday)


def test_what_is_no_longer_wanted_is_skipped_with_the_reason(row, handler, telephone, tuesday):
    handler.unwanted = "cancelled"

    outbox.send_due(now=tuesday)

    row.refresh_from_db()
    assert (row.state, row.reason) == (State.SKIPPED, "cancelled")
    assert len(telephone.messages) == 0


def test_group_27_what_comes_too_late_is_skipped(row, telephone, tuesday):
    outbox.send_due(now=tuesday + timedelta(hours=4))

    row.refresh_from_db()
    assert (row.state, row.reason) == (State.SKIPPED, "too late")


def test_group_21_a_busy_carrier_is_asked_again_and_the_text_goes_out_once(row, telephone, tuesday):
    telephone.fail_next("429", times=3)

    for minute in range(6):
        outbox.send_due(now=tuesday + timedelta(minutes=minute))

    row.refresh_from_db()
    assert row.state == State.SENT
    assert len(telephone.messages) == 1


def test_group_21_a_carrier_busy_until_too_late_gets_another_way(row, handler, telephone, tuesday):
    telephone.fail_next("429", times=None)

    for minute in range(0, 176, 5):
        outbox.send_due(now=tuesday + timedelta(minutes=minute))
    row.refresh_from_db()
    before = row.state, list(handler.other_way)
    outbox.send_due(now=row.not_after)

    row.refresh_from_db()
    assert before == (State.DUE, [])
    assert (row.state, handler.other_way) == (State.FAILED, ["carrier busy"])
    assert len(telephone.messages) == 0


def test_group_21_what_was_tried_and_comes_too_late_for_another_try_gets_another_way(
    row, handler, telephone, tuesday
):
    telephone.fail_next("429")
    outbox.send_due(now=tuesday)

    outbox.send_due(now=row.not_after + timedelta(seconds=1))

    row.refresh_from_db()
    assert (row.state, handler.other_way) == (State.FAILED, ["carrier busy"])


def test_group_21_a_carrier_away_for_ten_minutes_loses_nothing(row, telephone, tuesday):
    telephone.fail_next("429", times=None)
    for minute in range(10):
        outbox.send_due(now=tuesday + timedelta(minutes=minute))
    telephone.recover()

    outbox.send_due(now=tuesday + timedelta(minutes=12))

    row.refresh_from_db()
    assert row.state == State.SENT
    assert len(telephone.messages) == 1


def test_group_21_a_carrier_that_says_when_to_come_back_is_asked_no_sooner(row, telephone, tuesday):
    telephone.fail_next("429", retry_after=600)
    outbox.send_due(now=tuesday)

    sooner = outbox.send_due(now=tuesday + timedelta(seconds=599))
    then = outbox.send_due(now=tuesday + timedelta(seconds=600))

    assert (sooner, then, len(telephone.messages)) == (0, 1, 1)


@pytest.mark.parametrize("fault", ["500 after", "cut after", "200 lost"])
def test_group_22_a_text_that_went_out_although_the_answer_was_lost_is_not_sent_again(
    row, telephone, tuesday, fault
):
    telephone.fail_next(fault)
    outbox.send_due(now=tuesday)
    row.refresh_from_db()
    assert row.state == State.UNKNOWN

    reconciling.reconcile(now=tuesday + timedelta(minutes=1))
    outbox.send_due(now=tuesday + timedelta(minutes=1))

    row.refresh_from_db()
    assert (row.state, row.reason) == (State.SENT, "found at the carrier")
    assert len(telephone.messages) == 1


def test_group_22_what_did_not_go_out_and_is_found_so_too_late_gets_another_way(
    row, handler, telephone, tuesday
):
    telephone.fail_next("500")
    outbox.send_due(now=tuesday)

    reconciling.reconcile(now=row.not_after)

    row.refresh_from_db()
    assert (row.state, handler.other_way) == (State.FAILED, ["did not go out"])


@pytest.mark.parametrize("fault", ["500", "cut"])
def test_group_22_a_text_that_did_not_go_out_is_looked_up_before_it_is_sent_again(
    row, telephone, tuesday, fault
):
    telephone.fail_next(fault)
    outbox.send_due(now=tuesday)
    row.refresh_from_db()
    assert row.state == State.UNKNOWN

    reconciling.reconcile(now=tuesday + timedelta(minutes=1))
    outbox.send_due(now=tuesday + timedelta(minutes=1))

    row.refresh_from_db()
    assert row.state == State.SENT
    assert len(telephone.messages) == 1


def test_group_41_a_worker_stopped_between_claim_and_send_sends_it_later_once(row, telephone, tuesday):
    outbox._claim(row, now=tuesday)

    reconciling.reconcile(now=tuesday + timedelta(minutes=6))
    outbox.send_due(now=tuesday + timedelta(minutes=6))

    assert len(telephone.messages) == 1


def test_group_41_a_worker_stopped_after_the_carrier_took_it_does_not_send_it_again(
    row, handler, telephone, tuesday
):
    outbox._claim(row, now=tuesday)
    handler.send(row, outbox.begin(row, now=tuesday), now=tuesday)

    reconciling.reconcile(now=tuesday + timedelta(minutes=6))
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

    reconciling.reconcile(now=tuesday + timedelta(minutes=6))
    reconciling.reconcile(now=tuesday + timedelta(minutes=7))

    row.refresh_from_db()
    assert (row.state, row.reason) == (State.UNKNOWN, "cannot be told")
    assert AuditEvent.objects.filter(event="message_unknown").count() == 1


class Broken(Handler):
    """One whose rows can neither be sent nor looked up."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def send(self, row, delivery, *, now):
        raise self.error

    def went_out(self, row, delivery, *, now):
        raise self.error


@pytest.fixture(params=[outbox.Unwanted("no number"), AttributeError("gone")], ids=["unwanted", "a fault"])
def broken(request, monkeypatch, db, tuesday):
    monkeypatch.setitem(outbox._handlers, "broken", Broken(request.param))
    sooner = tuesday - timedelta(minutes=1)
    outbox.plan(
        key="broken",
        kind="broken",
        channel=Channel.SMS,
        due_at=sooner,
        not_after=tuesday + timedelta(hours=3),
    )
    return Outgoing.objects.get(kind="broken")


def test_one_row_that_cannot_be_sent_holds_nobody_up(broken, row, telephone, tuesday):
    outbox.send_due(now=tuesday)

    row.refresh_from_db()
    assert row.state == State.SENT


def test_one_row_that_cannot_be_looked_up_holds_nobody_up_and_is_left_for_good(
    broken, row, telephone, tuesday
):
    for one in (broken, row):
        outbox._claim(one, now=tuesday)
        outbox.begin(one, now=tuesday)
    later = tuesday + timedelta(minutes=6)

    reconciling.reconcile(now=later)

    broken.refresh_from_db()
    row.refresh_from_db()
    assert (broken.state, broken.reason) == (State.UNKNOWN, "cannot be told")
    assert row.state == State.DUE
    assert reconciling.reconcile(now=later) == 0


def test_what_nobody_wants_at_the_last_moment_is_skipped_with_the_reason(handler, row, tuesday, monkeypatch):
    def send(row, delivery, *, now):
        raise outbox.Unwanted("opted out")

    monkeypatch.setattr(handler, "send", send)

    outbox.send_due(now=tuesday)

    row.refresh_from_db()
    assert (row.state, row.reason) == (State.SKIPPED, "opted out")


def test_group_22_a_carrier_that_does_not_answer_for_a_day_is_not_asked_any_more(row, telephone, tuesday):
    telephone.fail_next("500", times=None)
    telephone.fail_next("500", on="GET", times=None)
    outbox.send_due(now=tuesday)

    states = []
    for hours in (1, 23, 25):
        reconciling.reconcile(now=tuesday + timedelta(hours=hours))
        row.refresh_from_db()
        states.append(row.reason)

    assert states == ["no answer", "no answer", "cannot be told"]


@pytest.fixture
def three(row, tuesday):
    """Three rows that are due."""
    for key in ("two", "three"):
        outbox.plan(
            key=key, kind="test", channel=Channel.SMS, due_at=tuesday, not_after=tuesday + timedelta(hours=3)
        )
    return Outgoing.objects.order_by("claimed_at")


def steps(start, **length):
    """A clock that goes on by so much each time that it is read."""
    moments = (start + turn * timedelta(**length) for turn in range(100))
    return lambda: next(moments)


def test_in_a_slow_turn_each_row_is_claimed_and_begun_at_its_own_moment(three, telephone, tuesday):
    outbox.send_due(now=tuesday, clock=steps(tuesday, minutes=4))

    moments = [tuesday, tuesday + timedelta(minutes=4), tuesday + timedelta(minutes=8)]
    assert [row.claimed_at for row in three] == moments
    assert [row.deliveries.get().started_at for row in three] == moments


def left_open(rows, tuesday):
    for row in rows:
        outbox._claim(row, now=tuesday)
        outbox.begin(row, now=tuesday)


def looked_up(telephone):
    return len([seen for seen in telephone.requests if seen.method == "GET"])


def test_looking_up_stops_in_time_and_goes_on_a_minute_later(three, telephone, tuesday):
    left_open(three, tuesday)
    later = tuesday + timedelta(minutes=6)

    settled = [reconciling.reconcile(now=later, clock=steps(later, seconds=10)) for _minute in range(2)]

    assert settled == [2, 1]


def test_looking_up_stops_where_the_carrier_answers_for_nobody(three, telephone, tuesday):
    outbox.plan_many(
        Outgoing(key=f"more-{n}", kind="test", channel="SMS", due_at=tuesday, not_after=tuesday)
        for n in range(3)
    )
    left_open(Outgoing.objects.all(), tuesday)
    telephone.fail_next("503", on="GET", times=None)

    settled = reconciling.reconcile(now=tuesday + timedelta(minutes=6))

    assert (settled, looked_up(telephone)) == (0, 3)


def test_looking_up_stops_where_the_carrier_is_busy(three, telephone, tuesday):
    left_open(three, tuesday)
    telephone.fail_next("429", on="GET", times=None)

    settled = reconciling.reconcile(now=tuesday + timedelta(minutes=6))

    assert (settled, looked_up(telephone)) == (0, 1)


def test_what_waits_for_a_target_can_be_taken_back(row, ada, tuesday):
    Outgoing.objects.update(target_id=ada.pk)

    assert outbox.forget(target_id=ada.pk, now=tuesday) == 1
    assert outbox.send_due(now=tuesday) == 0


def deliver(state, message="SM1", reason=None):
    return gateway.TextChanged(message=gateway.MessageRef(message), state=state, reason=reason)


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
def test_group_23_notices_move_a_text_forward_only(row, tuesday, notices, stays):
    delivery = outbox.begin(row, now=tuesday)

    for notice in notices:
        texts.follow(deliver(gateway.TextState[notice]), token=delivery.token, now=tuesday)

    assert Delivery.objects.get().state == stays


def test_group_23_a_notice_for_a_text_that_is_not_ours_changes_nothing(row, tuesday):
    assert not texts.follow(deliver(gateway.TextState.DELIVERED), token="nobody", now=tuesday)


@pytest.mark.parametrize(
    ("scenario", "reason"),
    [("text landline", "NOT_MOBILE"), ("text unknown", "NUMBER")],
)
def test_a_text_that_is_reported_lost_later_gets_another_way_once(
    row, handler, telephone, tuesday, scenario, reason
):
    telephone.script(NUMBER, scenario)
    outbox.send_due(now=tuesday)

    telephone.settle()
    telephone.repeat(telephone.notices[-1][0])

    row.refresh_from_db()
    assert (row.state, row.reason, handler.other_way) == (State.FAILED, reason, [reason])


def test_group_31_a_telephone_out_of_reach_is_tried_once_more_half_an_hour_later_and_then_written_to(
    row, handler, telephone, tuesday
):
    telephone.script(NUMBER, "text unreachable")
    stands = []
    for minutes in (0, 29, 30, 60):
        outbox.send_due(now=tuesday + timedelta(minutes=minutes))
        telephone.settle()
        row.refresh_from_db()
        stands.append((row.state, len(telephone.messages), len(handler.other_way)))

    assert stands == [("DUE", 1, 0), ("DUE", 1, 0), ("FAILED", 2, 1), ("FAILED", 2, 1)]


def test_group_31_a_telephone_out_of_reach_is_not_tried_again_where_that_would_be_too_late(
    row, handler, telephone, tuesday
):
    Outgoing.objects.update(not_after=tuesday + timedelta(minutes=29))
    telephone.script(NUMBER, "text unreachable")

    outbox.send_due(now=tuesday)
    telephone.settle()

    row.refresh_from_db()
    assert (row.state, handler.other_way) == (State.FAILED, ["UNREACHABLE"])


def test_group_23_a_notice_that_a_text_is_lost_may_come_before_the_carriers_own_answer(
    row, handler, tuesday, monkeypatch
):
    def send(row, delivery, *, now):
        texts.follow(deliver(gateway.TextState.FAILED), token=delivery.token, now=now)

    monkeypatch.setattr(handler, "send", send)

    outbox.send_due(now=tuesday)

    row.refresh_from_db()
    assert (row.state, handler.other_way) == (State.FAILED, ["not delivered"])


def test_an_earlier_try_that_is_reported_lost_changes_nothing_for_the_later_one(
    row, handler, telephone, tuesday
):
    earlier = outbox.begin(row, now=tuesday - timedelta(minutes=5))
    outbox.send_due(now=tuesday)

    texts.follow(deliver(gateway.TextState.FAILED), token=earlier.token, now=tuesday)

    row.refresh_from_db()
    assert (row.state, handler.other_way) == (State.SENT, [])


def test_group_23_a_notice_about_another_text_changes_nothing(row, telephone, tuesday):
    outbox.send_due(now=tuesday)
    delivery = Delivery.objects.get()

    moved = texts.follow(deliver(gateway.TextState.FAILED, "SM2"), token=delivery.token, now=tuesday)

    assert not moved
    assert Delivery.objects.get().state == DeliveryState.ACCEPTED


def refused_at_once(row, telephone, tuesday):
    telephone.network.opted_out.add((NUMBER, telephone.number))
    outbox.send_due(now=tuesday)


def refused_later(row, telephone, tuesday):
    outbox.send_due(now=tuesday)
    delivery = Delivery.objects.get()
    lost = deliver(gateway.TextState.FAILED, delivery.ref, gateway.Reason.OPTED_OUT)
    texts.follow(lost, token=delivery.token, now=tuesday)


@pytest.mark.parametrize("refused", [refused_at_once, refused_later])
def test_group_24_whoever_the_carrier_knows_to_have_opted_out_is_texted_no_more(
    row, telephone, tuesday, refused
):
    refused(row, telephone, tuesday)

    assert optouts.stands(number=NUMBER)
