"""Who came: ticked by the facilitator, kept as a moment that questions count from."""

from datetime import timedelta

import pytest

from resilience.engagement import attendance
from resilience.engagement.models import Seat
from resilience.participants.models import Milestone, Reached
from tests.factories.live_sessions import LiveSessionFactory, SeatFactory
from tests.factories.participants import EnrolmentFactory


@pytest.fixture
def session(ada, ben, tuesday):
    return LiveSessionFactory(
        programme=ada.cohort.programme, facilitator=ben.user, starts_at=tuesday - timedelta(hours=1)
    )


def reached(enrolment) -> list:
    return list(Milestone.objects.filter(enrolment=enrolment).values_list("what", "about", "at"))


def test_whoever_is_ticked_came_and_the_others_did_not(ada, ben, session, tuesday):
    came, stayed = SeatFactory(live_session=session, enrolment=ada), SeatFactory(live_session=session)

    attendance.tick(session, came={came.pk}, by=ben.user, at=tuesday)

    assert Seat.objects.get(pk=came.pk).attended is True
    assert Seat.objects.get(pk=stayed.pk).attended is False
    assert reached(ada) == [(Reached.LIVE_SESSION, "workshop-1", tuesday)]
    assert reached(stayed.enrolment) == []


def test_a_tick_by_mistake_can_be_taken_back(ada, ben, session, tuesday):
    seat = SeatFactory(live_session=session, enrolment=ada)
    attendance.tick(session, came={seat.pk}, by=ben.user, at=tuesday)

    attendance.tick(session, came=set(), by=ben.user, at=tuesday)

    assert Seat.objects.get(pk=seat.pk).attended is False
    assert reached(ada) == []


def test_a_tick_that_comes_a_week_later_counts_from_the_day_itself(ada, ben, session, tuesday):
    seat = SeatFactory(live_session=session, enrolment=ada)

    attendance.tick(session, came={seat.pk}, by=ben.user, at=tuesday + timedelta(days=7))

    assert reached(ada)[0][2] == session.ends_at


def test_nobody_can_have_come_before_it_begins(ada, ben, session, tuesday):
    with pytest.raises(attendance.NotYet):
        attendance.tick(session, came=set(), by=ben.user, at=session.starts_at - timedelta(minutes=1))


def test_somebody_who_waits_or_gave_their_place_back_is_not_on_the_list(ada, session):
    SeatFactory(live_session=session, enrolment=ada)
    SeatFactory(live_session=session, state="WAITING")
    SeatFactory(live_session=session, state="GIVEN_BACK")
    SeatFactory(live_session=session, enrolment__participant__chosen_name="")

    assert [row.name for row in attendance.listed(session)] == ["Ada", ""]


def test_when_the_last_date_has_passed_it_counts_for_everybody_who_was_there_to_come(ada, session, tuesday):
    other = LiveSessionFactory(programme=session.programme, starts_at=tuesday + timedelta(days=1))
    after = other.ends_at

    early = attendance.note_passed(now=tuesday + timedelta(hours=5))
    late = [attendance.note_passed(now=after + timedelta(minutes=5)) for _time in range(2)]

    assert (early, late) == (0, [1, 0])
    assert reached(ada) == [(Reached.LIVE_SESSION, "workshop-1", after)]


def test_having_come_counts_for_longer_than_the_date_that_passed(ada, ben, session, tuesday):
    seat = SeatFactory(live_session=session, enrolment=ada)
    attendance.note_passed(now=tuesday + timedelta(days=2))

    attendance.tick(session, came={seat.pk}, by=ben.user, at=tuesday + timedelta(hours=1))
    attendance.note_passed(now=tuesday + timedelta(days=2))

    assert [at for _what, _about, at in reached(ada)] == [tuesday + timedelta(hours=1)]


def test_who_joins_afterwards_who_stopped_and_what_was_called_off_make_no_moment(ada, session, tuesday):
    EnrolmentFactory(joined_at=session.ends_at + timedelta(days=1))
    ada.withdrawn_at = tuesday
    ada.save()
    LiveSessionFactory(programme=session.programme, about="workshop-2", called_off_at=tuesday,
                       starts_at=tuesday - timedelta(days=1))  # fmt: skip

    assert attendance.note_passed(now=tuesday + timedelta(days=2)) == 0
