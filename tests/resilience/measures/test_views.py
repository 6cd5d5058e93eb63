import re
from datetime import timedelta

import pytest

from resilience.accounts.models import Draft
from resilience.measures import timepoints
from resilience.measures.models import Occasion, Response
from resilience.messaging.models import Outgoing
from resilience.participants.models import Purpose
from tests.factories.measures import TimepointFactory
from tests.factories.participants import EnrolmentFactory

PAGE = "/my/measures/t1/who5/"


@pytest.fixture
def asked(ada, tuesday):
    TimepointFactory(programme=ada.cohort.programme, asks=["who5", "leaving"])
    timepoints.refresh(enrolment=ada, now=tuesday)


def test_what_is_due_is_named_with_its_number_of_questions_and_minutes(asked, as_participant):
    page = as_participant.get("/my/measures/").content.decode()

    assert "7 questions, about 2 minutes" in page


def test_each_question_is_a_radio_group_in_a_fieldset_named_by_instrument_and_number(asked, as_participant):
    page = as_participant.get(PAGE).content.decode()

    assert page.count("<fieldset") == 5
    assert page.count('type="radio" name="who5-1"') == 6


def test_answers_lead_to_the_next_instrument_and_then_to_people_to_talk_to(asked, as_participant):
    first = as_participant.post(PAGE, {"who5-1": "5", "who5-2": "4"})
    second = as_participant.post(first.url, {"leaving-1": "1"})

    assert first.url == "/my/measures/t1/leaving/"
    assert second.url == "/my/measures/t1/done/"
    assert b"whatever they answered" in as_participant.get(second.url).content
    assert Response.objects.count() == 2


def chosen(page: str) -> list[str]:
    """Return the radio buttons that stand chosen, as name=value."""
    radios = re.findall(r'<input type="radio" name="([^"]+)" value="([^"]+)"([^>]*)', page)
    return [f"{name}={value}" for name, value, rest in radios if "checked" in rest]


def test_a_page_sent_without_an_answer_asks_once_before_it_is_stored_for_good(asked, as_participant):
    answer = as_participant.post(PAGE, {})

    assert answer.status_code == 422
    assert "You have not answered any question" in answer.content.decode()
    assert not Response.objects.exists()


def test_every_question_may_be_left_out(asked, as_participant):
    assert as_participant.post(PAGE, {"empty": "1"}).status_code == 302

    assert Response.objects.get().answers == {}


def test_a_page_posted_twice_keeps_one_response(asked, as_participant):
    as_participant.post(PAGE, {"who5-1": "5"})
    again = as_participant.post(PAGE, {"who5-1": "0"})

    assert again.status_code == 302
    assert Response.objects.get().answers == {"1": 5}


@pytest.mark.parametrize(
    "sent", [{"who5-1": "9", "who5-2": "3"}, {"who5-1": ["1", "2"], "who5-2": "3"}],
    ids=["an answer that is not offered", "two answers to one question"],
)  # fmt: skip
def test_an_odd_answer_is_pointed_out_and_the_others_are_kept(asked, as_participant, sent):
    answer = as_participant.post(PAGE, sent)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert 'role="alert"' in page
    assert "who5-2=3" in chosen(page)
    assert not Response.objects.exists()


def test_a_half_filled_page_comes_back_as_it_was_left(asked, as_participant):
    as_participant.post(PAGE, {"who5-1": "5", "who5-4": "0", "later": "1"})

    page = as_participant.get(PAGE).content.decode()

    assert chosen(page) == ["who5-1=5", "who5-4=0"]
    assert "What you typed before is back" in page
    assert not Response.objects.exists()


def test_what_was_posted_after_the_sign_in_ended_comes_back_once_signed_in(
    asked, as_participant, ada, client
):
    token = as_participant.get(PAGE).context["draft_token"]
    token = token() if callable(token) else token

    answer = client.post(PAGE, {"who5-1": "5", "who5-3": "2", "draft_token": token})

    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")
    assert Draft.objects.get().user == ada.participant.user
    assert chosen(as_participant.get(PAGE).content.decode()) == ["who5-1=5", "who5-3=2"]


