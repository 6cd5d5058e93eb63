"""A coach's free times, in the hard hours of the year too."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from resilience.coaching import availability
from resilience.coaching.availability import Away, Ceiling, Change, Rule

HALF_HOUR = timedelta(minutes=30)
NONE = timedelta()
MONDAY, TUESDAY, SUNDAY = 0, 1, 6
LONDON, TORONTO = "Europe/London", "America/Toronto"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def slots(
    rules=(), *, day, days=1, exceptions=(), busy=(), gap=NONE, now=LONG_AGO, notice=NONE, zone=LONDON, **more
):  # fmt: skip
    """The free starts of some local days."""
    start = datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=days), time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return list(
        availability.open_slots(
            coach_id="ben", rules=rules, exceptions=exceptions, busy=busy, length=HALF_HOUR, gap=gap,
            between=(start, end), now=now, notice=notice, zone=zone, **more,
        )
    )  # fmt: skip


def wall(found, zone=LONDON):
    return [slot.starts_at.astimezone(ZoneInfo(zone)).strftime("%H:%M") for slot in found]


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def hours(weekday, starts, ends, **kwargs):
    return Rule(weekday, time.fromisoformat(starts), time.fromisoformat(ends), **kwargs)


@pytest.mark.parametrize(
    ("zone", "day", "starts", "ends", "expected"),
    [
        pytest.param(
            LONDON, date(2026, 10, 25), "00:30", "03:00",
            ["00:30", "01:00", "01:30", "01:00", "01:30", "02:00", "02:30"], id="London, the hour that comes twice",
        ),
        pytest.param(
            LONDON, date(2027, 3, 28), "00:30", "03:00", ["00:30", "02:00", "02:30"],
            id="London, the hour that is left out",
        ),
        pytest.param(
            TORONTO, date(2026, 11, 1), "00:30", "03:00",
            ["00:30", "01:00", "01:30", "01:00", "01:30", "02:00", "02:30"], id="Toronto, the hour that comes twice",
        ),
        pytest.param(
            TORONTO, date(2027, 3, 14), "01:30", "04:00", ["01:30", "03:00", "03:30"],
            id="Toronto, the hour that is left out",
        ),
        pytest.param(
            LONDON, date(2027, 3, 28), "01:15", "03:00", ["02:15"], id="hours that start in the hour left out"
        ),
        pytest.param(LONDON, date(2027, 3, 28), "00:00", "01:30", ["00:00"], id="hours that end in the hour left out"),
        pytest.param(LONDON, date(2027, 3, 28), "01:15", "01:45", [], id="hours that lie in the hour left out"),
        pytest.param(
            LONDON, date(2026, 10, 25), "01:00", "02:00", ["01:00", "01:30", "01:00", "01:30"],
            id="hours that are the hour that comes twice",
        ),
    ],
)  # fmt: skip
def test_group_06_a_clock_change_neither_stretches_nor_shrinks_a_call(zone, day, starts, ends, expected):
    found = slots([hours(SUNDAY, starts, ends)], day=day, zone=zone)

    assert wall(found, zone) == expected
    assert {slot.ends_at - slot.starts_at for slot in found} <= {HALF_HOUR}


def test_group_06_nine_in_the_morning_stays_nine_on_both_sides_of_the_change():
    rules = [hours(weekday, "09:00", "09:30") for weekday in range(7)]

    found = slots(rules, day=date(2026, 10, 24), days=3)

    assert wall(found) == ["09:00"] * 3
    assert [slot.starts_at.hour for slot in found] == [8, 9, 9]


@pytest.mark.parametrize(
    ("day", "in_toronto"),
    [
        pytest.param(date(2026, 10, 19), "04:00", id="before the changes of autumn"),
        pytest.param(date(2026, 10, 26), "05:00", id="London has changed"),
        pytest.param(date(2026, 11, 2), "04:00", id="both have changed"),
        pytest.param(date(2027, 3, 15), "05:00", id="Toronto has changed in spring"),
        pytest.param(date(2027, 3, 22), "05:00", id="and a week later still"),
        pytest.param(date(2027, 3, 29), "04:00", id="both have changed in spring"),
    ],
)
def test_group_08_London_and_Toronto_lie_four_hours_apart_in_the_weeks_between_their_changes(day, in_toronto):
    found = slots([hours(MONDAY, "09:00", "09:30")], day=day)

    assert wall(found, TORONTO) == [in_toronto]


def test_group_09_hours_may_run_past_midnight():
    found = slots([hours(MONDAY, "23:00", "00:30")], day=date(2026, 11, 2), days=2)

    assert wall(found) == ["23:00", "23:30", "00:00"]


def test_group_09_hours_of_the_evening_before_count_when_the_day_begins_at_midnight():
    found = slots([hours(MONDAY, "23:00", "01:00")], day=date(2026, 11, 3))

    assert wall(found) == ["00:00", "00:30"]


def test_hours_may_end_at_midnight():
    assert wall(slots([hours(MONDAY, "23:00", "00:00")], day=date(2026, 11, 2))) == ["23:00", "23:30"]


def test_group_09_the_leap_day_has_its_weekday():
    assert wall(slots([hours(TUESDAY, "09:00", "10:00")], day=date(2028, 2, 29))) == ["09:00", "09:30"]


def test_hours_hold_from_their_first_day_to_their_last():
    rule = hours(MONDAY, "09:00", "09:30", valid_from=date(2026, 11, 9), valid_to=date(2026, 11, 16))

    found = slots([rule], day=date(2026, 11, 1), days=28)

    assert [slot.starts_at.day for slot in found] == [9, 16]


def test_a_day_off_takes_all_hours_of_that_day():
    day = date(2026, 11, 2)

    assert slots([hours(MONDAY, "09:00", "17:00")], day=day, exceptions=[Change(day, extra=False)]) == []


def test_hours_away_are_cut_out_of_the_day():
    day = date(2026, 11, 2)
    away = Change(day, extra=False, starts=time(10), ends=time(11))

    assert wall(slots([hours(MONDAY, "09:30", "12:00")], day=day, exceptions=[away])) == [
        "09:30",
        "11:00",
        "11:30",
    ]


def test_extra_hours_are_added_and_run_together_with_the_usual_ones():
    day = date(2026, 11, 2)
    extra = Change(day, extra=True, starts=time(9, 45), ends=time(10, 30))

    assert wall(slots([hours(MONDAY, "09:00", "10:00")], day=day, exceptions=[extra])) == [
        "09:00",
        "09:30",
        "10:00",
    ]


def test_an_extra_day_without_times_adds_nothing():
    assert slots(day=date(2026, 11, 2), exceptions=[Change(date(2026, 11, 2), extra=True)]) == []


def test_a_booking_does_not_shift_the_times_around_it():
    busy = [(utc(2026, 11, 2, 9, 40), utc(2026, 11, 2, 10, 20))]

    found = slots(
        [hours(MONDAY, "09:00", "12:00")], day=date(2026, 11, 2), busy=busy, gap=timedelta(minutes=10)
    )

    assert wall(found) == ["09:00", "10:20", "11:00"]


def test_group_03_touching_a_booking_is_allowed_where_no_gap_is_kept():
    busy = [(utc(2026, 11, 2, 9, 30), utc(2026, 11, 2, 10))]

    assert wall(slots([hours(MONDAY, "09:00", "10:30")], day=date(2026, 11, 2), busy=busy)) == [
        "09:00",
        "10:00",
    ]


def test_group_03_a_time_inside_the_gap_before_a_booking_is_not_offered():
    busy = [(utc(2026, 11, 2, 9, 35), utc(2026, 11, 2, 10, 15))]

    found = slots(
        [hours(MONDAY, "09:00", "11:00")], day=date(2026, 11, 2), busy=busy, gap=timedelta(minutes=10)
    )

    assert wall(found) == ["10:20"]


@pytest.mark.parametrize(("minute", "offered"), [(0, True), (1, False)], ids=["exactly", "a minute late"])
def test_group_09_notice_counts_in_real_hours_on_the_day_the_clock_changes(minute, offered):
    # 09:00 London on 25 October 2026 is 09:00 UTC; three hours before it is 06:00 UTC.
    now = utc(2026, 10, 25, 6, minute)

    found = slots(
        [hours(SUNDAY, "09:00", "09:30")], day=date(2026, 10, 25), now=now, notice=timedelta(hours=3)
    )

    assert bool(found) is offered


def test_nothing_starts_at_the_end_of_the_time_asked_for():
    between = (utc(2026, 11, 2, 9), utc(2026, 11, 2, 10))

    found = availability.open_slots(
        coach_id="ben", rules=[hours(MONDAY, "09:00", "12:00")], exceptions=(), busy=(), length=HALF_HOUR, gap=NONE,
        between=between, now=LONG_AGO, notice=NONE, zone=LONDON,
    )  # fmt: skip

    assert wall(found) == ["09:00", "09:30"]


def test_the_next_free_times_of_two_coaches_come_in_order():
    day = (utc(2026, 11, 2), utc(2026, 11, 3))
    common = {
        "exceptions": (), "busy": (), "length": HALF_HOUR, "gap": NONE, "between": day, "now": LONG_AGO,
        "notice": NONE, "zone": LONDON,
    }  # fmt: skip
    ben = availability.open_slots(coach_id="ben", rules=[hours(MONDAY, "09:00", "10:00")], **common)
    eva = availability.open_slots(coach_id="eva", rules=[hours(MONDAY, "09:15", "17:00")], **common)

    found = availability.next_free([ben, eva], most=4)

    assert [(slot.coach_id, *wall([slot])) for slot in found] == [
        ("ben", "09:00"), ("eva", "09:15"), ("ben", "09:30"), ("eva", "09:45"),
    ]  # fmt: skip


def test_a_day_off_ends_the_night_before_it_too():
    night = hours(MONDAY, "22:00", "02:00")

    found = slots([night], day=date(2026, 11, 2), days=2, exceptions=[Change(date(2026, 11, 3), extra=False)])

    assert wall(found) == ["22:00", "22:30", "23:00", "23:30"]


def test_hours_off_after_midnight_leave_the_rest_of_the_night_and_an_extra_hour_among_them():
    night = hours(MONDAY, "23:00", "04:00")
    off = Change(date(2026, 11, 3), extra=False, starts=time(0), ends=time(3))
    extra = Change(date(2026, 11, 3), extra=True, starts=time(1), ends=time(2))

    found = slots([night], day=date(2026, 11, 2), days=2, exceptions=[off, extra])

    assert wall(found) == ["23:00", "23:30", "01:00", "01:30", "03:00", "03:30"]


def test_hours_that_begin_in_the_night_before_begin_after_it():
    rules = [hours(MONDAY, "23:00", "01:10"), hours(TUESDAY, "00:30", "02:30")]

    assert wall(slots(rules, day=date(2026, 11, 2), days=2)) == [
        "23:00",
        "23:30",
        "00:00",
        "00:30",
        "01:10",
        "01:40",
    ]


def test_nothing_is_worked_in_an_absence_not_even_extra_hours_nor_the_night_before():
    rules = [hours(weekday, "23:00", "01:00") for weekday in range(7)]
    extra = Change(date(2026, 11, 3), extra=True, starts=time(9), ends=time(10))

    found = slots(
        rules,
        day=date(2026, 11, 2),
        days=4,
        exceptions=[extra],
        absences=[Away(date(2026, 11, 3), date(2026, 11, 4))],
    )

    assert [(slot.starts_at.day, *wall([slot])) for slot in found] == [
        (2, "00:00"), (2, "00:30"), (2, "23:00"), (2, "23:30"), (5, "23:00"), (5, "23:30"),
    ]  # fmt: skip


def test_group_10_a_full_day_is_the_coachs_own_day():
    # Toronto's Monday evening is Tuesday already in London
    held = [utc(2026, 11, 3, 1, 30), utc(2026, 11, 3, 14, 0)]
    rules = [hours(weekday, "09:00", "10:00") for weekday in (MONDAY, TUESDAY, 2)]

    found = slots(rules, day=date(2026, 11, 2), days=3, zone=TORONTO, ceiling=Ceiling(per_day=1, held=held))

    assert {slot.starts_at.astimezone(ZoneInfo(TORONTO)).day for slot in found} == {4}


@pytest.mark.parametrize(("per_week", "offered"), [(1, {9}), (2, {2, 3, 9})], ids=["full", "one more"])
def test_group_10_a_full_week_runs_from_monday_to_sunday(per_week, offered):
    rules = [hours(MONDAY, "09:00", "10:00"), hours(TUESDAY, "09:00", "10:00")]
    ceiling = Ceiling(per_week=per_week, held=[utc(2026, 11, 8, 23, 30)])  # Sunday night

    found = slots(rules, day=date(2026, 11, 2), days=8, ceiling=ceiling)

    assert {slot.starts_at.day for slot in found} == offered


minutes = some.integers(0, 24 * 4 - 1).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
days = some.dates(date(2026, 10, 18), date(2026, 11, 8)) | some.dates(date(2027, 3, 7), date(2027, 4, 4))
rules = some.lists(some.builds(Rule, some.integers(0, 6), minutes, minutes), max_size=6)
moments = some.datetimes(datetime(2026, 10, 18), datetime(2026, 11, 10), timezones=some.just(UTC))
bookings = some.lists(
    some.tuples(moments, some.integers(15, 90)).map(lambda it: (it[0], it[0] + timedelta(minutes=it[1]))),
    max_size=20,
)
changes = some.lists(
    some.builds(Change, days, some.booleans(), some.none() | minutes, some.none() | minutes), max_size=4
)
absences = some.lists(
    some.builds(lambda day, length: Away(day, day + timedelta(days=length)), days, some.integers(0, 5)),
    max_size=2,
)
ceilings = some.builds(
    Ceiling,
    some.none() | some.integers(1, 3),
    some.none() | some.integers(1, 6),
    some.lists(moments, max_size=6),
)


@settings(max_examples=200, deadline=None)
@given(
    rules=rules,
    busy=bookings,
    exceptions=changes,
    absences=absences,
    ceiling=ceilings,
    length=some.sampled_from([HALF_HOUR, timedelta(minutes=45)]),
    day=days,
    zone=some.sampled_from([LONDON, TORONTO]),
    now=moments,
)
def test_group_42_whatever_the_hours_what_is_offered_is_free_in_order_and_offered_alone_too(
    rules, busy, exceptions, absences, ceiling, length, day, zone, now
):
    gap, notice, local = timedelta(minutes=10), timedelta(hours=2), ZoneInfo(zone)
    common = {
        "coach_id": "ben", "rules": rules, "exceptions": exceptions, "absences": absences, "busy": busy,
        "ceiling": ceiling, "length": length, "gap": gap, "now": now, "notice": notice, "zone": zone,
    }  # fmt: skip
    start = datetime.combine(day, time(), tzinfo=local).astimezone(UTC)
    has_room = ceiling.room(local)

    found = list(availability.open_slots(between=(start, start + timedelta(days=5)), **common))

    assert found == sorted(found)
    for slot in found:
        assert slot.starts_at >= now + notice
        assert has_room(slot.starts_at)
        assert not any(begin < slot.ends_at + gap and end > slot.starts_at for begin, end in busy)
        for moment in (slot.starts_at, slot.ends_at - timedelta(microseconds=1)):
            assert not any(away.first <= moment.astimezone(local).date() <= away.last for away in absences)
    for earlier, later in zip(found, found[1:], strict=False):
        assert later.starts_at >= earlier.ends_at
    for slot in found[:3]:  # the booking's check asks for one moment, the page for weeks: both say the same
        moment = (slot.starts_at, slot.starts_at + timedelta(microseconds=1))
        assert list(availability.open_slots(between=moment, **common)) == [slot]
