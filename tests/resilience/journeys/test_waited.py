import pytest

from resilience.journeys import waited
from resilience.measures import beginning
from tests.factories import arms
from tests.factories.participants import EnrolmentFactory

pytestmark = pytest.mark.django_db
LIST = {"kind": "WAITING", "weeks": 6}


@pytest.fixture
def waiting(ada, tuesday):
    """Ada on a waiting list of six weeks."""
    arms.confirmed(ada.cohort.programme, now=tuesday, arms=[LIST, LIST], blocks=[2])
    ada.refresh_from_db()
    return arms.answers(ada, at=tuesday)


def told(mailoutbox) -> list[str]:
    return [mail.to[0] for mail in mailoutbox if mail.subject == "It is open for you now"]


def test_whoever_waited_is_told_once_on_the_day_on_which_the_parts_open(
    waiting, as_participant, time_passes, drain, mailoutbox
):
    counted = []
    for days in (41, 1, 1, 20):
        now = time_passes(days=days)
        waited.write_once(now=now)
        drain()
        counted.append((beginning.of(waiting, now=now).allocation is not None, len(told(mailoutbox))))

    assert counted == [(True, 0), (True, 1), (True, 1), (True, 1)]
    assert told(mailoutbox) == ["ada@example.org"]


def test_nobody_is_told_who_stopped_or_whose_group_never_waited(
    waiting, tuesday, time_passes, drain, mailoutbox
):
    EnrolmentFactory(cohort=waiting.cohort, joined_at=tuesday)
    waiting.withdrawn_at = tuesday
    waiting.save()

    waited.write_once(now=time_passes(days=42))
    drain()

    assert told(mailoutbox) == []


def test_finding_them_asks_the_same_of_the_database_for_one_and_for_many_who_still_wait(
    waiting, tuesday, django_assert_num_queries
):
    for _person in range(9):
        arms.answers(EnrolmentFactory(cohort=waiting.cohort, joined_at=tuesday), at=tuesday)

    with django_assert_num_queries(2):
        waited.write_once(now=tuesday)
