"""One winner for the last place: real connections on PostgreSQL, one thread each."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection, connections

from resilience.engagement import seats, taking_part
from resilience.engagement.models import Seat, SeatState
from resilience.journeys import withdrawing
from resilience.participants.models import Withdrawal
from tests.factories.live_sessions import LiveSessionFactory
from tests.factories.participants import EnrolmentFactory

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def all_at_once(*acts: Callable[[], object]) -> Counter:
    """Run each act in a thread with a connection of its own, all from the same moment; count what came of them."""
    start, results = threading.Barrier(len(acts)), Counter()

    def run(act: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            results[str(act())] += 1
        except taking_part.Stopped:
            results["stopped"] += 1
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


def asking(enrolment, session, now) -> Callable[[], str]:
    def act() -> str:
        return seats.ask(enrolment=enrolment, session=session.pk, by=enrolment.participant.user, at=now).state

    return act


@pytest.mark.parametrize("how_many", [2, 12])
def test_of_many_who_ask_for_the_last_place_exactly_one_gets_it_and_the_others_wait(ada, tuesday, how_many):
    session = LiveSessionFactory(programme=ada.cohort.programme, capacity=1)
    people = [EnrolmentFactory() for _ in range(how_many)]

    results = all_at_once(*[asking(person, session, tuesday) for person in people])

    assert results == {"TAKEN": 1, "WAITING": how_many - 1}


def test_two_tabs_of_one_person_take_one_place(ada, tuesday):
    session = LiveSessionFactory(programme=ada.cohort.programme, capacity=2)

    results = all_at_once(*[asking(ada, session, tuesday)] * 4)

    assert results == {"TAKEN": 4}
    assert Seat.objects.count() == 1


def test_a_place_that_comes_free_while_its_next_owner_stops_is_nobodys_for_long(ada, tuesday):
    session = LiveSessionFactory(programme=ada.cohort.programme, capacity=1)
    stops, waits = EnrolmentFactory(), EnrolmentFactory()
    for person in (ada, stops, waits):
        asking(person, session, tuesday)()

    results = all_at_once(
        lambda: seats.give_back(
            enrolment=ada, session=session.pk, by=ada.participant.user, at=tuesday
        ),
        lambda: withdrawing.withdraw(
            enrolment=stops, choice=Withdrawal.Choice.STOP_CONTACT, by=stops.participant.user, now=tuesday
        ),
    )  # fmt: skip

    assert results == {"None": 2}
    assert Seat.objects.get(state=SeatState.TAKEN).enrolment == waits
