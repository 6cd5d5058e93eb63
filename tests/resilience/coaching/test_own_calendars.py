"""A coach's own calendar: read by the worker, kept as busy times, and what happens when it cannot be read."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import connection

from resilience.coaching import own_calendars
from resilience.coaching.hours_models import BusyFeed, BusySpan, Fault
from tests.resilience.coaching.conftest import HALF_PAST_TWO, radios
from tests.resilience.coaching.test_busy_times import calendar, event

pytestmark = pytest.mark.django_db
PAGE = "/coach/hours/"
LUNCH = event("DTSTART:20261103T130000Z", "DTEND:20261103T143000Z", "SUMMARY:Dentist")


@pytest.fixture
def outside(settings):
    """Somebody's calendar on this machine: `outside.content` is what it says, None that it is gone."""
    settings.CALENDARS_MAY_BE_NEAR = True

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.server.content is not None else 404)
            self.end_headers()
            self.wfile.write(self.server.content or b"")

        def log_message(self, *words):
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    running.content = calendar(LUNCH)
    running.address = f"http://127.0.0.1:{running.server_port}/secret.ics"
    threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def given(as_coach, outside, drain):
    as_coach.post(PAGE, {"own-address": outside.address, "own_calendar": "1"})
    drain()
    return outside


def test_the_worker_reads_it_and_its_times_are_offered_to_nobody(given, as_participant, ada):
    found = radios(as_participant.get("/calls/times/"))

    assert "ben@2026-11-03T13:40:00Z" not in found
    assert f"ben@{HALF_PAST_TWO:%Y-%m-%dT%H:%M:%SZ}" not in found  # half past two begins at 14:20
    assert "ben@2026-11-03T15:00:00Z" in found


def test_nothing_is_kept_but_when_and_the_address_is_kept_unreadable(given, ben):
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM coaching_busyfeed")
        stored = cursor.fetchone()[0]

    assert "127.0.0.1" not in stored
    assert BusyFeed.objects.get().address == given.address
    assert {field.name for field in BusySpan._meta.get_fields()} == {"id", "coach", "starts_at", "ends_at"}


@pytest.mark.parametrize(
    ("content", "fault"),
    [(None, Fault.REFUSED), (b"<html>Sign in</html>", Fault.NOT_A_CALENDAR)],
    ids=["gone", "no calendar"],
)
def test_when_it_cannot_be_read_what_was_known_still_counts_and_the_fault_is_kept(
    given, tuesday, content, fault
):
    given.content = content
    later = tuesday + timedelta(hours=30)

    own_calendars.read(BusyFeed.objects.get().pk, now=later)

    feed = BusyFeed.objects.get()
    assert (feed.fault, feed.read_at, feed.asked_at) == (fault, tuesday, later)
    assert own_calendars.is_stale(feed, now=later)
    assert not own_calendars.is_stale(feed, now=tuesday + timedelta(hours=1))
    assert BusySpan.objects.count() == 1


def test_what_is_busy_no_more_is_free_after_the_next_reading(given, drain, tuesday):
    given.content = calendar()

    assert own_calendars.ask_for_all() == 1
    drain()

    assert not BusySpan.objects.exists()


def test_a_calendar_that_was_taken_away_leaves_nothing_and_is_read_no_more(given, as_coach, tuesday):
    key = BusyFeed.objects.get().pk

    as_coach.post(PAGE, {"forget_calendar": "1"})
    own_calendars.read(key, now=tuesday)

    assert not BusyFeed.objects.exists()
    assert not BusySpan.objects.exists()


def test_without_leave_an_address_of_this_machine_is_not_read(given, settings, tuesday):
    settings.CALENDARS_MAY_BE_NEAR = False

    own_calendars.read(BusyFeed.objects.get().pk, now=tuesday)

    assert BusyFeed.objects.get().fault == Fault.NOT_ALLOWED
