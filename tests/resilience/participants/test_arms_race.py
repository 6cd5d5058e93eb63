"""Two who arrive at once are never given the same place: real connections on PostgreSQL, one thread each."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection, connections

from resilience.measures import responses
from resilience.organisations.models import Unit
from resilience.participants.arms import auditing
from resilience.participants.models import Allocation, DrawnPlace, Enrolment
from tests.factories import arms
from tests.factories.participants import EnrolmentFactory, ProgrammeFactory

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def all_at_once(*acts: Callable[[], object]) -> Counter:
    """Run each act in a thread with a connection of its own, all from the same moment; count what came of them."""
    start, results = threading.Barrier(len(acts)), Counter()

    def run(act: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            act()
            results["done"] += 1
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


def answering(person: Enrolment, at) -> Callable[[], object]:
    occasion = arms.asked(person, at=at)
    return lambda: responses.submit(occasion=occasion, answers={"1": 3}, at=at)


def test_of_many_who_arrive_at_once_each_has_a_place_of_their_own(tuesday):
    plan = arms.confirmed(ProgrammeFactory(), now=tuesday)
    people = [EnrolmentFactory(joined_at=tuesday) for _ in range(12)]

    results = all_at_once(*[answering(person, tuesday) for person in people])

    assert results == {"done": 12}
    assert sorted(DrawnPlace.objects.values_list("number", flat=True)) == list(range(1, 13))
    assert Counter(Allocation.objects.values_list("arm__key", flat=True)) == {"a": 6, "b": 6}
    assert auditing.holds(plan)


def test_two_tabs_of_one_person_take_one_place(tuesday):
    arms.confirmed(ProgrammeFactory(), now=tuesday)
    act = answering(EnrolmentFactory(joined_at=tuesday), tuesday)

    results = all_at_once(act, act, act)

    assert results == {"done": 3}
    assert (DrawnPlace.objects.count(), Allocation.objects.count()) == (1, 1)


def test_colleagues_of_one_unit_who_arrive_at_once_are_in_one_group(tuesday):
    programme = ProgrammeFactory(why_unit="To compare wards.")
    Unit.objects.create(organisation=programme.organisation, name="Ward 1")
    arms.confirmed(programme, now=tuesday, by="UNIT", blocks=[2])
    people = [EnrolmentFactory(belongs_as="EMPLOYEE", respondent__workplace="Ward 1") for _ in range(6)]

    results = all_at_once(*[answering(person, tuesday) for person in people])

    assert results == {"done": 6}
    assert DrawnPlace.objects.count() == 1
    assert Allocation.objects.values("arm").distinct().count() == 1
