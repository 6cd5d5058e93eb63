"""Questions among the words of an activity: sent once, by their own button or at its end, and nobody's to look up."""

import pytest

from content_pages.models import ActivityPage
from resilience.accounts.models import Draft
from resilience.engagement.models import Entry
from resilience.measures.models import Response
from resilience.organisations import system_list
from resilience.organisations.models import SystemAction, SystemList
from resilience.participants.models import Enrolment
from tests.factories.content_pages import TEXT, WRITING, exercise

STATEMENTS = {"type": "instrument", "value": {"instrument": "workplace_forces", "intro": ""}}
LIST = {"type": "system_list", "value": {"title": "What gets in the way?", "intro": "<p>Tick any.</p>"}}
FORCES = {"workplace_forces-1": "4", "workplace_forces-3": "2"}
SEND, TELL = {"do": "answer:workplace_forces"}, {"do": "answer:system-list"}
SAID_ONCE = "It is counted with others and shown once ten people have raised something"


@pytest.fixture
def asking(writing) -> ActivityPage:
    """The page with the exercise, with statements and the list behind it."""
    writing.body = [TEXT, exercise(), STATEMENTS, LIST]
    writing.save_revision().publish()
    return writing


def test_answers_are_stored_under_the_number_and_the_page_says_so(asking, as_participant, ada):
    answer = as_participant.post(WRITING, {**FORCES, **SEND})

    stored = Response.objects.get()
    assert answer.url == f"{WRITING}#workplace_forces"
    assert (stored.respondent_id, stored.answers, stored.occasion) == (
        ada.respondent_id,
        {"1": 4, "3": 2},
        None,
    )
    page = as_participant.get(WRITING).content.decode()
    assert "You have answered this" in page
    assert 'name="workplace_forces-1"' not in page


def test_no_sum_is_made_of_the_three_forces(asking, as_participant):
    as_participant.post(WRITING, {**FORCES, **SEND})

    assert not Response.objects.get().scores.exists()


def test_answers_are_asked_once_and_a_second_post_is_answered_in_words(asking, as_participant):
    as_participant.post(WRITING, {**FORCES, **SEND})

    answer = as_participant.post(WRITING, {"workplace_forces-1": "1", **SEND}, follow=True)

    assert Response.objects.get().answers == {"1": 4, "3": 2}
    assert "Your first answers stand" in answer.content.decode()


def test_saying_that_it_is_done_sends_what_was_chosen(asking, as_participant, ada):
    as_participant.post(WRITING, {**FORCES, "system-list": ["STAFFING"], "do": "done"})

    assert Response.objects.exists()
    assert SystemList.objects.exists()
    assert Enrolment.objects.get(pk=ada.pk).has_raised


def test_passing_over_the_activity_sends_nothing_and_keeps_nothing(asking, as_participant):
    as_participant.post(WRITING, {**FORCES, "system-list": ["STAFFING"], "do": "skip"})

    assert not Response.objects.exists()
    assert not SystemList.objects.exists()
    assert not Draft.objects.exists()


def test_saving_something_else_leaves_the_choice_unsent_and_on_the_page(asking, as_participant, typed):
    as_participant.post(WRITING, {**typed, **FORCES, "system-list": ["ROTA"]})

    page = as_participant.get(WRITING).content.decode()
    assert Entry.objects.exists()
    assert not Response.objects.exists()
    assert not SystemList.objects.exists()
    assert 'name="workplace_forces-1" value="4" form="work" checked' in page
    assert 'value="ROTA" form="work" checked' in page


@pytest.mark.parametrize(("do", "where"), [(SEND, "id_workplace_forces-1_0"), (TELL, "system-list-0")])
def test_sending_nothing_is_said_and_nothing_is_stored(asking, as_participant, do, where):
    answer = as_participant.post(WRITING, do)

    assert answer.status_code == 422
    assert f'href="#{where}"' in answer.content.decode()
    assert f'id="{where}"' in answer.content.decode()
    assert not Response.objects.exists()
    assert not SystemList.objects.exists()


