"""Each purpose has its own yes and no, one press each; a no closes nothing else; newer words ask again calmly."""

from datetime import date

import pytest
from django.test import Client

from resilience.journeys import consenting
from resilience.measures.models import Occasion
from resilience.participants import consent
from resilience.participants.models import ConsentRecord, Purpose, Reason, Stage
from tests.factories.measures import TimepointFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
PAGE = "/my/consent/"
OPTIONAL = [purpose for purpose in consent.OF_EVERYBODY if purpose != Purpose.TAKE_PART]
OPEN_TO_ALL = [
    "/my/",
    "/my/data/",
    "/my/measures/",
    "/calls/",
    "/my/results/",
    "/my/plan/",
    "/my/pause/",
    PAGE,
]


def press(browser: Client, purpose: str, given: str, **more: object) -> object:
    return browser.post(PAGE, {"purpose": purpose, "given": given, **more})


@pytest.mark.parametrize("purpose", OPTIONAL)
def test_it_is_as_easy_to_take_back_as_to_give(as_participant, ada, purpose):
    taken_back = press(as_participant, purpose, "no")
    without = consent.given(ada, purpose)
    given = press(as_participant, purpose, "yes")

    assert (taken_back.status_code, given.status_code) == (302, 302)
    assert (without, consent.given(ada, purpose)) == (False, True)


@pytest.mark.parametrize("purpose", OPTIONAL)
def test_a_no_to_one_closes_nothing_else(sign_in, purpose):
    TimepointFactory(asks=["who5"])
    enrolment = EnrolmentFactory(consents=[each for each in Purpose.values if each != purpose])
    browser = sign_in(enrolment.participant.user)

    for page in OPEN_TO_ALL:
        assert browser.get(page).status_code == 200, page
    others = {each: yes for each, yes in consent.standing(enrolment).items() if each != purpose}
    assert all(others.values())
    assert Occasion.objects.filter(respondent=enrolment.respondent).exists()


def test_the_page_has_one_button_for_each_purpose(as_participant, ada):
    page = as_participant.get(PAGE).content.decode()

    assert page.count('name="given"') == len(OPTIONAL)
    assert 'href="/my/data/?programme=steady#stop"' in page


def test_the_same_press_twice_or_in_two_tabs_is_one_record(as_participant, ada):
    for _tab in range(2):
        press(as_participant, "QUOTES", "no")

    assert ada.consents.filter(purpose="QUOTES").count() == 2


@pytest.mark.parametrize(
    ("purpose", "given"),
    [
        ("MADE_UP", "yes"),
        ("MADE_UP", "no"),
        ("", "yes"),
        ("AVOIDANCE", "yes"),
        ("CALLS", "perhaps"),
        ("CALLS", ""),
    ],
)
def test_what_is_not_asked_changes_nothing(as_participant, ada, purpose, given):
    ConsentRecord.objects.filter(purpose="AVOIDANCE").erase()
    before = ada.consents.count()

    answer = press(as_participant, purpose, given)

    assert answer.status_code == 422
    assert "There is something to put right" in answer.content.decode()
    assert ada.consents.count() == before


def test_a_yes_from_a_page_with_older_words_asks_to_look_again_and_a_no_holds_at_once(
    as_participant, ada, tuesday
):
    consent.publish(programme=ada.cohort.programme, information="<p>Newer words.</p>", now=tuesday)

    no = press(as_participant, "CALLS", "no", read="1")
    yes = press(as_participant, "CALLS", "yes", read="1")

    assert (no.status_code, yes.status_code) == (302, 422)
    assert "The information was changed since you opened this page" in yes.content.decode()
    assert not consent.given(ada, Purpose.CALLS)


def test_nobody_changes_what_somebody_else_agreed_to(as_participant, ada):
    programme = ProgrammeFactory(slug="other", public_name="Other")
    other = EnrolmentFactory(cohort=CohortFactory(programme=programme))

    answer = press(as_participant, "CALLS", "no", programme="other")

    assert answer.status_code == 404
    assert consent.given(other, Purpose.CALLS)


def test_after_a_no_the_reason_may_be_said_in_one_tap_or_left_out(as_participant, ada):
    page = as_participant.post(PAGE, {"purpose": "TEXTS", "given": "no"}, follow=True).content.decode()
    as_participant.post("/my/why/", {"stage": "CONSENT", "about": "TEXTS", "code": "PRIVACY"})

    assert "Would you tell us why?" in page
    said = Reason.objects.get()
    assert (said.enrolment, said.stage, said.about, said.code) == (ada, Stage.CONSENT, "TEXTS", "PRIVACY")


@pytest.fixture
def in_two(ada, tuesday):
    """Ada takes part in another programme too; this is that enrolment."""
    programme = ProgrammeFactory(slug="second", public_name="Second Wind")
    cohort = CohortFactory(programme=programme, name="Spring", opens_on=date(2026, 9, 1))
    return EnrolmentFactory(participant=ada.participant, cohort=cohort, joined_at=tuesday)


