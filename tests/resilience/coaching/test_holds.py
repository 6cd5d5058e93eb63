"""A time is kept for ten minutes while somebody fills in a form, and no longer."""

from datetime import timedelta
from uuid import uuid4

import pytest

from resilience.coaching import booking as bookings
from resilience.coaching import holds, slots
from resilience.coaching.models import Booking, Status
from resilience.messaging.models import Outgoing
from tests.factories.participants import EnrolmentFactory
from tests.resilience.coaching.conftest import HALF_PAST_TWO, once, radios, words

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_too]
ELEVEN_MINUTES = timedelta(minutes=11)


def hold(enrolment, coach, now, at=HALF_PAST_TWO):
    return bookings.hold(coach=coach, starts_at=at, enrolment=enrolment, now=now)


def free(ben, now):
    return slots.find(coach=ben, starts_at=HALF_PAST_TWO, length=timedelta(minutes=30), now=now)


def test_group_13_a_held_time_is_taken_for_others_and_nobody_is_told_of_anything(book, ada, ben, tuesday):
    hold(ada, ben, tuesday)

    with pytest.raises(bookings.SlotTaken):
        book(tuesday, enrolment=EnrolmentFactory())
    assert free(ben, tuesday) is None
    assert not Outgoing.objects.exists()


def test_group_13_whoever_holds_a_time_books_it(book, ada, ben, tuesday):
    hold(ada, ben, tuesday)

    booked = book(tuesday + timedelta(minutes=9))

    assert Booking.objects.get() == booked
    assert (booked.status, booked.held_until) == (Status.BOOKED, None)


def test_group_13_a_hold_that_ran_out_gives_way_and_the_first_is_told_that_the_time_is_gone(
    book, ada, ben, tuesday
):
    hold(ada, ben, tuesday)
    late = tuesday + ELEVEN_MINUTES

    book(late, enrolment=EnrolmentFactory())

    with pytest.raises(bookings.SlotTaken):
        book(late)


def test_group_13_a_hold_that_ran_out_still_becomes_a_booking_where_nobody_was_quicker(
    book, ada, ben, tuesday
):
    hold(ada, ben, tuesday)

    assert book(tuesday + ELEVEN_MINUTES).status == Status.BOOKED


def test_group_13_asking_again_makes_a_hold_no_longer_and_another_time_replaces_it(ada, ben, tuesday):
    first = hold(ada, ben, tuesday)
    again = hold(ada, ben, tuesday + timedelta(minutes=5))
    other = hold(ada, ben, tuesday, at=HALF_PAST_TWO + timedelta(minutes=40))

    assert (again.pk, again.held_until) == (first.pk, first.held_until)
    assert Booking.objects.get() == other


def test_group_13_what_nobody_took_is_free_within_the_minute(ada, ben, tuesday):
    hold(ada, ben, tuesday)

    dropped = holds.drop_expired(now=tuesday + ELEVEN_MINUTES)

    assert (dropped, free(ben, tuesday) is not None) == (1, True)


def test_group_18_stopping_lets_a_held_time_go(ada, ben, tuesday):
    from resilience.journeys import withdrawing
    from resilience.participants.models import Withdrawal

    hold(ada, ben, tuesday)

    withdrawing.withdraw(
        enrolment=ada, choice=Withdrawal.Choice.STOP_CONTACT, by=ada.participant.user, now=tuesday
    )

    assert not Booking.objects.exists()


def test_while_the_number_is_put_right_the_time_is_kept_and_the_page_says_until_when(
    as_participant, ada, ben
):
    type(ada.participant).objects.filter(pk=ada.participant_id).update(phone="")
    page = as_participant.get("/calls/times/")
    form = {"time": radios(page)[0], "request": once(page), "phone": "12", "place": "HOME"}

    wrong = as_participant.post("/calls/", form)
    kept = Booking.objects.get()
    right = as_participant.post("/calls/", {**form, "phone": "07700 900456"}, follow=True)

    booked = Booking.objects.get()
    assert (wrong.status_code, kept.status) == (422, Status.HELD)
    assert "It is kept until" in words(wrong)
    assert f'value="{form["time"]}" checked' in words(wrong)
    assert 'value="HOME" checked' in words(wrong)
    assert (booked.status, booked.place) == (Status.BOOKED, "HOME")
    assert "You will be" in words(right)


def test_a_time_can_be_kept_on_purpose_and_stands_chosen_on_the_page(as_participant, ada, ben):
    page = as_participant.get("/calls/times/")
    chosen = radios(page)[3]

    back = as_participant.post("/calls/keep/", {"time": chosen, "request": once(page)}, follow=True)
    as_participant.post("/calls/", {"time": chosen, "request": once(back)})

    assert "This time is kept for you" in words(back)
    assert f'value="{chosen}" checked' in words(back)
    assert Booking.objects.get().status == Status.BOOKED


@pytest.mark.parametrize(
    ("time", "status"), [("", 422), ("ben@2026-11-03T14:25:00Z", 409), ("ben@2026-11-03T10:20:00Z", 409)]
)
def test_a_time_that_cannot_be_had_is_not_kept(as_participant, ada, ben, time, status):
    answer = as_participant.post("/calls/keep/", {"time": time, "request": str(uuid4())})

    assert answer.status_code == status
    assert not Booking.objects.exists()


def test_a_held_time_has_no_page_of_its_own(as_participant, ada, ben, tuesday):
    kept = hold(ada, ben, tuesday)

    assert as_participant.get(f"/calls/{kept.pk}/").status_code == 404
