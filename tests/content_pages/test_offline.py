"""What a phone may store holds nothing of its person; who may fetch it, and what signing out says to the browser."""

import json

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from content_pages import offline
from resilience.accounts import device
from resilience.engagement.models import PageView
from tests.factories.content_pages import LAST, MODULE, READING, WRITING
from tests.factories.participants import EnrolmentFactory

LINE = "/my/phone/line.json"


def kept(address: str) -> str:
    return address.replace("/programmes/", "/kept/")


@pytest.mark.parametrize("address", [kept(MODULE), kept(READING), kept(WRITING)])
def test_everybody_of_a_profession_gets_the_same_bytes(steady, ada, sign_in, typed, address):
    mine = sign_in(ada.participant.user)
    mine.post(WRITING, typed)
    mine.post(READING, {"do": "done"})
    somebody = EnrolmentFactory(participant__chosen_name="Zebedee")

    theirs = sign_in(somebody.participant.user).get(address)

    assert mine.get(address).content == theirs.content


@pytest.mark.parametrize("address", [kept(MODULE), kept(WRITING)])
def test_it_holds_no_token_no_name_and_nothing_that_was_written(steady, as_participant, typed, address):
    as_participant.post(WRITING, typed)
    live = as_participant.get(WRITING).content.decode()

    page = as_participant.get(address)

    for personal in ("csrfmiddlewaretoken", "draft_token", "Ada", typed["want_to_hear-sentence"], "Sign out"):
        assert personal not in page.content.decode()
    assert not page.cookies or set(page.cookies) <= {device.cookie()}
    assert "no-store" in page["Cache-Control"]
    assert typed["want_to_hear-sentence"] in live


def test_the_boxes_stand_there_empty_and_lead_to_the_page_itself(steady, as_participant):
    page = as_participant.get(kept(WRITING)).content.decode()

    assert f'action="{WRITING}"' in page
    assert 'name="want_to_hear-sentence"' in page
    assert 'name="want_to_hear-seen" value=""' in page


def test_fetching_it_is_not_a_visit(steady, as_participant):
    as_participant.get(kept(READING))

    assert not PageView.objects.exists()


def test_a_part_that_is_not_open_cannot_be_kept(steady, as_participant):
    assert as_participant.get(kept(LAST)).status_code == 404


def test_whoever_stopped_keeps_nothing(steady, as_participant, ada, tuesday):
    ada.withdrawn_at = tuesday
    ada.save()

    assert as_participant.get(kept(READING)).status_code == 404
    assert as_participant.get("/my/phone/")["Location"] == "/my/"
    assert as_participant.get(LINE).json()["who"] == ""


def test_a_phone_knows_its_person_by_a_word_that_names_nobody(steady, ada, sign_in):
    somebody = EnrolmentFactory()

    first, again = (sign_in(ada.participant.user).get(LINE).json()["who"] for _ in range(2))
    other = sign_in(somebody.participant.user).get(LINE).json()["who"]

    assert first == again == offline.word_of(ada.participant.user)
    assert first != other
    assert str(ada.participant.user.pk).replace("-", "") not in first


def test_a_shared_computer_is_offered_nothing(steady, ada, as_participant):
    as_participant.get("/my/")
    as_participant.post("/sign-in/device/", {"device": "shared", "next": "/my/"})

    page = as_participant.get("/my/phone/").content.decode()

    assert "others use this device too" in page
    assert "Keep on this phone</button>" not in page
    assert as_participant.get(LINE).json()["who"] == ""


def test_ones_own_phone_is_offered_it_with_a_warning(steady, as_participant):
    page = as_participant.get("/my/phone/").content.decode()

    assert "Keep on this phone</button>" in page
    assert "Only on a phone or computer that is yours alone." in page


@pytest.mark.parametrize("page", ["/my/", "https://elsewhere.example/programmes/x/", "/accounts/login/"])
def test_a_token_is_given_for_pages_of_a_programme_alone(steady, as_participant, page):
    assert as_participant.get(LINE, {"page": page}).json()["draft"] == ""
    assert as_participant.get(LINE, {"page": WRITING}).json()["draft"]


def test_the_worker_is_a_script_of_the_site_and_names_nobody(steady, as_participant):
    mine, anybodys = as_participant.get("/service-worker.js"), Client().get("/service-worker.js")

    assert mine.content == anybodys.content
    assert mine["Content-Type"].startswith("text/javascript")
    assert "worker-src 'self'" in mine["Content-Security-Policy"]


def test_what_a_phone_keeps_from_the_start_is_there(steady):
    pages = [address for address in offline.shell() if not address.startswith("/static/")]
    files = [
        address.removeprefix("/static/") for address in offline.shell() if address.startswith("/static/")
    ]

    assert set(pages) == {"/not-connected/", "/help-now/", "/favicon.ico"}
    assert all(Client().get(page).status_code == 200 for page in pages)
    assert all(finders.find(file) for file in files)


def test_signing_out_clears_what_the_browser_holds(steady, as_participant):
    before = as_participant.get("/my/")

    signed_out = as_participant.post("/accounts/logout/")

    assert json.loads(f"[{signed_out['Clear-Site-Data']}]") == ["cache", "storage"]
    assert "Clear-Site-Data" not in before
