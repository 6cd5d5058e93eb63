"""Versions in figures: what somebody finished is the version that they had opened last."""

from datetime import timedelta
from uuid import uuid4

import pytest

from resilience.engagement import completions, fidelity, page_views
from resilience.engagement.models import How
from tests.factories.participants import EnrolmentFactory

pytestmark = pytest.mark.django_db
PAGE = uuid4()


@pytest.mark.parametrize(("people", "said"), [(0, None), (9, None), (10, 10), (14, 10), (15, 15), (101, 100)])
def test_few_people_are_no_figure_and_many_are_told_by_fives(people, said):
    assert fidelity.at_least(people) == said


def test_what_is_finished_counts_for_the_version_opened_last(tuesday):
    for _number in range(10):
        somebody = EnrolmentFactory()
        seen = {"enrolment": somebody, "page": PAGE}
        page_views.record(**seen, at=tuesday, revision=1)
        page_views.record(**seen, at=tuesday + timedelta(days=1), revision=2)
        completions.complete(
            enrolment=somebody, activity=PAGE, how=How.DONE, at=tuesday + timedelta(days=1, hours=1)
        )
        page_views.record(**seen, at=tuesday + timedelta(days=2), revision=3)

    found = fidelity.by_version(programme="steady", pages=[PAGE])

    assert [(each.revision, each.saw, each.finished) for each in found] == [
        (1, 10, None),
        (2, 10, 10),
        (3, 10, None),
    ]


def test_people_who_try_the_site_and_other_programmes_do_not_count(tuesday):
    for _number in range(10):
        page_views.record(
            enrolment=EnrolmentFactory(respondent__is_test=True), page=PAGE, at=tuesday, revision=1
        )

    assert fidelity.by_version(programme="steady", pages=[PAGE]) == []
    assert fidelity.by_version(programme="other", pages=[PAGE]) == []


@pytest.mark.parametrize("people", [1, 10, 100])
def test_the_figures_cost_two_queries_however_many_people(people, tuesday, django_assert_num_queries):
    for _number in range(people):
        page_views.record(enrolment=EnrolmentFactory(), page=PAGE, at=tuesday, revision=1)

    with django_assert_num_queries(2):
        fidelity.by_version(programme="steady", pages=[PAGE])
