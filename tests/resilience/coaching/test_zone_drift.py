"""A country changes its clocks: calls whose wall time drifted are told, and none is moved."""

from io import StringIO

import pytest
from django.core.management import call_command
from structlog.testing import capture_logs

from resilience.coaching import hours, zone_drift
from resilience.coaching.models import Booking
from tests.factories.coaching import BookingFactory
from tests.resilience.coaching.conftest import HALF_PAST_TWO

pytestmark = pytest.mark.django_db


def listed():
    out = StringIO()
    call_command("list_zone_drift", stdout=out)
    return out.getvalue().splitlines()


def test_group_12_a_call_whose_zone_has_other_rules_now_is_reported_and_not_moved(tuesday):
    BookingFactory(starts_at=HALF_PAST_TWO, local_start="2026-11-03T14:20")
    drifted = BookingFactory(
        starts_at=HALF_PAST_TWO, local_start="2026-11-03T15:20"
    )  # agreed by rules of then

    with capture_logs() as logs:
        assert zone_drift.report(now=tuesday) == 1

    assert listed()[1:] == [f"{drifted.pk},Europe/London,2026-11-03T15:20,2026-11-03T14:20"]
    assert logs[0]["bookings"] == [str(drifted.pk)]
    assert Booking.objects.get(pk=drifted.pk).starts_at == HALF_PAST_TWO


def test_group_12_where_nothing_drifted_nothing_is_said(tuesday):
    BookingFactory(starts_at=HALF_PAST_TWO)

    with capture_logs() as logs:
        assert zone_drift.report(now=tuesday) == 0

    assert (logs, len(listed())) == ([], 1)


def test_group_12_a_coach_who_moves_to_another_zone_keeps_every_call_at_its_moment_and_sees_which_lie_outside(
    book, ben, tuesday
):
    booked = book(tuesday)
    terms = hours.Terms(10, 2, 56, None, None, "America/Vancouver")

    hours.set_terms(ben, terms, by=ben.user, now=tuesday)

    assert Booking.objects.get(pk=booked.pk).starts_at == HALF_PAST_TWO
    assert hours.outside(ben, now=tuesday) == [booked]  # 6:20 in the morning there
    assert zone_drift.report(now=tuesday) == 0
