"""The oracle of the outage finds what it must, and nothing where nothing is wrong."""

from datetime import UTC, datetime, timedelta

from tests.proofs.outage_counting import Arrived, Reminder, compare, planted

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
VALID = [Reminder(f"+4477009001{n:02d}", NOON - HOUR, NOON + HOUR) for n in range(3)]
USELESS = Reminder("+447700900200", NOON - 3 * HOUR, NOON - HOUR)
ARRIVED = [Arrived(each.number, NOON + timedelta(minutes=2)) for each in VALID]


def test_each_valid_one_once_and_no_stale_one_is_as_it_must_be():
    found = compare([*VALID, USELESS], ARRIVED, ended_at=NOON)

    assert found.faults == []
    assert found.counts == {"still valid, sent": 3, "of no use any more, not sent": 1}


def test_each_planted_fault_is_found():
    faulty = planted([*VALID, USELESS], ARRIVED, ended_at=NOON)

    assert len(faulty) == 5
    assert all(len(compare([*VALID, USELESS], each, ended_at=NOON).faults) == 1 for each in faulty.values())


def test_one_taken_in_the_outage_while_it_was_of_use_is_no_fault():
    taken = [*ARRIVED, Arrived(USELESS.number, NOON - 2 * HOUR)]

    assert compare([*VALID, USELESS], taken, ended_at=NOON).faults == []
