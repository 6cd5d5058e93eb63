"""Who reads which page of a programme, and what it costs."""

import pytest
from django.test import Client

from resilience.accounts import roles
from resilience.accounts.models import Role
from resilience.engagement.models import PageView
from tests.factories.accounts import UserFactory
from tests.factories.content_pages import LAST, MODULE, READING, WRITING
from tests.factories.participants import CohortFactory, EnrolmentFactory, ProgrammeFactory


@pytest.mark.parametrize("address", ["/my/", "/programmes/steady/", MODULE, READING])
def test_a_visitor_is_asked_to_sign_in(steady, address):
    response = Client().get(address)

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("address", ["/programmes/steady/", MODULE, READING])
@pytest.mark.parametrize("role", ["as_coach", "as_evaluator", "as_manager", "as_operator"])
def test_people_who_work_here_find_no_programme_pages(steady, request, role, address):
    response = request.getfixturevalue(role).get(address)

    assert response.status_code == 404


def test_somebody_in_another_programme_finds_nothing(steady, sign_in):
    other = CohortFactory(programme=ProgrammeFactory(slug="other"))
    stranger = EnrolmentFactory(cohort=other)

    response = sign_in(stranger.participant.user).get(READING)

    assert response.status_code == 404


@pytest.mark.parametrize(
    "address", [MODULE + "nothing/", "/programmes/steady/nothing/", "/programmes/nothing/x/"]
)
def test_a_page_that_nobody_made_is_not_there(steady, as_participant, address):
    assert as_participant.get(address).status_code == 404


def test_a_page_that_is_not_published_is_not_there(steady, writing, as_participant):
    writing.unpublish()

    assert as_participant.get(WRITING).status_code == 404
    assert "What I would want to hear" not in as_participant.get(MODULE).content.decode()


@pytest.mark.postgres_too
def test_a_story_comes_in_the_readers_profession_and_the_others_wait(steady, ada, sign_in):
    paramedic = EnrolmentFactory(respondent__profession="paramedic")

    mine = sign_in(ada.participant.user).get(READING).content.decode()
    theirs = sign_in(paramedic.participant.user).get(READING).content.decode()

    assert mine.index("six minutes later") < mine.index("not heard")
    assert theirs.index("not heard") < theirs.index("six minutes later")


def test_an_unnamed_profession_reads_the_first_story(steady, sign_in):
    someone = EnrolmentFactory(respondent__profession="")

    page = sign_in(someone.participant.user).get(READING).content.decode()

    assert page.index("six minutes later") < page.index("not heard")


def test_a_sensitive_piece_begins_with_a_note_and_has_a_quick_way_out(steady, as_participant):
    page = as_participant.get(READING).content.decode()

    assert page.index("A story about a medicine. It can wait.") < page.index("Asha sees it")
    assert "Leave this page quickly" in page


def test_a_page_with_a_story_says_where_incidents_are_reported(steady, as_participant):
    page = as_participant.get(READING).content.decode()

    assert "This is not where incidents are reported" in page
    assert 'href="https://incidents.example.org/"' in page


def test_a_later_part_says_what_opens_it(steady, as_participant):
    page = as_participant.get(LAST).content.decode()

    assert "opens when the part before it is behind you" in page
    assert "Attention comes in short lengths" not in page


def test_a_page_opened_often_is_one_view_a_day(steady, ada, sign_in, time_passes):
    for _ in range(3):
        sign_in(ada.participant.user).get(READING)
    time_passes(days=1)
    sign_in(ada.participant.user).get(READING)

    assert PageView.objects.filter(enrolment=ada).count() == 2


def test_an_editor_reads_every_part_and_leaves_no_trace(steady, as_editor):
    page = as_editor.get(LAST)

    assert page.status_code == 200
    assert "You are looking at this page" in page.content.decode()
    assert 'id="work"' not in page.content.decode()
    assert not PageView.objects.exists()


def test_an_editor_cannot_post_to_a_piece(steady, as_editor):
    assert as_editor.post(WRITING, {"do": "done"}).status_code == 404


@pytest.mark.parametrize("address", [MODULE, READING, WRITING])
def test_a_page_costs_six_queries_at_most(steady, as_participant, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        as_participant.get(address)
    with django_assert_max_num_queries(5):
        as_participant.get(address)


def test_the_cost_of_a_page_does_not_grow_with_what_is_kept(
    steady, as_participant, typed, django_assert_max_num_queries
):
    as_participant.post(WRITING, typed)

    with django_assert_max_num_queries(6):
        as_participant.get(WRITING)


def test_after_stopping_every_page_leads_to_plain_words(steady, as_participant, ada, tuesday):
    ada.withdrawn_at = tuesday
    ada.save()

    assert as_participant.get(READING)["Location"] == "/my/"
    assert as_participant.post(READING, {"do": "done"}).status_code == 409
    assert "You have stopped taking part" in as_participant.get("/my/").content.decode()


@pytest.mark.parametrize("address", ["/programmes/steady/", MODULE, READING])
def test_an_editor_without_a_second_factor_reads_no_page_of_a_programme(steady, sign_in, address):
    editor = UserFactory(roles=[Role.EDITOR])

    response = sign_in(editor, second_factor=False).get(address)

    assert (response.status_code, response["Location"]) == (302, "/accounts/2fa/")


def test_whoever_takes_part_elsewhere_reads_as_an_editor_only_with_a_second_factor(steady, sign_in, tuesday):
    other = EnrolmentFactory(cohort=CohortFactory(programme=ProgrammeFactory(slug="other")))
    both = other.participant.user
    roles.grant(user=both, role=Role.EDITOR, by=None, now=tuesday)

    assert sign_in(both, second_factor=False).get(READING).status_code == 404
    assert sign_in(both).get(READING).status_code == 200
