"""One winner for each time: real connections on PostgreSQL, one thread each."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, connections, transaction
from zeal import zeal_ignore

from resilience.coaching import arrivals, keeping_apart, offers, retrying
from resilience.coaching import booking as bookings
from resilience.coaching.models import Booking, CallLeg, Coach, Status
from resilience.journeys import consenting, withdrawing
from resilience.messaging import outbox
from resilience.messaging.models import Outgoing
from resilience.participants import consent
from resilience.participants.models import Purpose, Withdrawal
from resilience.telephony import gateway
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.factories.participants import EnrolmentFactory
from tests.resilience.coaching.conftest import ADAS_NUMBER, HALF_PAST_TWO

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
REFUSALS = (
    bookings.SlotTaken, bookings.TooLate, bookings.AlreadyCancelled, offers.NotOffered, consent.NotConsented,
    arrivals.Repeated,
)  # fmt: skip


def all_at_once(*acts: Callable[[], object]) -> Counter:
    """Run each act in a thread with a connection of its own, all from the same moment; count what came of them."""
    start, results = threading.Barrier(len(acts)), Counter()

    def run(act: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            try:
                act()
                results["won"] += 1
            except REFUSALS as refused:
                results[type(refused).__name__] += 1
            except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
                results[repr(error)] += 1
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def booking_of(enrolment, coach, now, at=HALF_PAST_TWO, request=None):
    def act():
        return bookings.book(
            coach=coach, starts_at=at, enrolment=enrolment, request=request or uuid4(),
            by=enrolment.participant.user, now=now,
        )  # fmt: skip

    return act


@pytest.mark.parametrize("how_many", [2, 16])
def test_group_01_of_many_who_ask_for_the_same_time_exactly_one_gets_it(ben, tuesday, how_many):
    people = [EnrolmentFactory() for _ in range(how_many)]

    results = all_at_once(*[booking_of(person, ben, tuesday) for person in people])

    assert results == {"won": 1, "SlotTaken": how_many - 1}
    assert Booking.objects.filter(status=Status.BOOKED).count() == 1
    assert Outgoing.objects.filter(kind="booking_text").count() == 1


def test_group_13_of_many_who_keep_the_same_time_one_holds_it_and_books_it(ben, tuesday):
    people = [EnrolmentFactory() for _ in range(8)]

    def keep(person):
        return lambda: bookings.hold(coach=ben, starts_at=HALF_PAST_TWO, enrolment=person, now=tuesday)

    kept = all_at_once(*[keep(person) for person in people])
    booked = all_at_once(*[booking_of(person, ben, tuesday) for person in people])

    assert kept == booked == {"won": 1, "SlotTaken": 7}


def test_group_20_a_coach_is_booked_or_books_at_that_time_and_never_both(ada, ben, tuesday):
    as_participant, eva = EnrolmentFactory(participant__user=ben.user), CoachFactory()

    results = all_at_once(
        *[booking_of(ada, ben, tuesday), booking_of(as_participant, eva, tuesday)],
    )

    assert results == {"won": 1, "SlotTaken": 1}


@pytest.mark.parametrize("book_first", [True, False], ids=["booked, then learned", "learned, then booked"])
def test_group_19_no_booking_outlives_a_relation_learned_at_the_same_moment(ada, ben, tuesday, book_first):
    said = {"kind": "MANAGES", "other": ben.user.email, "other_is_above": True}

    def learn():
        keeping_apart.declare(by=ada.participant.user, now=tuesday, **said)

    book = booking_of(ada, ben, tuesday)
    results = one_within_the_other(book, learn) if book_first else all_at_once(book, learn)

    assert set(results) <= {"won", "SlotTaken"}
    assert not Booking.objects.filter(status=Status.BOOKED).exists()


@pytest.mark.parametrize("act", ["not with", "book"])
def test_group_19_not_with_this_person_and_a_booking_of_the_same_moment_leave_no_call(ada, ben, tuesday, act):
    def apart():
        keeping_apart.not_with(
            coach=ben, enrolment=ada, side="PARTICIPANT", by=ada.participant.user, now=tuesday
        )

    acts = [booking_of(ada, ben, tuesday), apart]

    results = one_within_the_other(*(acts if act == "book" else reversed(acts)))

    assert set(results) <= {"won", "SlotTaken"}
    assert not Booking.objects.filter(status=Status.BOOKED).exists()


def test_group_02_one_person_in_two_tabs_with_two_coaches_gets_one_call(ada, ben, tuesday):
    eva = CoachFactory()

    results = all_at_once(booking_of(ada, ben, tuesday), booking_of(ada, eva, tuesday))

    assert results == {"won": 1, "NotOffered": 1}


@pytest.mark.parametrize("limit", [{"most_per_day": 1}, {"most_per_week": 1}], ids=["day", "week"])
def test_group_10_two_who_ask_for_the_last_place_of_a_day_or_week_at_once_get_one(ben, tuesday, limit):
    Coach.objects.filter(pk=ben.pk).update(**limit)
    later = HALF_PAST_TWO + timedelta(minutes=40)

    results = all_at_once(
        booking_of(EnrolmentFactory(), ben, tuesday), booking_of(EnrolmentFactory(), ben, tuesday, at=later)
    )

    assert results == {"won": 1, "SlotTaken": 1}


def test_group_05_one_form_sent_eight_times_at_once_is_one_booking(ada, ben, tuesday):
    once = uuid4()

    results = all_at_once(*[booking_of(ada, ben, tuesday, request=once)] * 8)

    assert results == {"won": 8}
    assert Booking.objects.count() == 1


def test_group_14_crossing_moves_between_two_coaches_never_deadlock(ben, tuesday):
    eva = CoachFactory()
    there, back = EnrolmentFactory(), EnrolmentFactory()
    mine = booking_of(there, ben, tuesday)()
    theirs = booking_of(back, eva, tuesday)()
    later = HALF_PAST_TWO + timedelta(minutes=40)

    def move(booking, coach, enrolment):
        return lambda: bookings.move(
            booking=booking, coach=coach, starts_at=later, by=enrolment.participant.user, now=tuesday
        )

    results = all_at_once(
        *[move(mine, eva, there), move(theirs, ben, back), move(mine, ben, there), move(theirs, eva, back)]
        * 3
    )

    assert set(results) <= {"won", "SlotTaken"}
    assert Booking.objects.filter(status=Status.BOOKED).count() == 2


def test_group_15_cancelling_and_moving_at_once_ends_in_one_of_the_two(ada, ben, tuesday):
    booked = booking_of(ada, ben, tuesday)()
    later = HALF_PAST_TWO + timedelta(minutes=40)

    results = all_at_once(
        lambda: bookings.cancel(booked, by=ada.participant.user, now=tuesday),
        lambda: bookings.move(
            booking=booked, coach=ben, starts_at=later, by=ada.participant.user, now=tuesday
        ),
    )

    booked.refresh_from_db()
    assert booked.status == Status.CANCELLED
    assert set(results) <= {"won", "AlreadyCancelled"}


def test_group_15_cancelling_while_the_first_ring_is_sent_ends_in_no_ring_or_in_a_call_that_has_begun(
    ada, ben, tuesday
):
    booked = booking_of(ada, ben, tuesday)()
    ring = Outgoing.objects.get(target_id=booked.pk, kind="call_leg")
    just_before = HALF_PAST_TWO - timedelta(seconds=1)

    results = all_at_once(
        lambda: bookings.cancel(booked, by=ada.participant.user, now=just_before),
        lambda: outbox.handler_of("call_leg").still_wanted(ring, now=HALF_PAST_TWO),
    )

    assert results == {"won": 2}
    assert outbox.handler_of("call_leg").still_wanted(ring, now=HALF_PAST_TWO) == "cancelled"
    ring.refresh_from_db()
    assert ring.state == "SKIPPED"


def stopping(enrolment, now):
    return lambda: withdrawing.withdraw(
        enrolment=enrolment, choice=Withdrawal.Choice.STOP_CONTACT, by=enrolment.participant.user, now=now
    )


def no_more_calls(enrolment, now):
    return lambda: consenting.change(
        enrolment=enrolment, purpose=Purpose.CALLS, yes=False, by=enrolment.participant.user, now=now
    )


def one_within_the_other(first, second):
    """Begin the second while the first is done but not yet committed."""
    done = threading.Event()

    def hold():
        with transaction.atomic():
            first()
            done.set()
            time.sleep(0.5)

    def follow():
        done.wait(timeout=20)
        second()

    return all_at_once(hold, follow)


@pytest.mark.parametrize("stop", [stopping, no_more_calls])
@pytest.mark.parametrize("book_first", [True, False], ids=["booked, then stopped", "stopped, then booked"])
def test_group_18_no_booking_outlives_a_withdrawal_of_the_same_moment(ada, ben, tuesday, stop, book_first):
    acts = [booking_of(ada, ben, tuesday), stop(ada, tuesday)]

    results = one_within_the_other(*(acts if book_first else reversed(acts)))

    refused = results["NotOffered"] + results["NotConsented"]
    assert (results["won"], refused) == ((2, 0) if book_first else (1, 1))
    assert not Booking.objects.filter(status=Status.BOOKED).exists()


@pytest.mark.parametrize("stop", [stopping, no_more_calls])
def test_group_18_booking_and_stopping_of_many_with_one_coach_never_deadlock(ben, tuesday, stop):
    people = [EnrolmentFactory() for _ in range(4)]
    acts = []
    for number, person in enumerate(people):
        at = HALF_PAST_TWO + timedelta(minutes=40 * (number - 2))
        BookingFactory(enrolment=person, coach=ben, starts_at=at + timedelta(days=1))
        acts += [booking_of(person, ben, tuesday, at=at), stop(person, tuesday)]

    results = all_at_once(*acts)

    assert set(results) <= {"won", "NotOffered", "NotConsented"}
    assert not Booking.objects.filter(status=Status.BOOKED).exists()


@pytest.mark.parametrize("shift", [10, 35], ids=["overlapping", "inside the gap"])
def test_group_03_the_database_itself_refuses_an_unequal_overlap(ben, shift):
    BookingFactory(coach=ben, starts_at=HALF_PAST_TWO)

    with pytest.raises(IntegrityError, match="no_coach_overlap"), transaction.atomic():
        BookingFactory(coach=ben, starts_at=HALF_PAST_TWO + timedelta(minutes=shift))


def test_group_02_the_database_itself_refuses_two_calls_of_one_person_at_once(ada, ben):
    BookingFactory(enrolment=ada, coach=ben, starts_at=HALF_PAST_TWO)

    with pytest.raises(IntegrityError, match="no_participant_overlap"), transaction.atomic():
        BookingFactory(enrolment=ada, starts_at=HALF_PAST_TWO + timedelta(minutes=10))


def test_group_03_the_database_allows_a_call_after_the_gap(ben):
    BookingFactory(coach=ben, starts_at=HALF_PAST_TWO)

    BookingFactory(coach=ben, starts_at=HALF_PAST_TWO + timedelta(minutes=40))

    assert Booking.objects.count() == 2


def test_one_call_that_is_told_eight_times_at_once_opens_one_leg(ada, ben, tuesday):
    BookingFactory(enrolment=ada, coach=ben, starts_at=HALF_PAST_TWO)
    rings = gateway.LineAsks(call=gateway.CallRef("CA1"), caller=ADAS_NUMBER, called="", inbound=True)

    results = all_at_once(*[lambda: arrivals.leg_for(rings, now=HALF_PAST_TWO)] * 8)

    assert results == {"won": 1, "Repeated": 7}
    assert CallLeg.objects.count() == 1


def test_two_calls_of_one_person_at_once_open_two_legs_of_one_call(ada, ben, tuesday):
    BookingFactory(enrolment=ada, coach=ben, starts_at=HALF_PAST_TWO)

    def ring(name):
        event = gateway.LineAsks(call=gateway.CallRef(name), caller=ADAS_NUMBER, called="", inbound=True)
        return lambda: arrivals.leg_for(event, now=HALF_PAST_TWO)

    results = all_at_once(ring("CA1"), ring("CA2"))

    assert results == {"won": 2}
    assert sorted(CallLeg.objects.values_list("attempt", flat=True)) == [11, 12]


def test_group_04_a_deadlock_is_tried_again():
    tries = []

    @retrying.when_asked
    def act():
        tries.append(1)
        if len(tries) < 3:
            with connection.cursor() as cursor:
                cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'chosen' USING ERRCODE = '40P01'; END $$")
        return "done"

    assert (act(), len(tries)) == ("done", 3)


@pytest.fixture
def no_end_of_deadlocks():
    """Each booking that is written ends in a deadlock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION deadlock() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'chosen' USING ERRCODE = '40P01'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER deadlock BEFORE INSERT ON coaching_booking FOR EACH ROW EXECUTE FUNCTION deadlock()"
        )


def test_group_04_whoever_meets_deadlocks_without_end_is_told_that_the_time_is_taken(
    no_end_of_deadlocks, ada, ben, as_participant, tuesday
):
    form = {"time": "ben@2026-11-03T14:20:00Z", "request": str(uuid4())}
    with zeal_ignore():  # the same is read at each try
        answer = as_participant.post("/calls/", form)

    assert answer.status_code == 409
    assert "has just been taken" in answer.content.decode()
    assert not Booking.objects.exists()
