"""A place at a live session: asked for, waited for, given back."""

from datetime import timedelta

import pytest
from django.core import mail

from resilience.engagement import live_sessions, seats, taking_part
from resilience.engagement.models import LiveSession, Seat, SeatState
from resilience.journeys import withdrawing
from resilience.messaging.models import Outgoing, State
from resilience.participants.models import Withdrawal
from tests.factories.live_sessions import LiveSessionFactory, SeatFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory, ProgrammeFactory


def ask(enrolment, session, now):
    return seats.ask(enrolment=enrolment, session=session.pk, by=enrolment.participant.user, at=now)


def give_back(enrolment, session, now):
    seats.give_back(enrolment=enrolment, session=session.pk, by=enrolment.participant.user, at=now)


def state(seat):
    return Seat.objects.get(pk=seat.pk).state


@pytest.fixture
def full(ada, tuesday) -> LiveSession:
    """A session with one place, which Ada has."""
    session = LiveSessionFactory(programme=ada.cohort.programme, capacity=1)
    ask(ada, session, tuesday)
    return session


def test_a_place_is_theirs_and_asking_twice_changes_nothing(ada, tuesday):
    session = LiveSessionFactory(programme=ada.cohort.programme)

    first, second = ask(ada, session, tuesday), ask(ada, session, tuesday)

    assert (first.pk, first.state) == (second.pk, SeatState.TAKEN)
    assert Seat.objects.count() == 1


def test_when_all_places_are_taken_people_wait(full, tuesday):
    assert ask(EnrolmentFactory(), full, tuesday).state == SeatState.WAITING


def test_a_place_given_back_goes_to_whoever_has_waited_longest_and_they_are_told(
    ada, full, tuesday, time_passes, drain
):
    first = ask(EnrolmentFactory(participant__user__email="first@example.org"), full, tuesday)
    second = ask(EnrolmentFactory(), full, time_passes(minutes=1))

    give_back(ada, full, time_passes(minutes=1))
    drain()

    assert (state(first), state(second)) == (SeatState.TAKEN, SeatState.WAITING)
    (told,) = mail.outbox
    assert told.to == ["first@example.org"]
    assert told.subject == "Your appointment"
    assert "Tuesday 17 November, 10:00 am (London time)" in told.body
    assert "Practice" not in told.body + told.subject


def test_leaving_the_waiting_list_moves_nobody(full, tuesday):
    waits, other = EnrolmentFactory(), EnrolmentFactory()
    left, stays = ask(waits, full, tuesday), ask(other, full, tuesday)

    give_back(waits, full, tuesday)

    assert (state(left), state(stays)) == (SeatState.GIVEN_BACK, SeatState.WAITING)


def test_a_place_given_back_can_be_asked_for_again_and_the_reminder_with_it(ada, tuesday, time_passes):
    session = LiveSessionFactory(programme=ada.cohort.programme)
    seat = ask(ada, session, tuesday)
    give_back(ada, session, time_passes(minutes=1))

    ask(ada, session, time_passes(minutes=1))

    assert state(seat) == SeatState.TAKEN
    assert Outgoing.objects.filter(kind="seat_reminder", state=State.DUE).count() == 1


def test_once_it_has_begun_places_stay_as_they_are(ada, full, tuesday):
    later = full.starts_at

    with pytest.raises(seats.TooLate):
        ask(EnrolmentFactory(), full, later)
    with pytest.raises(seats.TooLate):
        give_back(ada, full, later)


def test_people_of_another_programme_and_those_who_stopped_get_no_place(ada, tuesday):
    session = LiveSessionFactory(programme=ada.cohort.programme)
    stranger = EnrolmentFactory(cohort=CohortFactory(programme=ProgrammeFactory(slug="other")))
    gone = EnrolmentFactory(withdrawn_at=tuesday)

    with pytest.raises(seats.NotOffered):
        ask(stranger, session, tuesday)
    with pytest.raises(taking_part.Stopped):
        ask(gone, session, tuesday)


