"""The free times of real coaches: what they cost to find, what limits them, and that each can be booked."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from resilience.coaching import booking as bookings
from resilience.coaching import choosing, slots
from resilience.coaching.hours_models import Absence, BusySpan
from resilience.coaching.models import AvailabilityException, AvailabilityRule, Booking, Coach, Status
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.factories.participants import EnrolmentFactory, ProgrammeFactory
from tests.resilience.coaching.conftest import HALF_PAST_TWO
from tests.resilience.coaching.test_availability import wall

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_too]
HALF_AN_HOUR, A_DAY = timedelta(minutes=30), timedelta(days=1)
LONDON, TORONTO = "Europe/London", "America/Toronto"


def free(coach, now, **asked):
    return slots.next_free(coaches=[coach], length=HALF_AN_HOUR, now=now, **asked)


@pytest.mark.parametrize("many", [1, 10, 200])
def test_the_next_twenty_times_take_three_queries_however_many_coaches(
    tuesday, many, django_assert_num_queries
):
    programme = ProgrammeFactory()
    coaches = [CoachFactory(programmes=[programme], user__roles=[]) for _ in range(many)]
    for coach in coaches[:10]:
        BookingFactory(coach=coach, starts_at=HALF_PAST_TWO)
        Absence.objects.create(coach=coach, first_date=date(2026, 11, 20), last_date=date(2026, 11, 21))
    Coach.objects.filter(pk=coaches[-1].pk).update(most_per_day=2, most_per_week=4)

    with django_assert_num_queries(3):
        found = slots.next_free(coaches=slots.coaches_of(programme), length=HALF_AN_HOUR, now=tuesday)

    assert len(found) == 20


def test_times_far_behind_full_weeks_are_found(ben, tuesday):
    BusySpan.objects.create(coach=ben, starts_at=tuesday, ends_at=tuesday + 40 * A_DAY)

    assert free(ben, tuesday)[0].starts_at > tuesday + 40 * A_DAY


def test_a_time_that_is_busy_in_the_coachs_own_calendar_is_neither_offered_nor_booked(book, ben, tuesday):
    BusySpan.objects.create(
        coach=ben, starts_at=tuesday - A_DAY, ends_at=HALF_PAST_TWO + timedelta(minutes=5)
    )

    assert free(ben, tuesday)[0].starts_at == HALF_PAST_TWO + timedelta(minutes=40)
    with pytest.raises(bookings.SlotTaken):
        book(tuesday)


def test_an_absence_is_neither_offered_nor_booked(book, ben, tuesday):
    Absence.objects.create(coach=ben, first_date=date(2026, 11, 3), last_date=date(2026, 11, 4))

    assert free(ben, tuesday)[0].starts_at.day == 5
    with pytest.raises(bookings.SlotTaken):
        book(tuesday)


@pytest.mark.parametrize(
    ("later", "offered"), [(0, False), (1, True)], ids=["at the horizon", "a second within"]
)
def test_group_09_a_time_is_offered_up_to_the_horizon_and_not_at_it(ben, tuesday, later, offered):
    now = tuesday + timedelta(minutes=20, seconds=later)  # 10:20 is a time of Ben's grid
    at = tuesday + timedelta(days=56, minutes=20)

    assert (slots.find(coach=ben, starts_at=at, length=HALF_AN_HOUR, now=now) is not None) is offered


def test_group_10_a_day_with_its_most_calls_is_full_and_a_cancelled_call_gives_it_back(
    book, ada, ben, tuesday
):
    Coach.objects.filter(pk=ben.pk).update(most_per_day=1)
    ben.refresh_from_db()
    booked = book(tuesday)
    full = [slot.starts_at.day for slot in free(ben, tuesday)]
    with pytest.raises(bookings.SlotTaken):
        book(tuesday, at=HALF_PAST_TWO + timedelta(minutes=40), enrolment=EnrolmentFactory())

    bookings.cancel(booked, by=ada.participant.user, now=tuesday)

    assert (3 in full, 4 in full) == (False, True)
    assert free(ben, tuesday)[0].starts_at.day == 3


def test_group_10_a_call_can_be_moved_within_its_own_full_day(book, ada, ben, tuesday):
    Coach.objects.filter(pk=ben.pk).update(most_per_day=1, most_per_week=1)
    booked, later = book(tuesday), HALF_PAST_TWO + timedelta(minutes=40)

    moved = bookings.move(booking=booked, coach=ben, starts_at=later, by=ada.participant.user, now=tuesday)

    assert moved.starts_at == later


def test_group_08_in_the_week_between_the_changes_an_early_call_is_the_evening_before_in_Toronto(ada, ben):
    AvailabilityRule.objects.filter(coach=ben).delete()
    AvailabilityRule.objects.create(coach=ben, weekday=1, starts=time(0, 30), ends=time(1))
    now = datetime(2026, 10, 25, 12, 0, tzinfo=UTC)

    ada.participant.time_zone = TORONTO

    found = choosing.times(coaches=[ben], participant=ada.participant, minutes=30, now=now)

    (day, [first]), (week_after, [second]) = found.days[:2]
    assert (day, *wall([slots.Slot(first.at, first.at, ben.pk)], TORONTO)) == (date(2026, 10, 26), "20:30")
    assert (week_after, *wall([slots.Slot(second.at, second.at, ben.pk)], TORONTO)) == (
        date(2026, 11, 2),
        "19:30",
    )
    assert first.at.astimezone(ZoneInfo(LONDON)).date() == date(2026, 10, 27)


quarters = some.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
weeks = some.lists(some.tuples(some.integers(0, 6), quarters, quarters), min_size=1, max_size=6)
days = some.integers(0, 9).map(lambda ahead: date(2026, 11, 3) + ahead * A_DAY)
changed = some.lists(
    some.tuples(days, some.sampled_from(AvailabilityException.Kind.values), some.none() | quarters, quarters),
    max_size=3,
)
away = some.none() | some.tuples(days, some.integers(0, 3))
limits = some.none() | some.integers(1, 2)


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(
    week=weeks, changed=changed, away=away, zone=some.sampled_from([LONDON, TORONTO, "Asia/Kathmandu"]),
    per_day=limits, per_week=limits, gap=some.sampled_from([0, 10, 25]), choice=some.data(),
)  # fmt: skip
def test_group_42_whatever_is_offered_can_be_booked_none_overlaps_and_the_refused_is_never_offered(
    ben, tuesday, week, changed, away, zone, per_day, per_week, gap, choice
):
    with transaction.atomic():
        coaches = [ben, CoachFactory(weekdays=[1, 2])]
        _arrange(
            ben,
            week,
            changed,
            away,
            time_zone=zone,
            most_per_day=per_day,
            most_per_week=per_week,
            gap_minutes=gap,
        )

        for _person in range(2):
            offered = {(slot.coach_id, slot.starts_at) for slot in _offered(coaches, tuesday)}
            coach, at = choice.draw(some.sampled_from(sorted(offered, key=str)))
            _booked(coach, at, tuesday)
            left = {(slot.coach_id, slot.starts_at) for slot in _offered(coaches, tuesday)}
            assert (coach, at) not in left
            assert left <= offered
            other = tuesday + choice.draw(some.integers(0, 13 * 24 * 12)) * timedelta(minutes=5)
            if (ben.pk, other) not in left:
                with pytest.raises((bookings.SlotTaken, bookings.TooLate)):
                    _booked(ben.pk, other, tuesday)

        _none_overlaps()
        transaction.set_rollback(True)


def _arrange(coach, week, changed, away, **terms):
    AvailabilityRule.objects.filter(coach=coach).delete()
    AvailabilityRule.objects.bulk_create(
        AvailabilityRule(coach=coach, weekday=day, starts=starts, ends=ends) for day, starts, ends in week
    )
    AvailabilityException.objects.bulk_create(
        AvailabilityException(coach=coach, date=day, kind=kind, starts=starts, ends=starts and ends)
        for day, kind, starts, ends in changed
    )
    if away:
        Absence.objects.create(coach=coach, first_date=away[0], last_date=away[0] + away[1] * A_DAY)
    Coach.objects.filter(pk=coach.pk).update(horizon_days=14, **terms)
    coach.refresh_from_db()


def _offered(coaches, now):
    return slots.next_free(coaches=coaches, length=HALF_AN_HOUR, now=now, most=2000)


def _booked(coach, at, now):
    enrolment = EnrolmentFactory()
    return bookings.book(
        coach=Coach.objects.get(pk=coach), starts_at=at, enrolment=enrolment, request=uuid4(),
        by=enrolment.participant.user, now=now,
    )  # fmt: skip


def _none_overlaps():
    spans = Booking.objects.filter(status=Status.BOOKED).order_by("coach", "starts_at")
    for earlier, later in zip(spans, spans[1:], strict=False):
        assert earlier.coach_id != later.coach_id or earlier.blocked_until <= later.starts_at
