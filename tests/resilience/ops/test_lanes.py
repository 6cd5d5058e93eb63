"""What fell due while nobody sent: caught up with at the pace of the senders, the oldest first."""

import threading
import time
from collections import Counter
from datetime import timedelta

import pytest

from resilience.messaging import outbox
from resilience.messaging.models import Channel, Outgoing, State
from resilience.ops import lanes

SENDERS, ROWS = 3, 40


class Slow:
    """Takes a moment for each row and counts how many it has in hand."""

    def __init__(self):
        self.lock, self.in_hand, self.most, self.sent = threading.Lock(), 0, 0, []

    def still_wanted(self, row, *, now):
        return ""

    def send(self, row, delivery, *, now):
        with self.lock:
            self.in_hand += 1
            self.most = max(self.most, self.in_hand)
            self.sent.append(row.key)
        time.sleep(0.02)
        with self.lock:
            self.in_hand -= 1


@pytest.fixture
def slow(monkeypatch):
    made = Slow()
    monkeypatch.setitem(outbox._handlers, "test", made)
    return made


@pytest.fixture
def handed(monkeypatch):
    """The keys of the rows in the order in which they were handed to the senders, who begin side by side."""
    keys, hand_on = [], lanes.Lane._hand_on

    def note(lane, row):
        keys.append(row.key)
        hand_on(lane, row)

    monkeypatch.setattr(lanes.Lane, "_hand_on", note)
    return keys


@pytest.mark.django_db(transaction=True)
def test_group_27_catching_up_after_three_hours_sends_no_more_at_once_than_there_are_senders(
    slow, handed, tuesday, settings
):
    settings.DISPATCH_SENDERS = (1, SENDERS)
    outbox.plan_many(
        Outgoing(
            key=f"{minute:03d}", kind="test", channel=Channel.SMS,
            due_at=tuesday - timedelta(minutes=180 - minute), not_after=tuesday + timedelta(hours=1),
        )
        for minute in range(ROWS)
    )  # fmt: skip

    held = 0
    with lanes.opened() as ways:
        while ways.turn() or ways.under_way:
            held = max(held, len(ways.lanes[1].under_way))

    assert Counter(slow.sent) == {f"{minute:03d}": 1 for minute in range(ROWS)}
    assert slow.most <= SENDERS
    assert handed == sorted(slow.sent)
    assert not Outgoing.objects.exclude(state=State.SENT).exists()
    assert held <= outbox.AT_ONCE
