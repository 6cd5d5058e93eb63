"""From the information sheet to the first questions, and what answers when something is missing on the way."""

import re
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client

from resilience.accounts.models import User
from resilience.measures.models import Occasion
from resilience.messaging.models import Outgoing
from resilience.participants import consent, invitations
from resilience.participants.models import (
    ConsentRecord,
    Enrolment,
    Invitation,
    Participant,
    Purpose,
    Readiness,
)
from tests.factories.measures import TimepointFactory
from tests.factories.participants import CohortFactory, ConsentFormFactory

pytestmark = pytest.mark.django_db
ADDRESS = "grace@example.org"


@pytest.fixture
def cohort():
    ConsentFormFactory(information="<p>What taking part means.</p><script>alert(1)</script>")
    TimepointFactory(asks=["who5", "phq8"])
    return CohortFactory()


@pytest.fixture
def phone() -> Client:
    return Client()


def code() -> str:
    return re.search(r"\d{6}", mail.outbox[-1].body).group()


def arrive(phone: Client, *, at: str = "/join/", address: str = ADDRESS) -> object:
    phone.post(at)
    phone.post("/join/address/", {"email": address})
    return phone.post("/join/code/", {"code": code()})


def agree(phone: Client, *purposes: str) -> object:
    return phone.post("/join/consents/", dict.fromkeys(("take_part", *purposes), "on"))


def joined() -> Enrolment:
    return Enrolment.objects.get(participant__user__email=ADDRESS)


def test_the_sheet_says_how_many_questions_and_minutes_come_from_the_plan(cohort, phone):
    page = phone.get("/join/").content.decode()

    assert re.search(r"About \d+ of them are for 13 first questions", page)
    assert "<p>What taking part means.</p>" in page
    assert "<script>alert" not in page


def test_what_cannot_be_promised_stands_beside_the_ticks_as_on_the_page_of_promises(cohort, phone):
    arrive(phone)
    phone.post("/sign-in/device/?next=%2Fjoin%2Fconsents%2F", {"device": "own"})

    limits = render_to_string("organisations/limits.html")

    assert "patients at risk now, and nobody told" in limits
    assert limits in phone.get("/join/consents/").content.decode()
    assert limits in phone.get("/promise/").content.decode()


def test_somebody_walks_from_the_sheet_to_the_first_questions(cohort, phone):
    answer = arrive(phone)
    assert answer.url == "/sign-in/device/?next=%2Fjoin%2Fconsents%2F"
    assert phone.post(answer.url, {"device": "own"}).url == "/join/consents/"
    assert agree(phone, "evaluation", "calls").url == "/join/about-you/"
    about = {"profession": "nurse", "gender": "", "chosen_name": "Grace", "phone": "07700 900123"}
    assert phone.post("/join/about-you/", about).url == "/join/readiness/"
    suggestion = phone.post("/join/readiness/", {"heavy": "no", "good_time": "yes"}).content.decode()
    assert "Begin whenever you like" in suggestion
    chosen = phone.post("/join/readiness/", {"suggested": "START", "way": "START"})
    assert chosen.url == "/my/measures/"

    enrolment = joined()
    assert enrolment.readiness == Readiness.START
    assert (enrolment.respondent.profession, enrolment.participant.chosen_name) == ("nurse", "Grace")
    assert enrolment.participant.phone == "+447700900123"
    assert consent.standing(enrolment) == dict.fromkeys(Purpose.values, False) | {
        "TAKE_PART": True, "EVALUATION": True, "CALLS": True,
    }  # fmt: skip
    assert Occasion.objects.filter(respondent=enrolment.respondent).count() == 2


def test_the_code_mail_names_neither_person_nor_programme(cohort, phone):
    arrive(phone)

    assert mail.outbox[-1].subject == "Your sign-in code"
    assert re.fullmatch(r"Your code is \d{6}. It works for 10 minutes.", mail.outbox[-1].body)


def test_a_member_and_a_stranger_get_the_same_answer(cohort, phone, ada):
    answers = []
    for address in (ada.participant.user.email, "stranger@example.org"):
        visitor = Client()
        visitor.post("/join/")
        posted = visitor.post("/join/address/", {"email": address})
        shown = visitor.get("/join/code/").content.decode().replace(address, "ADDRESS")
        shown = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", shown)
        answers.append((posted.status_code, posted.url, shown, len(mail.outbox[-1].body)))

    assert answers[0] == answers[1]
    assert not User.objects.filter(email="stranger@example.org").exists()