@pytest.mark.parametrize(
    "odd",
    [
        {"workplace_forces-1": "9", **SEND},
        {"workplace_forces-1": ["1", "2"], **SEND},
        {"system-list": ["X"], **TELL},
    ],
)
def test_an_answer_that_was_not_offered_is_refused_with_the_others_still_there(
    asking, as_participant, odd, typed
):
    answer = as_participant.post(WRITING, {**typed, "workplace_forces-3": "2", **odd})

    assert answer.status_code == 422
    assert 'name="workplace_forces-3" value="2" form="work" checked' in answer.content.decode()
    assert typed["want_to_hear-sentence"] in answer.content.decode()
    assert not Response.objects.exists()
    assert not SystemList.objects.exists()


def test_whoever_has_told_is_answered_at_once_with_the_way_to_report(asking, as_participant):
    as_participant.post(WRITING, {"system-list": ["STAFFING", "ROTA"], **TELL})

    page = as_participant.get(WRITING).content.decode()
    assert SAID_ONCE in page
    assert "This is not an incident report." in page
    assert 'href="https://incidents.example.org/"' in page
    assert " checked>" not in page


def test_telling_twice_is_answered_in_words(asking, as_participant, ada):
    as_participant.post(WRITING, {"system-list": ["STAFFING"], **TELL})

    answer = as_participant.post(WRITING, {"system-list": ["ROTA"], **TELL}, follow=True)

    assert "Each person counts once, so nothing was added" in answer.content.decode()


def test_a_page_with_the_list_says_that_incidents_are_reported_elsewhere(asking, as_participant, as_editor):
    for browser in (as_participant, as_editor):
        assert "This is not where incidents are reported" in browser.get(WRITING).content.decode()


def test_the_page_shows_what_is_being_done_and_before_ten_people_nothing_else(
    asking, as_participant, ada, tuesday
):
    SystemAction.objects.create(
        organisation=ada.cohort.programme.organisation, factor="HANDOVER", what="One sheet.", post="Rota lead",
        state="DONE", raised_on=tuesday.date(), taken_on=tuesday.date(), done_on=tuesday.date(),
    )  # fmt: skip

    page = as_participant.get(WRITING).content.decode()

    assert "Nothing has been raised by ten people yet" in page
    assert "One sheet." in page
    assert "Rota lead" in page
    assert "Done" in page


def test_an_editor_sees_the_list_without_an_organisation_and_can_send_nothing(asking, as_editor):
    page = as_editor.get(WRITING).content.decode()

    assert "You belong to none here, so it is left out" in page
    assert "Send what I ticked" not in page
    assert "Send my answers" not in page


def test_each_reads_the_statements_in_the_words_of_their_profession(asking, as_participant, ada):
    ada.respondent.profession = "midwife"
    ada.respondent.save()

    assert "The co-ordinators I work with" in as_participant.get(WRITING).content.decode()


def test_after_stopping_nothing_is_taken(asking, as_participant, ada, tuesday):
    ada.withdrawn_at = tuesday
    ada.save()

    assert as_participant.post(WRITING, {**FORCES, **SEND}).status_code == 409
    assert not Response.objects.exists()


@pytest.mark.parametrize("lines", [1, 10, 1000])
def test_a_page_with_the_list_costs_six_queries_at_most(
    writing, as_participant, ada, tuesday, lines, django_assert_max_num_queries
):
    writing.body = [TEXT, STATEMENTS, LIST]
    writing.save_revision().publish()
    organisation = ada.cohort.programme.organisation
    SystemAction.objects.bulk_create(
        SystemAction(
            organisation=organisation,
            factor="ROTA",
            what=str(number),
            state="RAISED",
            raised_on=tuesday.date(),
        )
        for number in range(lines)
    )
    for _number in range(12):
        system_list.count(organisation=organisation, unit=None, factors=["ROTA"], now=tuesday)

    with django_assert_max_num_queries(6):
        page = as_participant.get(WRITING).content.decode()
    assert "10 people have raised something" in page