def test_a_draft_is_dropped_once_the_answers_are_taken(asked, as_participant):
    as_participant.post(PAGE, {"who5-1": "5", "later": "1"})
    as_participant.post(PAGE, {"who5-1": "5"})

    assert not Draft.objects.exists()


def test_a_page_kept_open_until_after_withdrawal_stores_nothing_and_says_so(
    asked, as_participant, ada, tuesday
):
    ada.withdrawn_at = tuesday
    ada.save()

    answers = [as_participant.post(PAGE, {"who5-1": "5", **button}) for button in ({}, {"later": "1"})]

    assert [answer.status_code for answer in answers] == [409, 409]
    for answer in answers:
        assert b"nothing from this page was kept" in answer.content
        assert b'href="/my/data/"' in answer.content
        assert b'href="/join/' not in answer.content
    assert not Response.objects.exists()
    assert not Draft.objects.exists()


def test_after_stopping_no_more_questions_are_made_or_offered(as_participant, ada, tuesday):
    TimepointFactory(programme=ada.cohort.programme, asks=["who5"])
    type(ada).objects.filter(pk=ada.pk).update(withdrawn_at=tuesday)

    page = as_participant.get("/my/measures/").content.decode()

    assert "You have stopped taking part" in page
    assert "Begin" not in page
    assert not Occasion.objects.exists()


def test_a_page_whose_time_is_over_says_so(asked, ada, sign_in, time_passes):
    time_passes(days=60)

    browser = sign_in(ada.participant.user)
    answers = [
        browser.get(PAGE),
        *(browser.post(PAGE, {"who5-1": "5", **more}) for more in ({}, {"later": "1"})),
    ]

    assert [answer.status_code for answer in answers] == [200, 409, 409]
    for answer in answers:
        assert b"The time for these questions is over" in answer.content
    assert not Draft.objects.exists()


def test_what_was_chosen_on_a_page_whose_time_ran_out_is_shown_and_not_kept(
    asked, ada, sign_in, time_passes, tuesday
):
    browser = sign_in(ada.participant.user)
    browser.get(PAGE)
    Occasion.objects.update(closes_at=tuesday + timedelta(minutes=5))
    time_passes(minutes=5)

    answer = browser.post(PAGE, {"who5-1": "5", "who5-2": "77", "who5-4": "0"})
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "your answers on this page were not kept" in page
    assert "<dt>I have felt cheerful and in good spirits</dt><dd>All of the time</dd>" in page
    assert "<dt>I woke up feeling fresh and rested</dt><dd>At no time</dd>" in page
    assert page.count("<dt>") == 2
    assert not Response.objects.exists()


def test_a_page_that_newer_questions_closed_says_so(asked, sign_in, ada, tuesday, time_passes):
    TimepointFactory(
        programme=ada.cohort.programme, key="t2", position=2, offset_days=1, asks=["coping_confidence"]
    )
    time_passes(days=1)
    timepoints.refresh(enrolment=ada, now=tuesday + timedelta(days=1))

    answer = sign_in(ada.participant.user).post(PAGE, {"who5-1": "5"})

    assert answer.status_code == 409
    assert "Newer questions have opened in their place." in answer.content.decode()


def test_two_tabs_and_the_back_button_keep_the_answers_that_came_first(asked, ada, sign_in):
    one, other = sign_in(ada.participant.user), sign_in(ada.participant.user)
    for tab in (one, other):
        assert tab.get(PAGE).status_code == 200

    one.post(PAGE, {"who5-1": "5"})
    second = other.post(PAGE, {"who5-1": "0"})
    back = one.get(PAGE)

    assert (second.status_code, back.status_code) == (302, 302)
    assert second.url == back.url == "/my/measures/t1/leaving/"
    assert Response.objects.get().answers == {"1": 5}


@pytest.fixture
def in_two(ada, asked, tuesday):
    """Ada takes part in a second programme too, which asks the same at a time point of the same short name."""
    second = EnrolmentFactory(
        participant=ada.participant, cohort__programme__slug="other", joined_at=tuesday + timedelta(minutes=1),
        cohort__programme__public_name="Firm Footing",
    )  # fmt: skip
    TimepointFactory(programme=second.cohort.programme, asks=["who5", "leaving"])
    timepoints.refresh(enrolment=second, now=tuesday + timedelta(minutes=1))
    return second