def test_in_two_programmes_each_has_its_own_answers_on_the_page(as_participant, ada, in_two):
    page = as_participant.get(PAGE).content.decode()
    press(as_participant, "CALLS", "no", programme="steady")

    assert "Steady Ground" in page
    assert "Second Wind" in page
    assert (consent.given(ada, Purpose.CALLS), consent.given(in_two, Purpose.CALLS)) == (False, True)


def test_stopping_one_programme_leaves_the_other(as_participant, ada, in_two):
    as_participant.post("/my/data/?programme=steady", {"choice": "STOP_CONTACT"})

    ada.refresh_from_db()
    in_two.refresh_from_db()
    assert ada.withdrawn_at is not None
    assert in_two.withdrawn_at is None
    assert as_participant.get(PAGE).status_code == 200


@pytest.fixture
def newer(ada, tuesday):
    """Newer words than those that Ada agreed to."""
    return consent.publish(programme=ada.cohort.programme, information="<p>Newer words.</p>", now=tuesday)


def test_newer_words_are_asked_about_at_the_next_sign_in(as_participant, ada, newer):
    answer = as_participant.get("/after-sign-in/")
    page = as_participant.get(answer.url).content.decode()

    assert answer.url == "/my/consent/again/"
    assert "<p>Newer words.</p>" in page
    assert "Until then everything goes on as you agreed." in page


def test_newer_words_lock_nobody_out(as_participant, ada, newer):
    TimepointFactory(asks=["who5"])

    for page in OPEN_TO_ALL:
        assert as_participant.get(page).status_code == 200, page
    assert all(consent.given(ada, purpose) for purpose in Purpose.values)


def test_going_on_keeps_every_answer_under_the_newer_words_once(as_participant, ada, newer):
    press(as_participant, "TEXTS", "no")
    before = consent.standing(ada)

    for _press in range(2):
        as_participant.post("/my/consent/again/", {"version": "2"})

    assert consent.standing(ada) == before
    assert ada.consents.filter(form=newer, purpose=Purpose.CALLS).count() == 1
    assert as_participant.get("/after-sign-in/").url == "/my/"


@pytest.mark.parametrize("version", ["1", "3", "", "two", "²"])
def test_words_that_no_longer_stand_are_shown_again(as_participant, ada, newer, version):
    answer = as_participant.post("/my/consent/again/", {"version": version})

    assert answer.url == "/my/consent/again/"
    assert not ada.consents.filter(form=newer).exists()


def test_somebody_who_agreed_to_the_words_that_stand_is_not_asked(as_participant, ada):
    assert as_participant.get("/after-sign-in/").url == "/my/"
    assert as_participant.get("/my/consent/again/").url == PAGE


def test_after_stopping_no_press_is_kept(as_participant, ada, tuesday):
    type(ada).objects.filter(pk=ada.pk).update(withdrawn_at=tuesday)
    before = ada.consents.count()

    answers = [
        press(as_participant, "CALLS", "no"),
        as_participant.post("/my/consent/again/", {"version": "1"}),
    ]

    assert [each.status_code for each in answers] == [409, 409]
    assert ada.consents.count() == before
    with pytest.raises(consenting.Stopped):
        consenting.change(enrolment=ada, purpose="CALLS", yes=False, by=ada.participant.user, now=tuesday)


def test_what_cannot_be_called_back_is_said_before_anything_is_agreed_to(sign_in, ada):
    from tests.factories.accounts import UserFactory

    page = sign_in(UserFactory(email="new@example.org")).get("/join/consents/").content.decode()

    assert "Totals that were published before then cannot be called back" in page


def test_somebody_who_does_not_join_may_say_why_and_is_nobody(sign_in, ada):
    from tests.factories.accounts import UserFactory

    browser = sign_in(UserFactory(email="new@example.org"))

    browser.post("/join/not-for-me/", {"code": "NO_TIME"})

    said = Reason.objects.get()
    assert (said.enrolment, said.stage, said.code, said.cohort) == (
        None,
        Stage.JOINING,
        "NO_TIME",
        ada.cohort,
    )
    assert said.at.astimezone(said.at.tzinfo).minute == 0
    assert browser.get("/join/consents/").status_code == 302


@pytest.mark.parametrize("code", ["", "MADE_UP", "ONE_IS_ENOUGH"])
def test_somebody_who_does_not_join_and_says_nothing_known_is_signed_out_all_the_same(sign_in, ada, code):
    from tests.factories.accounts import UserFactory

    browser = sign_in(UserFactory(email="new@example.org"))

    browser.post("/join/not-for-me/", {"code": code})

    assert not Reason.objects.exists()
    assert browser.get("/join/consents/").status_code == 302
