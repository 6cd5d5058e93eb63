"""From an empty site: a manager sets up a programme, an editor writes two parts of it, a participant finishes both."""

import json
import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from content_pages.models import ActivityPage, HomePage, ModulePage, ProgrammePage
from resilience.accounts.models import User
from resilience.organisations.models import Organisation
from resilience.participants.models import Coaching, Cohort, Enrolment, Programme

pytestmark = pytest.mark.django_db
MANAGER, EDITOR, GRACE = "mo@example.org", "eve@example.org", "grace@example.org"
NO_COMMENTS = {
    "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0",
    "comments-MAX_NUM_FORMS": "1000",
}  # fmt: skip


@pytest.fixture
def manager(sign_in) -> Client:
    call_command("grant_role", MANAGER, "MANAGER")
    return sign_in(User.objects.get(email=MANAGER))


def said(text: str) -> str:
    """Return words as the editor's own form posts them."""
    block = {
        "key": "a",
        "text": text,
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [],
    }
    return json.dumps({"blocks": [block], "entityMap": {}})


def set_up(manager: Client) -> Programme:
    """Go through the manager's pages as they lead on."""
    assert "Begin here" in manager.get("/manage/programmes/").content.decode()
    organisation = {
        "name": "Hillside Hospital", "slug": "hillside", "data_controller": "Hillside Hospital, 1 Hill Road",
        "incident_url": "https://incidents.example.org/", "country": "GB", "belong_as": ["EMPLOYEE", "STUDENT"],
    }  # fmt: skip
    assert manager.post("/manage/organisations/new/", organisation).url == "/manage/programmes/"
    programme = {
        "public_name": "Firm Footing", "slug": "firm-footing", "organisation": str(Organisation.objects.get().pk),
        "language": "en-gb", "time_zone": "Europe/London", "asks": "usual", "wording": "ASKING",
    }  # fmt: skip
    there = manager.post("/manage/programmes/new/", programme).url
    assert there == "/manage/programmes/firm-footing/"
    text = re.sub(r"\[[^\]]*\]", "The hospital.", begun(manager, there))
    assert manager.post(f"{there}information/", {"text": text}).url == there
    group = {"name": "Autumn", "opens_on": "2026-11-01", "closes_on": "", "way": "open"}
    assert manager.post(f"{there}group/", group).url == there
    return Programme.objects.get()


def begun(manager: Client, there: str) -> str:
    page = manager.get(f"{there}information/")
    return page.context["form"]["text"].value()


def write(editor: Client, programme: ProgrammePage) -> None:
    """Make two parts with one piece each through Wagtail's own forms."""
    for number, (title, key) in enumerate([("Before", "one"), ("After", "two")], start=1):
        module = {
            "title": title, "slug": title.lower(), "summary": f"Part {number}.", "aim": "", "minutes": "10",
            "drawing": "", "drawing_alt": "", "support_note": said("You can stop here."), "action-publish": "1",
            **NO_COMMENTS,
        }  # fmt: skip
        answer = editor.post(f"/cms/pages/add/content_pages/modulepage/{programme.pk}/", module)
        assert answer.status_code == 302, answer.content.decode()
        part = ModulePage.objects.get(slug=title.lower())
        answer = editor.post(
            f"/cms/pages/add/content_pages/activitypage/{part.pk}/", piece(f"{title}: a piece", key)
        )
        assert answer.status_code == 302, answer.content.decode()


def piece(title: str, key: str) -> dict:
    exercise = {
        "key": key, "kind": "reflection", "title": "One sentence", "intro": said("Something small."), "keeps": "Y",
        "revisit_after_days": "0", "revisit_question": "", "revisit_options-count": "0", "prompts-count": "1",
        "prompts-0-deleted": "", "prompts-0-order": "0", "prompts-0-type": "item", "prompts-0-id": "",
        "prompts-0-value-key": "sentence", "prompts-0-value-label": "Which sentence?", "prompts-0-value-help": "",
        "prompts-0-value-input": "line", "prompts-0-value-options-count": "0", "prompts-0-value-low": "",
        "prompts-0-value-high": "", "prompts-0-value-low_label": "", "prompts-0-value-high_label": "",
    }  # fmt: skip
    return {
        "title": title, "slug": key, "minutes": "5", "content_note": "", "body-count": "2",
        "body-0-deleted": "", "body-0-order": "0", "body-0-type": "text", "body-0-id": "",
        "body-0-value": said("Words."),
        "body-1-deleted": "", "body-1-order": "1", "body-1-type": "exercise", "body-1-id": "",
        **{f"body-1-value-{name}": value for name, value in exercise.items()}, "action-publish": "1", **NO_COMMENTS,
    }  # fmt: skip


def join(phone: Client) -> Enrolment:
    assert "The hospital." in phone.get("/join/").content.decode()
    phone.post("/join/")
    phone.post("/join/address/", {"email": GRACE})
    code = re.search(r"\d{6}", mail.outbox[-1].body).group()
    phone.post(phone.post("/join/code/", {"code": code}).url, {"device": "own"})
    phone.post("/join/consents/", {"take_part": "on"})
    phone.post("/join/about-you/", {"profession": "nurse"})
    phone.post("/join/readiness/?way", {"way": "START"})
    return Enrolment.objects.get(participant__user__email=GRACE)


def test_a_site_that_held_nothing_lets_somebody_finish_a_programme(manager, sign_in):
    assert not HomePage.objects.exists()
    programme = set_up(manager)
    assert (programme.coaching, programme.modules) == (Coaching.NONE, 0)
    call_command("grant_role", EDITOR, "EDITOR", programme="firm-footing")
    editor = sign_in(User.objects.get(email=EDITOR))
    assert "Firm Footing" in editor.get("/cms/").content.decode()
    write(editor, ProgrammePage.objects.get())
    programme.refresh_from_db()
    assert programme.modules == 2
    phone = Client()
    enrolment = join(phone)

    for address in ("/programmes/firm-footing/before/one/", "/programmes/firm-footing/after/two/"):
        key = address.split("/")[-2]
        assert "Which sentence?" in phone.get(address).content.decode()
        phone.post(address, {"open": key, f"{key}-seen": "", f"{key}-sentence": "You said so.", "do": "done"})

    enrolment.refresh_from_db()
    assert enrolment.modules_done_at is not None
    assert "You have reached the end of the parts" in phone.get("/my/").content.decode()
    assert ActivityPage.objects.count() == 2
    assert Cohort.objects.get().open_enrolment
