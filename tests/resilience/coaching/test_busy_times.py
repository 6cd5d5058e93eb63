"""What is busy in a calendar file: repeats by wall time, changed and left out ones, and nothing that says what with."""

from datetime import UTC, datetime

import pytest

from resilience.coaching import busy_times

LONDON = "Europe/London"
BETWEEN = (datetime(2026, 10, 20, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC))


def event(*lines, uid="one"):
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])


def calendar(*parts):
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *parts, "END:VCALENDAR", ""]
    ).encode()


def busy(*parts, zone=LONDON):
    found = busy_times.read(calendar(*parts), zone=zone, between=BETWEEN)
    return [f"{start:%m-%dT%H:%M}/{end:%m-%dT%H:%M}" for start, end in found]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ["DTSTART:20261103T140000Z", "DTEND:20261103T150000Z", "SUMMARY:Mrs Smith"], ["11-03T14:00/11-03T15:00"],
            id="once",
        ),
        pytest.param(["DTSTART:20261103T140000Z", "DURATION:PT90M"], ["11-03T14:00/11-03T15:30"], id="by its length"),
        pytest.param(["DTSTART;VALUE=DATE:20261021"], ["10-20T23:00/10-21T23:00"], id="a day, in summer time"),
        pytest.param(["DTSTART:20261103T090000", "DTEND:20261103T100000"], ["11-03T09:00/11-03T10:00"], id="no zone"),
        pytest.param(
            ["DTSTART;TZID=Europe/London:20261012T090000", "DTEND;TZID=Europe/London:20261012T100000",
             "RRULE:FREQ=WEEKLY;UNTIL=20261102T090000Z"],
            ["10-26T09:00/10-26T10:00", "11-02T09:00/11-02T10:00"], id="weekly, nine stays nine over the change",
        ),
        pytest.param(
            ["DTSTART;TZID=Europe/London:20261020T090000", "DTEND;TZID=Europe/London:20261020T100000",
             "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;TZID=Europe/London:20261021T090000"],
            ["10-20T08:00/10-20T09:00", "10-22T08:00/10-22T09:00"], id="three times, one left out",
        ),
        pytest.param(
            ["DTSTART;VALUE=DATE:20261101", "RRULE:FREQ=WEEKLY;BYDAY=SU,TU;UNTIL=20261103"],
            ["11-01T00:00/11-02T00:00", "11-03T00:00/11-04T00:00"], id="whole days",
        ),
        pytest.param(
            ["DTSTART:20261103T140000Z", "DTEND:20261103T150000Z", "RDATE:20261105T140000Z"],
            ["11-03T14:00/11-03T15:00", "11-05T14:00/11-05T15:00"], id="one more date",
        ),
        pytest.param(["DTSTART:20261103T140000Z", "DTEND:20261103T150000Z", "TRANSP:TRANSPARENT"], [], id="free"),
        pytest.param(
            ["DTSTART:20261103T140000Z", "DTEND:20261103T150000Z", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"], [],
            id="free in another's word",
        ),
        pytest.param(["DTSTART:20261103T140000Z", "DTEND:20261103T150000Z", "STATUS:CANCELLED"], [], id="cancelled"),
        pytest.param(["DTSTART:20261203T140000Z", "DTEND:20261203T150000Z"], [], id="later than asked for"),
        pytest.param(["DTSTART:20261103T140000Z"], [], id="a moment"),
        pytest.param(["DTSTART:20261103T140000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY"], [], id="each second"),
        pytest.param(["SUMMARY:no time at all"], [], id="no time"),
        pytest.param(
            ["DTSTART:00010101T000000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"],
            [], id="a day that never comes",
        ),
    ],
)  # fmt: skip
def test_each_kind_of_event_keeps_a_coach_from_calls_as_a_calendar_would_show_it(lines, expected):
    assert busy(event(*lines)) == expected


def test_a_repeat_that_was_moved_counts_where_it_is_and_one_that_was_cancelled_nowhere():
    weekly = event("DTSTART:20261102T090000Z", "DTEND:20261102T100000Z", "RRULE:FREQ=WEEKLY;COUNT=3")
    moved = event("RECURRENCE-ID:20261109T090000Z", "DTSTART:20261110T110000Z", "DTEND:20261110T120000Z")
    cancelled = event(
        "RECURRENCE-ID:20261116T090000Z",
        "DTSTART:20261116T090000Z",
        "DTEND:20261116T100000Z",
        "STATUS:CANCELLED",
    )

    assert busy(weekly, moved, cancelled) == ["11-02T09:00/11-02T10:00", "11-10T11:00/11-10T12:00"]


def test_our_own_appointments_in_it_are_not_counted_twice():
    assert busy(event("DTSTART:20261103T140000Z", "DTEND:20261103T150000Z", uid="x@appointments")) == []


def test_a_calendar_of_busy_times_alone_is_read():
    block = [
        "BEGIN:VFREEBUSY", "FREEBUSY;FBTYPE=BUSY:20261103T090000Z/PT1H,20261103T100000Z/20261103T110000Z",
        "FREEBUSY;FBTYPE=FREE:20261104T090000Z/PT1H", "END:VFREEBUSY",
    ]  # fmt: skip

    assert busy(*block) == ["11-03T09:00/11-03T11:00"]


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>Sign in</html>", b"BEGIN:VCALENDAR\nX", b"\xff\xfe\x00", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n"],
)
def test_what_is_no_calendar_is_refused(content):
    with pytest.raises(busy_times.NotACalendar):
        busy_times.read(content, zone=LONDON, between=BETWEEN)
