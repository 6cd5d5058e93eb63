from datetime import date, timedelta

import pytest

from resilience import clock


def test_the_clock_goes_on_for_everyone_when_it_is_moved(tuesday):
    clock.move_to(tuesday + timedelta(days=7))

    assert clock.now() == tuesday + timedelta(days=7)


def test_the_clock_never_goes_back(tuesday):
    clock.move_to(tuesday + timedelta(days=7))

    with pytest.raises(clock.NeverBack):
        clock.move_to(tuesday)


def test_without_a_clock_file_nobody_can_have_moved_it(tuesday, settings):
    clock.move_to(tuesday + timedelta(days=7))
    settings.CLOCK_FILE = None

    assert clock.now() == tuesday


def test_the_day_is_that_of_the_persons_own_place(tuesday):
    late = tuesday.replace(hour=23, minute=30)

    assert clock.local_day(late, "Europe/London") == date(2026, 11, 3)
    assert clock.local_day(late, "Asia/Tokyo") == date(2026, 11, 4)
