"""When somebody is told of a page: a pure table, and what holds of every plan."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.measures import when_told
from resilience.measures.when_told import CLOSING, READY, REMINDER, Hours
from resilience.messaging import quiet

LONDON = "Europe/London"
ZONES = (LONDON, "America/Toronto", "Australia/Sydney", "Asia/Kathmandu")
DUE = datetime(2026, 11, 3, 10, tzinfo=UTC)
FOUR_WEEKS = timedelta(days=28)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))


def plan(*, due_at=DUE, window=FOUR_WEEKS, first_word=True, days=(3, 10), zone=LONDON, nights_until=None):
    return when_told.plan(
        due_at=due_at, closes_at=due_at + window, first_word=first_word, reminder_days=days,
        hours=Hours(zone, nights_until),
    )  # fmt: skip


def kinds(**of):
    return [each.kind for each in plan(**of)]


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        pytest.param({}, [READY, REMINDER, CLOSING], id="two reminders: the second is the last"),
        pytest.param({"days": (3,)}, [READY, CLOSING], id="one reminder is the last too"),
        pytest.param({"days": ()}, [READY], id="none"),
        pytest.param({"first_word": False}, [REMINDER, CLOSING], id="asked on joining: no first word"),
        pytest.param(
            {"window": timedelta(days=7)}, [READY, CLOSING], id="the second would come after it closes"
        ),
        pytest.param({"window": timedelta(days=2)}, [READY], id="both would"),
        pytest.param(
            {"window": timedelta(days=10)}, [READY, CLOSING], id="never at the moment at which it closes"
        ),
    ],
)
def test_what_is_sent_of_a_page(of, expected):
    assert kinds(**of) == expected


@pytest.mark.parametrize(
    ("due_at", "expected"),
    [
        pytest.param(datetime(2026, 11, 3, 10, tzinfo=UTC), ["3 10:00", "6 10:00", "13 10:00"], id="by day"),
        pytest.param(
            datetime(2026, 11, 3, 23, tzinfo=UTC), ["4 08:00", "7 08:00", "14 08:00"], id="at night"
        ),
        pytest.param(
            datetime(2026, 10, 23, 9, tzinfo=UTC), ["23 10:00", "26 10:00", "2 10:00"], id="hour twice"
        ),
        pytest.param(
            datetime(2027, 3, 26, 10, tzinfo=UTC), ["26 10:00", "29 10:00", "5 10:00"], id="hour lost"
        ),
    ],
)
def test_each_comes_at_the_same_time_of_day_whatever_the_clock_does(due_at, expected):
    local = [each.at.astimezone(ZoneInfo(LONDON)) for each in plan(due_at=due_at)]

    assert [f"{one.day} {one:%H:%M}" for one in local] == expected


def test_somebody_on_nights_is_told_when_they_are_up_and_by_day_once_that_is_over():
    told = plan(nights_until=DUE + timedelta(days=7))

    assert [each.at.hour for each in told] == [16, 16, 10]


windows = st.integers(1, 60).map(lambda days: timedelta(days=days))
day_lists = st.sampled_from([(), (1,), (3,), (3, 10), (1, 2), (10, 60)])


@given(moments, windows, st.booleans(), day_lists, st.sampled_from(ZONES), st.one_of(st.none(), moments))
def test_whatever_the_plan_nobody_is_woken_and_nothing_comes_late_or_out_of_order(
    due_at, window, first_word, days, zone, nights_until
):
    told = plan(
        due_at=due_at, window=window, first_word=first_word, days=days, zone=zone, nights_until=nights_until
    )

    assert len(told) <= len(days) + first_word
    assert [each.at for each in told] == sorted({each.at for each in told})
    assert all(due_at <= each.at < due_at + window for each in told)
    assert not any(quiet.holds(each.at, zone=zone) for each in told)
    assert [each.kind for each in told].count(CLOSING) == (1 if any(each.number for each in told) else 0)


def again(before, number):
    return when_told.again(before=before, number=number, reminder_days=(3, 10), hours=Hours(LONDON))


def test_what_was_held_back_keeps_its_distance_from_the_one_before():
    assert again(None, 1) is None
    assert again((0, DUE), 1) == DUE + timedelta(days=3)
    assert again((1, DUE), 2) == DUE + timedelta(days=7)
    assert again((0, DUE), 2) == DUE + timedelta(days=10)
