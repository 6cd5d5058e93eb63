"""The tests' own tools keep their promises."""

import socket

import pytest

from resilience import clock, queue
from resilience.accounts.models import Role


def test_the_clock_stands_until_time_passes(tuesday, time_passes):
    assert clock.now() == tuesday

    later = time_passes(days=2)

    assert clock.now() == later
    assert (later - tuesday).days == 2


def test_moving_the_demonstration_clock_ends_with_the_test(tuesday):
    clock.move_to(tuesday.replace(hour=15))

    assert clock.now().hour == 15


def test_the_clock_file_of_another_test_is_gone(tuesday):
    assert clock.now() == tuesday


def test_the_outside_world_cannot_be_reached():
    with (
        pytest.raises(RuntimeError),
        pytest.warns(UserWarning),
        socket.create_connection(("192.0.2.1", 80), timeout=1),
    ):
        raise AssertionError("connected")


def test_ada_takes_part_and_ben_coaches_in_the_same_programme(ada, ben):
    assert list(ben.programmes.all()) == [ada.cohort.programme]
    assert ada.participant.user.roles == {Role.PARTICIPANT}


def test_wagtails_root_page_is_in_the_template(db):
    from wagtail.models import Page

    assert Page.objects.filter(depth=1).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_transactional_test_leaves_nothing_behind(turn):
    from wagtail.models import Page

    from resilience.accounts.models import User

    assert User.objects.count() == 0
    assert Page.objects.filter(depth=1).exists()

    User.objects.create_user("left@example.org")


@pytest.mark.postgres_too
def test_work_that_is_queued_runs_when_drained(db, drain):
    queue.enqueue("resilience.ops.heartbeat.beat", name="worker")

    drain()

    from resilience.ops.models import Heartbeat

    assert Heartbeat.objects.filter(name="worker").exists()


def test_the_crowd_of_the_benchmarks_fits_the_tables_as_they_stand(db):
    from resilience.participants.models import Enrolment
    from tests.benchmarks import people
    from tests.factories.participants import CohortFactory

    CohortFactory(programme__slug="demonstration", open_enrolment=True)

    people.crowd(first=1, last=3)

    assert Enrolment.objects.filter(cohort__programme__slug="demonstration").count() == 3
