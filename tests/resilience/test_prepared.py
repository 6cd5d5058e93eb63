"""A query built once answers as the query itself would, whoever asks."""

import uuid
from datetime import date

import pytest
from django.db.models import F

from resilience import db
from resilience.engagement.models import PageView
from resilience.participants.models import Enrolment
from tests.factories.participants import EnrolmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_too]


def _of(*, user: uuid.UUID) -> object:
    people = Enrolment.objects.filter(participant__user=user).select_related(
        "participant__user", "cohort__programme"
    )
    return people.annotate(word=F("respondent__profession"))


def _views(*, enrolment: uuid.UUID, day: date) -> object:
    return PageView.objects.filter(enrolment=enrolment, day=day).values_list("page")


OF, VIEWS = (
    db.Prepared(_of, user=uuid.UUID(int=1)),
    db.Prepared(_views, enrolment=uuid.UUID(int=1), day=date(2001, 1, 1)),
)


def test_instances_are_those_of_the_query(ada):
    EnrolmentFactory()

    found = OF.instances(user=ada.participant.user_id)

    assert found == [ada]
    assert found[0].joined_at == ada.joined_at
    assert found[0].word == "nurse"


def test_what_was_selected_beside_costs_nothing_more(ada, django_assert_num_queries):
    with django_assert_num_queries(1):
        (found,) = OF.instances(user=ada.participant.user_id)
        assert found.participant.user.email == "ada@example.org"
        assert found.cohort.programme.slug == "steady"


def test_each_call_binds_its_own_values(ada):
    other = EnrolmentFactory()

    assert OF.instances(user=ada.participant.user_id) == [ada]
    assert OF.instances(user=other.participant.user_id) == [other]
    assert OF.instances(user=uuid.uuid4()) == []


def test_rows_are_plain_and_keys_can_be_read_back(ada, tuesday):
    page = uuid.uuid4()
    PageView.objects.create(enrolment=ada, page=page, day=tuesday.date(), at=tuesday)

    rows = VIEWS.rows(enrolment=ada.pk, day=tuesday.date())

    assert [db.as_uuid(key) for (key,) in rows] == [page]
    assert VIEWS.rows(enrolment=ada.pk, day=date(2026, 1, 1)) == []
