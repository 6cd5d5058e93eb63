"""A page that is sent too late, twice or by a stranger: what was typed comes back, and nothing is stored twice."""

import html
import re
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.test import Client

from resilience.accounts import drafting
from resilience.accounts.models import Draft
from resilience.participants.models import Purpose
from tests.factories.accounts import UserFactory
from tests.factories.participants import CohortFactory, ConsentFormFactory, EnrolmentFactory

pytestmark = pytest.mark.django_db
PAGE = "/my/reach/"


def token(browser: Client, page: str = PAGE) -> str:
    return re.search(r'name="draft_token" value="([^"]+)"', browser.get(page).content.decode()).group(1)


def test_what_was_typed_after_the_sign_in_ended_comes_back(as_participant, ada, sign_in, time_passes):
    word = token(as_participant)
    time_passes(minutes=31)

    answer = as_participant.post(PAGE, {"chosen_name": "Grace", "phone": "07700 900123", "draft_token": word})

    assert answer.url == f"/accounts/login/?next={PAGE}"
    page = sign_in(ada.participant.user).get(PAGE).content.decode()
    assert "What you typed before is back" in page
    assert 'value="Grace"' in page
    assert 'value="07700 900123"' in page
    ada.participant.refresh_from_db()
    assert ada.participant.chosen_name == "Ada"


def test_the_sign_in_page_says_that_it_is_kept(as_participant, time_passes):
    word = token(as_participant)
    time_passes(minutes=31)

    answer = as_participant.post(PAGE, {"chosen_name": "Grace", "draft_token": word}, follow=True)

    assert "What you typed is kept" in answer.content.decode()


def sign_in_page(browser: Client, page: str, posted: dict) -> str:
    """Return the words of the sign-in page that a post after the end of the sign-in leads to."""
    return html.unescape(browser.post(page, posted, follow=True).content.decode())


def test_the_sign_in_page_says_when_nothing_could_be_kept(as_participant, time_passes):
    time_passes(minutes=31)

    page = sign_in_page(as_participant, PAGE, {"chosen_name": "Grace", "draft_token": "made-up"})

    assert "we could not keep what you typed" in page
    assert "back button" in page


def test_the_sign_in_page_says_when_a_button_did_nothing(as_participant, time_passes):
    time_passes(minutes=31)

    assert "press the button again" in sign_in_page(as_participant, "/calls/decline/", {})


def test_a_page_that_only_looks_says_nothing_of_keeping(as_participant, time_passes):
    time_passes(minutes=31)

    page = as_participant.get(PAGE, follow=True).content.decode()

    assert "signed out" not in page


@pytest.mark.parametrize(("days", "kept"), [(36, True), (38, False)])
def test_a_page_is_kept_for_thirty_seven_days(as_participant, time_passes, days, kept):
    word = token(as_participant)
    time_passes(days=days)

    page = sign_in_page(as_participant, PAGE, {"chosen_name": "Grace", "draft_token": word})

    assert ("What you typed is kept" in page, Draft.objects.exists()) == (kept, kept)


@pytest.mark.parametrize("page", ["/calls/decline/", "/calls/zone/"])
def test_a_post_to_an_address_without_a_page_leads_back_to_the_page_above_it(
    as_participant, ada, sign_in, time_passes, page
):
    time_passes(minutes=31)

    answer = as_participant.post(page)

    assert answer.url == "/accounts/login/?next=/calls/"
    assert sign_in(ada.participant.user).get("/calls/").status_code == 200


def test_staff_too_are_led_back_to_a_page_that_opens(client):
    reports, run = "/evaluations/autumn/reports/", f"/evaluations/autumn/reports/{uuid4()}/"

    assert client.post(reports).url == "/accounts/login/?next=/evaluations/autumn/"
    assert client.post(f"{run}cancel/").url == f"/accounts/login/?next={run}"
    route = f"/safeguarding/routes/{uuid4()}/"
    assert client.post(f"{route}checked/").url == f"/accounts/login/?next={route}"


def test_two_late_posts_of_one_page_keep_the_later_one(ada):
    for name in ("Grace", "Hedy"):
        drafting.save(user=ada.participant.user, page=PAGE, posted=QueryDict(f"chosen_name={name}"))

    assert drafting.kept(user=ada.participant.user, page=PAGE)["chosen_name"] == "Hedy"
    assert Draft.objects.count() == 1


def test_it_is_kept_under_the_persons_key_and_nowhere_else(as_participant, time_passes):
    word = token(as_participant)
    time_passes(minutes=31)
    as_participant.post(PAGE, {"chosen_name": "Grace", "draft_token": word})

    assert "Grace" not in str(Draft.objects.extra(select={"raw": "fields"}).values("raw"))
    assert "Grace" not in str(dict(as_participant.session))


def test_it_is_dropped_once_it_was_taken(as_participant, ada, sign_in, time_passes):
    word = token(as_participant)
    time_passes(minutes=31)
    as_participant.post(PAGE, {"chosen_name": "Grace", "draft_token": word})
    again = sign_in(ada.participant.user)

    again.post(PAGE, {"chosen_name": "Grace"})

    assert not Draft.objects.exists()


def test_an_unticked_box_comes_back_unticked(sign_in, time_passes):
    ConsentFormFactory(programme=CohortFactory().programme)
    newcomer = UserFactory(email="new@example.org")
    browser, page = sign_in(newcomer), "/join/consents/"
    word = token(browser, page)
    time_passes(minutes=31)
    browser.post(page, {"take_part": "on", "draft_token": word})

    page = sign_in(newcomer).get(page).content.decode()

    assert re.search(r'name="take_part"[^>]*checked', page)
    assert not re.search(r'name="calls"[^>]*checked', page)


def test_a_token_of_another_page_or_a_made_up_one_keeps_nothing(as_participant, time_passes):
    word = token(as_participant, "/my/pause/")
    time_passes(minutes=31)
    for given in (word, "made-up", ""):
        as_participant.post(PAGE, {"chosen_name": "Grace", "draft_token": given})

    assert not Draft.objects.exists()


def test_a_draft_is_for_the_person_who_typed_it(as_participant, sign_in, time_passes):
    other = EnrolmentFactory()
    word = token(as_participant)
    time_passes(minutes=31)
    as_participant.post(PAGE, {"chosen_name": "Grace", "draft_token": word})

    assert "Grace" not in sign_in(other.participant.user).get(PAGE).content.decode()


def test_a_page_sent_twice_stores_it_once(as_participant, ada):
    for _press in range(2):
        as_participant.post("/my/consent/", {"purpose": "TEXTS", "given": "no"})

    assert ada.consents.filter(purpose=Purpose.TEXTS).count() == 2
    assert ada.consents.filter(purpose=Purpose.CALLS).count() == 1


def test_a_form_from_another_site_is_refused_but_kept(ada, sign_in):
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = sign_in(ada.participant.user).cookies
    word = token(careful)

    answer = careful.post(PAGE, {"chosen_name": "Grace", "draft_token": word})

    assert answer.status_code == 403
    assert "What you typed is kept" in answer.content.decode()
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("page", ["/my/pause/", "/my/reach/", "/my/data/", "/join/readiness/?way"])
def test_each_page_that_takes_something_carries_the_token(as_participant, page):
    assert token(as_participant, page)


def test_the_page_about_you_carries_the_token(ada, sign_in):
    ada.about_you_at = None
    ada.save()

    assert token(sign_in(ada.participant.user), "/join/about-you/")


def test_the_three_questions_that_are_not_kept_carry_none(as_participant):
    assert "draft_token" not in as_participant.get("/join/readiness/").content.decode()
