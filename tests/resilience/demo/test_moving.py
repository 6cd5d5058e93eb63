"""Where the demonstration's clock goes when a button is pressed."""

from datetime import timedelta

import pytest

from resilience.demo import moving
from resilience.messaging import optouts
from tests.factories.coaching import BookingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def adas_call(ada, ben, tuesday):
    """Ada's call with Ben in a week; somebody else's is tomorrow."""
    BookingFactory(starts_at=tuesday + timedelta(days=1))
    return BookingFactory(coach=ben, enrolment=ada, starts_at=tuesday + timedelta(days=7))


def test_to_the_next_call_goes_to_the_call_of_whoever_is_signed_in(adas_call, ada, ben, tuesday):
    for user in (ada.participant.user, ben.user):
        assert moving.target(moving.NEXT_CALL, user=user, now=tuesday) == adas_call.starts_at


def test_to_the_next_call_goes_to_anybodys_where_the_person_has_none(adas_call, chi, tuesday):
    assert moving.target(moving.NEXT_CALL, user=chi, now=tuesday) == tuesday + timedelta(days=1)


def test_without_a_call_to_come_there_is_nowhere_to_go(db, tuesday):
    with pytest.raises(moving.NothingComes):
        moving.target(moving.NEXT_CALL, user=None, now=tuesday)


def test_to_the_next_call_goes_to_the_call_of_the_telephones_on_the_desk(adas_call, ben, tuesday):
    number = "+442079460101"
    type(ben).objects.filter(pk=ben.pk).update(phone_index=optouts.index(number))

    assert moving.target(moving.NEXT_CALL, user=None, now=tuesday, numbers=[number]) == adas_call.starts_at
    assert (
        moving.target(moving.NEXT_CALL, user=None, now=tuesday, numbers=["+447700900099"])
        < adas_call.starts_at
    )