def test_somebody_in_two_programmes_answers_each_in_its_own_place(in_two, ada, sign_in, time_passes):
    time_passes(minutes=2)
    browser = sign_in(ada.participant.user)
    page = browser.get("/my/measures/").content.decode()

    for slug, name in (("steady", "Steady Ground"), ("other", "Firm Footing")):
        assert f'href="/my/measures/{slug}/t1/who5/"' in page
        assert name in page
    to_second = browser.post("/my/measures/steady/t1/who5/", {"who5-1": "5"})
    browser.post("/my/measures/other/t1/who5/", {"who5-1": "1"})

    assert to_second.url == "/my/measures/steady/t1/leaving/"
    assert ada.respondent.responses.get().answers == {"1": 5}
    assert in_two.respondent.responses.get().answers == {"1": 1}


def test_without_a_programme_in_the_address_it_is_the_one_that_their_pages_are_about(
    in_two, ada, sign_in, time_passes
):
    time_passes(minutes=2)
    sign_in(ada.participant.user).post(PAGE, {"who5-1": "5"})
    assert in_two.respondent.responses.exists()

    type(ada).objects.filter(pk=in_two.pk).update(withdrawn_at=in_two.joined_at)
    sign_in(ada.participant.user).post(PAGE, {"who5-1": "4"})
    assert ada.respondent.responses.get().answers == {"1": 4}


def test_the_days_to_come_stand_on_the_page_of_questions(asked, ada, as_participant):
    TimepointFactory(
        programme=ada.cohort.programme, key="t2", label="Later", position=2, offset_days=42, asks=["who5"]
    )
    TimepointFactory(
        programme=ada.cohort.programme,
        key="t3",
        label="Last",
        position=3,
        anchor="MODULES_DONE",
        asks=["who5"],
    )

    page = as_participant.get("/my/measures/").content.decode()

    assert 'Later: at the latest from <time datetime="2026-12-15">15 December 2026</time>' in page
    assert "Last: when its day is known" in page


def test_nobody_reaches_another_persons_questions(asked, sign_in):
    from tests.factories.participants import EnrolmentFactory

    stranger = EnrolmentFactory(participant__user__email="eve@example.org")

    assert sign_in(stranger.participant.user).get(PAGE).status_code == 404


def test_submitting_takes_ten_queries_or_fewer(asked, as_participant, django_assert_max_num_queries):
    as_participant.get(PAGE)

    with django_assert_max_num_queries(18):  # with begin, savepoints and commit; the plain statements are ten
        as_participant.post(PAGE, {f"who5-{n}": "3" for n in range(1, 6)})


def test_the_clock_of_a_window_is_the_occasions_own(asked, ada, tuesday):
    assert {each.closes_at for each in Occasion.objects.all()} == {tuesday + timedelta(days=28)}


@pytest.fixture
def kept_out(sign_in, tuesday, drain, time_passes):
    """Somebody who takes part and did not agree to the evaluation, with a page due, and what was sent to them."""
    enrolment = EnrolmentFactory(consents=[Purpose.TAKE_PART])
    TimepointFactory(programme=enrolment.cohort.programme, asks=["who5"])
    timepoints.refresh(enrolment=enrolment, now=tuesday)
    time_passes(days=4)
    drain()
    return sign_in(enrolment.participant.user)


def test_who_did_not_agree_to_the_evaluation_is_told_that_nobody_reads_the_answers(kept_out):
    page = kept_out.get("/my/measures/").content.decode()

    assert "so nobody reads them later either" in page
    assert "They are read later" not in page


def test_who_did_not_agree_to_the_evaluation_is_not_reminded_of_its_pages(kept_out, mailoutbox):
    assert [mail.subject for mail in mailoutbox] == []
    assert set(Outgoing.objects.filter(kind="page_reminder").values_list("reason", flat=True)) == {
        "not in the evaluation"
    }