def test_nobody_is_made_before_the_code_is_typed(cohort, phone):
    phone.post("/join/")
    phone.post("/join/address/", {"email": ADDRESS})
    wrong = phone.post("/join/code/", {"code": "000000" if code() != "000000" else "111111"})

    assert wrong.status_code == 422
    assert "That is not the code" in wrong.content.decode()
    assert not User.objects.filter(email=ADDRESS).exists()


def test_three_wrong_codes_ask_for_a_new_one(cohort, phone):
    phone.post("/join/")
    phone.post("/join/address/", {"email": ADDRESS})
    right = code()
    for _try in range(3):
        last = phone.post("/join/code/", {"code": "12345x"})

    assert last.url == "/join/address/"
    assert phone.post("/join/code/", {"code": right}).url == "/join/address/"


def test_too_many_codes_for_one_address_are_refused_with_a_time_to_come_back(cohort, phone):
    phone.post("/join/")
    answers = [phone.post("/join/address/", {"email": ADDRESS}) for _time in range(5)]

    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"] == "60"


def test_without_the_first_tick_nothing_is_stored_but_the_sign_in(cohort, phone):
    arrive(phone)

    answer = phone.post("/join/consents/", {"calls": "on"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert re.search(r'name="calls"[^>]*checked', page)
    assert User.objects.filter(email=ADDRESS).exists()
    assert not Participant.objects.exists()
    assert not ConsentRecord.objects.exists()


def test_the_version_that_was_agreed_to_is_stored(cohort, phone):
    newer = consent.publish(programme=cohort.programme, information="<p>New words.</p>", now=cohort_now())
    arrive(phone)
    agree(phone)

    assert {row.form for row in joined().consents.all()} == {newer}
    assert newer.version == 2


def cohort_now():
    from resilience import clock

    return clock.now()


def test_joining_twice_keeps_one_enrolment(cohort, phone):
    arrive(phone)
    agree(phone)

    assert agree(phone).url == "/join/about-you/"
    assert Enrolment.objects.count() == 1


def test_leaving_in_the_middle_comes_back_to_the_same_step(cohort, phone):
    arrive(phone)
    agree(phone)
    another = Client()
    another.post("/accounts/login/", {"login": ADDRESS})
    answer = another.post("/accounts/login/code/confirm/", {"code": code()}, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/sign-in/device/")

    answer = another.post("/sign-in/device/", {"device": "shared", "next": ""})

    assert another.get(answer.url).url == "/join/about-you/"


def test_a_number_is_asked_for_only_when_calls_or_texts_are_wanted(cohort, phone):
    arrive(phone)
    agree(phone, "evaluation")

    page = phone.get("/join/about-you/").content.decode()

    assert 'name="phone"' not in page
    assert 'name="chosen_name"' in page


def test_what_is_not_a_number_is_said_beside_the_field_and_nothing_typed_is_lost(cohort, phone):
    arrive(phone)
    agree(phone, "calls")

    answer = phone.post(
        "/join/about-you/", {"chosen_name": "Grace", "phone": "call me", "profession": "midwife"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "That does not look like a telephone number" in page
    assert 'value="call me"' in page
    assert 'value="Grace"' in page
    assert re.search(r'value="midwife"[^>]*checked', page)
    assert joined().about_you_at is None


def test_a_landline_takes_calls_but_no_texts_and_the_page_says_so(cohort, phone):
    arrive(phone)
    agree(phone, "calls", "texts")

    answer = phone.post("/join/about-you/", {"phone": "020 7946 0123"}, follow=True)

    assert "texts cannot reach it" in answer.content.decode()
    participant = joined().participant
    assert (participant.phone, participant.phone_takes_texts) == ("+442079460123", False)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "Begin whenever you like"),
        ({"heavy": "yes", "good_time": "yes", "someone": "yes"}, "Here are people to talk to"),
        ({"heavy": "no", "good_time": "think_so", "someone": "not_sure"}, "Here are people to talk to"),
        ({"heavy": "yes", "good_time": "not_now"}, "later may be better"),
    ],
)
def test_the_page_suggests_a_way_in_no_address_and_keeps_none_of_the_answers(cohort, phone, answers, words):
    arrive(phone)
    agree(phone)
    phone.post("/join/about-you/", {})

    answer = phone.post("/join/readiness/", answers)

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert joined().readiness == ""


def test_not_now_with_a_date_writes_once_on_that_day(cohort, phone, drain, time_passes):
    arrive(phone)
    agree(phone)
    phone.post("/join/about-you/", {})
    on = (cohort_now() + timedelta(days=10)).date()
    answer = phone.post("/join/readiness/?way", {"way": "NOT_NOW", "ask_again_on": on.isoformat()})
    assert answer.url == "/join/later/"
    mail.outbox.clear()

    time_passes(days=9)
    drain()
    assert mail.outbox == []
    time_passes(days=1)
    drain()
    drain()

    assert [message.subject for message in mail.outbox if "asked" in message.subject] == [
        "You asked us to write"
    ]


@pytest.mark.parametrize("seconds", [0, 5])
def test_pressing_not_now_twice_still_writes_once_on_that_day(cohort, phone, drain, time_passes, seconds):
    arrive(phone)
    agree(phone)
    phone.post("/join/about-you/", {})
    on = (cohort_now() + timedelta(days=10)).date()
    for _press in range(2):
        phone.post("/join/readiness/?way", {"way": "NOT_NOW", "ask_again_on": on.isoformat()})
        time_passes(seconds=seconds)
    mail.outbox.clear()

    time_passes(days=10)
    drain()

    assert [message.subject for message in mail.outbox if "asked" in message.subject] == [
        "You asked us to write"
    ]


def test_a_day_chosen_again_after_another_choice_is_kept(cohort, phone, drain, time_passes):
    arrive(phone)
    agree(phone)
    phone.post("/join/about-you/", {})
    on = (cohort_now() + timedelta(days=10)).date()
    for way in ("NOT_NOW", "START", "NOT_NOW"):
        phone.post("/join/readiness/?way", {"way": way, "ask_again_on": on.isoformat()})
        time_passes(milliseconds=200)
    mail.outbox.clear()

    time_passes(days=10)
    drain()

    assert [message.subject for message in mail.outbox if "asked" in message.subject] == [
        "You asked us to write"
    ]


def test_not_now_without_a_date_writes_nothing_at_all(cohort, phone, drain, time_passes):
    arrive(phone)
    agree(phone)
    phone.post("/join/about-you/", {})
    phone.post("/join/readiness/?way", {"way": "NOT_NOW"})
    mail.outbox.clear()

    time_passes(days=20)
    drain()

    assert mail.outbox == []
    assert not Outgoing.objects.filter(kind="ask_again").exists()


def test_a_day_that_is_over_is_refused_in_words(cohort, phone):
    arrive(phone)
    agree(phone)
    phone.post("/join/about-you/", {})

    answer = phone.post("/join/readiness/?way", {"way": "NOT_NOW", "ask_again_on": "2026-11-01"})

    assert answer.status_code == 422
    assert "Choose a day from tomorrow on" in answer.content.decode()


def test_an_invitation_is_for_one_person_and_its_code_is_not_stored(cohort, tuesday):
    link = invitations.make(cohort=cohort, by=None, now=tuesday)
    at = link.removeprefix("http://testserver")
    first = Client()
    assert first.get(at).status_code == 200
    arrive(first, at=at)
    agree(first)

    again = Client().get(at)

    assert again.status_code == 410
    assert "sign in with the address you gave" in again.content.decode()
    assert at.split("/")[2] not in str(Invitation.objects.values_list())


def test_two_people_with_one_invitation_give_one_enrolment(cohort, tuesday):
    at = invitations.make(cohort=cohort, by=None, now=tuesday).removeprefix("http://testserver")
    first, second = Client(), Client()
    arrive(first, at=at)
    arrive(second, at=at, address="second@example.org")
    agree(first)

    answer = agree(second)

    assert answer.status_code == 410
    assert "has been used" in answer.content.decode()
    assert Enrolment.objects.count() == 1


def sign_in_again(phone: Client, there: str) -> str:
    """Sign in by code on the page that a post or a look was led to; return the address that it leads back to."""
    after = parse_qs(urlsplit(there).query)["next"][0]
    phone.post("/accounts/login/", {"login": ADDRESS, "next": after})
    phone.post("/accounts/login/code/confirm/", {"code": code(), "next": after})
    phone.post("/sign-in/device/", {"device": "shared", "next": after})
    return after


@pytest.mark.parametrize(
    "open_group", [True, False], ids=["another group is open to everybody", "none is open"]
)
@pytest.mark.parametrize("method", ["post", "get"])
def test_an_invitation_is_not_lost_when_the_sign_in_ends_on_the_consents(
    cohort, phone, tuesday, time_passes, open_group, method
):
    type(cohort).objects.filter(pk=cohort.pk).update(open_enrolment=open_group)
    invited = CohortFactory(name="Invited", open_enrolment=False, opens_on=date(2026, 9, 1))
    arrive(phone, at=invitations.make(cohort=invited, by=None, now=tuesday).removeprefix("http://testserver"))
    phone.post("/sign-in/device/", {"device": "shared", "next": "/join/consents/"})
    page = phone.get("/join/consents/", follow=True)
    here = page.redirect_chain[-1][0]
    ticks = {"take_part": "on", "calls": "on", "draft_token": page.context["draft_token"]()}
    time_passes(minutes=11)

    turned_away = getattr(phone, method)(here, ticks if method == "post" else {})
    back = sign_in_again(phone, turned_away.url)
    again = phone.get(back).content.decode()
    phone.post(back, {"take_part": "on"})

    assert joined().cohort == invited
    assert Invitation.objects.get().used_at is not None
    assert bool(re.search(r'name="calls"[^>]*checked', again)) == (method == "post")


def test_an_invitation_is_not_lost_when_the_sign_in_ends_before_the_consents(
    cohort, phone, tuesday, time_passes
):
    invited = CohortFactory(name="Invited", open_enrolment=False)
    link = invitations.make(cohort=invited, by=None, now=tuesday).removeprefix("http://testserver")
    onwards = parse_qs(urlsplit(arrive(phone, at=link).url).query)["next"][0]
    time_passes(minutes=31)

    back = sign_in_again(phone, phone.get(onwards).url)
    phone.post(back, {"take_part": "on"})

    assert joined().cohort == invited


def test_the_group_in_an_address_is_for_the_person_whose_page_it_was(cohort, phone, tuesday):
    invited = CohortFactory(name="Invited", open_enrolment=False)
    arrive(phone, at=invitations.make(cohort=invited, by=None, now=tuesday).removeprefix("http://testserver"))
    here = phone.get("/join/consents/", follow=True).redirect_chain[-1][0]
    other = Client()
    arrive(other, address="other@example.org")

    other.post(here, {"take_part": "on"})

    assert Enrolment.objects.get(participant__user__email="other@example.org").cohort == cohort


def test_a_poster_lets_many_people_in(cohort, tuesday):
    at = invitations.make(cohort=cohort, by=None, now=tuesday, many=True).removeprefix("http://testserver")
    for address in ("one@example.org", "two@example.org"):
        phone = Client()
        arrive(phone, at=at, address=address)
        agree(phone)

    assert Enrolment.objects.count() == 2


def test_an_expired_invitation_says_what_to_do(cohort, tuesday, time_passes):
    at = invitations.make(cohort=cohort, by=None, now=tuesday).removeprefix("http://testserver")
    time_passes(days=29)

    answer = Client().get(at)

    assert answer.status_code == 410
    assert "Ask whoever sent it for a new one" in answer.content.decode()


def test_an_unknown_invitation_says_what_to_do(cohort):
    answer = Client().get("/join/no-such-code/")

    assert answer.status_code == 404
    assert "A letter may have gone missing" in answer.content.decode()


def test_without_an_open_group_the_page_says_so(db):
    assert "Joining is not open now" in Client().get("/join/").content.decode()


def test_a_mail_server_that_is_away_is_said_in_words(cohort, phone, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    phone.post("/join/")

    answer = phone.post("/join/address/", {"email": ADDRESS})

    assert answer.status_code == 503
    assert "We could not send it" in answer.content.decode()
