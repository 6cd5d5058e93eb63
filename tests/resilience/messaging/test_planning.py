"""Many intentions at once: a constant number of statements for each thousand, and no key twice."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resilience.messaging import outbox
from resilience.messaging.models import Channel, Outgoing, State

STATEMENTS_PER_THOUSAND = 20  # SQLite takes so many values in one; PostgreSQL all of them


class Waiting:
    """A handler that lets everything wait until a moment."""

    until = None
    sent = 0

    def still_wanted(self, row, *, now):
        if self.until and now < self.until:
            raise outbox.Held("paused", until=self.until)
        return ""

    def send(self, row, delivery, *, now):
        self.sent += 1


@pytest.fixture
def handler(monkeypatch):
    made = Waiting()
    monkeypatch.setitem(outbox._handlers, "test", made)
    return made


def rows(count, at, first=0):
    return (
        Outgoing(
            key=f"key-{number}",
            kind="test",
            channel=Channel.EMAIL,
            due_at=at,
            not_after=at + timedelta(days=2),
        )
        for number in range(first, first + count)
    )


def test_a_thousand_cost_as_many_statements_as_ten(handler, db, tuesday):
    counts = []
    for first, size in ((0, 10), (100, 1_000)):
        with CaptureQueriesContext(connection) as captured:
            outbox.plan_many(rows(size, tuesday, first))
        counts.append(sum(query["sql"].startswith("INSERT") for query in captured))

    assert counts[0] == 1
    assert counts[1] <= STATEMENTS_PER_THOUSAND
    assert Outgoing.objects.count() == 1_010


def test_keys_that_stand_there_change_nothing(handler, db, tuesday):
    outbox.plan_many(rows(10, tuesday))
    Outgoing.objects.update(state=State.SENT)

    assert outbox.plan_many(rows(20, tuesday)) == 20

    assert Outgoing.objects.count() == 20
    assert Outgoing.objects.filter(state=State.SENT).count() == 10


def test_what_nobody_can_send_is_refused_with_nothing_of_its_batch_stored(handler, db, tuesday):
    strange = Outgoing(key="x", kind="nobody", channel=Channel.EMAIL, due_at=tuesday, not_after=tuesday)

    with pytest.raises(outbox.Unhandled):
        outbox.plan_many([*rows(3, tuesday), strange])

    assert Outgoing.objects.count() == 0


def test_what_is_held_waits_uncounted_and_goes_out_once(handler, db, tuesday):
    handler.until = tuesday + timedelta(hours=5)
    outbox.plan_many(rows(1, tuesday))

    outbox.send_due(now=tuesday)
    row = Outgoing.objects.get()
    assert (row.state, row.due_at, row.reason, row.attempts) == (State.DUE, handler.until, "paused", 0)
    assert outbox.send_due(now=tuesday + timedelta(hours=4)) == 0
    outbox.send_due(now=handler.until)
    outbox.send_due(now=handler.until)

    row.refresh_from_db()
    assert (row.state, row.reason, handler.sent) == (State.SENT, "", 1)


def test_what_is_held_for_longer_than_it_is_of_use_ends_with_the_reason(handler, db, tuesday):
    handler.until = tuesday + timedelta(days=300)
    outbox.plan_many(rows(1, tuesday))
    outbox.send_due(now=tuesday)
    row = Outgoing.objects.get()
    assert row.due_at == row.not_after

    outbox.send_due(now=row.not_after)

    row.refresh_from_db()
    assert (row.state, row.reason, handler.sent) == (State.SKIPPED, "paused", 0)


def test_what_was_held_and_is_looked_at_a_day_too_late_keeps_the_reason(handler, db, tuesday):
    handler.until = tuesday + timedelta(days=300)
    outbox.plan_many(rows(1, tuesday))
    outbox.send_due(now=tuesday)
    row = Outgoing.objects.get()

    outbox.send_due(now=row.not_after + timedelta(days=1))

    row.refresh_from_db()
    assert (row.state, row.reason, handler.sent) == (State.SKIPPED, "paused", 0)


def test_a_worker_that_saw_a_row_before_it_was_held_cannot_claim_it(handler, db, tuesday):
    handler.until = tuesday + timedelta(hours=5)
    outbox.plan_many(rows(1, tuesday))
    seen = outbox.due(at=tuesday)[0]

    outbox.send_due(now=tuesday)

    assert not outbox._claim(seen, now=tuesday)