def test_stopping_gives_every_place_back_and_the_next_moves_up(ada, full, tuesday):
    waits = ask(EnrolmentFactory(), full, tuesday)

    withdrawing.withdraw(
        enrolment=ada, choice=Withdrawal.Choice.STOP_CONTACT, by=ada.participant.user, now=tuesday
    )

    assert ada.seats.get().state == SeatState.GIVEN_BACK
    assert state(waits) == SeatState.TAKEN
    assert not Outgoing.objects.filter(target_id=ada.seats.get().pk, state=State.DUE).exists()


def test_deleting_ones_data_takes_the_places_with_it(ada, full, tuesday):
    withdrawing.withdraw(enrolment=ada, choice=Withdrawal.Choice.DELETE, by=ada.participant.user, now=tuesday)

    assert not Seat.objects.exists()


def test_the_reminder_comes_the_day_before_and_only_to_who_still_has_a_place(
    ada, tuesday, time_passes, drain
):
    session = LiveSessionFactory(programme=ada.cohort.programme)
    other = EnrolmentFactory()
    ask(ada, session, tuesday)
    ask(other, session, tuesday)
    give_back(other, session, tuesday)

    time_passes(days=12, hours=23)
    drain()
    before = len(mail.outbox)
    time_passes(hours=2)
    drain()

    assert before == 0
    assert [message.to for message in mail.outbox] == [["ada@example.org"]]
    assert "You have an appointment:" in mail.outbox[0].body


def kept(session, tuesday, **differs):
    names = ("about", "title", "starts_at", "ends_at", "capacity", "place", "link", "facilitator")
    details = {**{name: getattr(session, name) for name in names}, **differs}
    return live_sessions.keep(
        key=session.pk, programme=session.programme.slug, details=live_sessions.Details(**details), at=tuesday
    )


def test_another_time_is_told_to_whoever_has_a_place_or_waits(full, tuesday, drain):
    ask(EnrolmentFactory(), full, tuesday)

    kept(
        full, tuesday, starts_at=full.starts_at + timedelta(days=1), ends_at=full.ends_at + timedelta(days=1)
    )
    drain()

    assert {message.subject for message in mail.outbox} == {"Your appointment has changed"}
    assert len(mail.outbox) == 2
    assert all("Wednesday 18 November" in message.body for message in mail.outbox)


def test_another_title_is_told_to_nobody(full, tuesday, drain):
    kept(full, tuesday, title="Practice")
    drain()

    assert mail.outbox == []


def test_more_room_lets_people_move_up_and_less_takes_nobodys_place(full, tuesday):
    waits = ask(EnrolmentFactory(), full, tuesday)

    kept(full, tuesday, capacity=2)
    kept(full, tuesday, capacity=1)

    assert state(waits) == SeatState.TAKEN


def test_what_is_called_off_is_told_once_and_offers_no_place(ada, full, tuesday, drain):
    called_off = [live_sessions.call_off([full.pk], at=tuesday) for _time in range(2)]
    drain()

    assert called_off == [1, 0]
    assert [message.subject for message in mail.outbox] == ["Your appointment has changed"]
    assert "does not take place" in mail.outbox[0].body
    with pytest.raises(seats.NotOffered):
        ask(EnrolmentFactory(), full, tuesday)


def test_what_is_over_is_not_called_off(ada, tuesday):
    session = LiveSessionFactory(programme=ada.cohort.programme, starts_at=tuesday - timedelta(days=1))

    assert live_sessions.call_off([session.pk], at=tuesday) == 0


@pytest.mark.parametrize("people", [1, 10, 100])
def test_where_somebody_stands_costs_one_question_however_many_come(
    ada, tuesday, people, django_assert_num_queries
):
    session = LiveSessionFactory(programme=ada.cohort.programme, capacity=people + 3)
    SeatFactory.create_batch(people, live_session=session)
    ask(ada, session, tuesday)

    with django_assert_num_queries(1):
        (found,) = seats.standings(ada, now=tuesday)

    assert (found.free, found.taken) == (2, True)
