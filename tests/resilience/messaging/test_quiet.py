"""Quiet hours, by the clock on the wall where somebody lives, on the days on which it changes too."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.messaging import quiet

LONDON, TORONTO, SYDNEY = "Europe/London", "America/Toronto", "Australia/Sydney"
ZONES = (LONDON, TORONTO, SYDNEY, "Asia/Kathmandu", "America/St_Johns", "Africa/Cairo")
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))


def local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone))


def at(*parts: int, zone: str = LONDON) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@given(moments, st.sampled_from(ZONES), st.booleans())
def test_what_waits_goes_out_in_nobodys_quiet_hours_and_never_sooner(due, zone, on_nights):
    moment = quiet.after(due, zone=zone, on_nights=on_nights)

    assert due <= moment < due + timedelta(hours=25)
    assert not quiet.holds(moment, zone=zone, on_nights=on_nights)


@given(moments, st.sampled_from(ZONES))
def test_what_is_not_quiet_is_not_moved(due, zone):
    if not quiet.holds(due, zone=zone):
        assert quiet.after(due, zone=zone) == due


@given(moments, st.sampled_from(ZONES))
def test_somebody_on_nights_is_written_to_between_four_and_eight_in_the_evening(due, zone):
    moment = local(quiet.after(due, zone=zone, on_nights=True), zone)

    assert time(16) <= moment.time() < time(20)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        pytest.param(at(2027, 3, 27, 21), at(2027, 3, 28, 8), id="the night that loses an hour"),
        pytest.param(at(2026, 10, 24, 21), at(2026, 10, 25, 8), id="the night that has an hour twice"),
        pytest.param(
            at(2027, 3, 28, 0, 30), at(2027, 3, 28, 8), id="after midnight, before the hour is lost"
        ),
        pytest.param(at(2026, 10, 25, 1, 30), at(2026, 10, 25, 8), id="in the hour that comes twice"),
        pytest.param(at(2026, 12, 31, 23, 59), at(2027, 1, 1, 8), id="over the new year"),
        pytest.param(at(2028, 2, 28, 20), at(2028, 2, 29, 8), id="into a leap day"),
        pytest.param(at(2026, 11, 3, 7, 59), at(2026, 11, 3, 8), id="a minute before they end"),
        pytest.param(at(2026, 11, 3, 19, 59), at(2026, 11, 3, 19, 59), id="a minute before they begin"),
    ],
)
def test_the_morning_is_that_of_the_clock_on_the_wall(due, expected):
    assert quiet.after(due, zone=LONDON) == expected


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        pytest.param(at(2026, 11, 3, 9), at(2026, 11, 3, 16), id="asleep after a night"),
        pytest.param(at(2026, 11, 3, 23), at(2026, 11, 4, 16), id="at work"),
        pytest.param(at(2026, 10, 25, 1, 30), at(2026, 10, 25, 16), id="at work when the clock changes"),
    ],
)
def test_nights_turn_the_day_round(due, expected):
    assert quiet.after(due, zone=LONDON, on_nights=True) == expected


@pytest.mark.parametrize(
    ("begins", "days"), [(at(2027, 3, 26, 10), 3), (at(2026, 10, 23, 10), 3), (at(2026, 11, 3, 10), 10)]
)
def test_so_many_days_on_it_is_the_same_time_of_day(begins, days):
    later = local(quiet.days_on(begins, days=days, zone=LONDON), LONDON)

    assert (later.time(), later.date()) == (time(10), local(begins, LONDON).date() + timedelta(days=days))


@given(moments, st.integers(0, 60), st.sampled_from(ZONES))
def test_days_are_days_of_the_calendar(begins, days, zone):
    later = quiet.days_on(begins, days=days, zone=zone)

    assert abs((later - begins) - timedelta(days=days)) <= timedelta(hours=1)
