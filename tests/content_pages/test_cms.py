"""Editors make the pages; what they publish is seen at once."""

import json

import pytest
from django.test import Client
from django.urls import get_resolver

from content_pages.models import ActivityPage
from resilience.accounts import policy
from tests.factories.content_pages import READING

NEW_WORDS = "It comes in very short lengths."


@pytest.fixture
def reading(steady) -> ActivityPage:
    return ActivityPage.objects.get(slug="good-people-hard-jobs")


def filled_form(client: Client, page: ActivityPage, text: str) -> dict:
    """Return what the editor's form posts with one text block."""
    return {
        "title": page.title, "slug": page.slug, "minutes": "7", "sensitive": "on", "content_note": page.content_note,
        "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "text",
        "body-0-value": json.dumps({"blocks": [{"key": "a", "text": text, "type": "unstyled", "depth": 0,
                                                "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}),
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "1000",
    }  # fmt: skip


def test_what_an_editor_publishes_is_seen_at_once(reading, as_editor, as_participant):
    before = as_participant.get(READING).content.decode()

    form = {**filled_form(as_editor, reading, NEW_WORDS), "action-publish": "1"}
    published = as_editor.post(f"/cms/pages/{reading.pk}/edit/", form)

    assert published.status_code == 302
    assert NEW_WORDS not in before
    assert NEW_WORDS in as_participant.get(READING).content.decode()


def test_a_draft_is_seen_by_nobody_but_in_the_preview(reading, as_editor, as_participant):
    form = filled_form(as_editor, reading, NEW_WORDS)
    as_editor.post(f"/cms/pages/{reading.pk}/edit/", form)

    as_editor.post(f"/cms/pages/{reading.pk}/edit/preview/", form)
    preview = as_editor.get(f"/cms/pages/{reading.pk}/edit/preview/?mode=")

    assert NEW_WORDS not in as_participant.get(READING).content.decode()
    assert NEW_WORDS in preview.content.decode()
    assert "nothing that you put into them is kept" in preview.content.decode()


def test_a_preview_keeps_the_sites_own_strict_policy(reading, as_editor):
    form = filled_form(as_editor, reading, NEW_WORDS)
    as_editor.post(f"/cms/pages/{reading.pk}/edit/preview/", form)

    preview = as_editor.get(f"/cms/pages/{reading.pk}/edit/preview/?mode=")

    assert "'unsafe-inline'" not in preview["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert preview["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("address", ["/", READING, "/nothing-here/", "/accounts/logout/"])
def test_no_page_but_a_preview_may_stand_in_a_frame(reading, as_participant, address):
    answer = as_participant.get(address)

    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


def test_wagtails_own_pages_may_run_their_scripts_and_no_other_page_may(reading, as_editor, as_participant):
    inside, outside = as_editor.get("/cms/"), as_participant.get(READING)

    assert "script-src 'self' 'unsafe-inline'" in inside["Content-Security-Policy"]
    assert "script-src 'self';" in outside["Content-Security-Policy"] + ";"


@pytest.mark.parametrize("kind", ["programme", "module", "activity"])
def test_each_kind_of_page_has_a_preview(steady, as_editor, rf, kind):
    pages = {"programme": steady, "module": steady.get_first_child().specific}
    page = pages.get(kind) or steady.get_first_child().get_first_child().specific

    answer = page.make_preview_request(as_editor.get("/cms/").wsgi_request)

    assert answer.status_code == 200
    assert page.title in answer.content.decode()


@pytest.mark.parametrize("role", ["as_participant", "as_coach", "as_evaluator", "as_manager"])
def test_nobody_else_finds_the_editors_pages(steady, request, role):
    assert request.getfixturevalue(role).get("/cms/").status_code == 404


def test_a_visitor_of_the_editors_pages_is_sent_to_the_one_sign_in(db):
    response = Client().get("/cms/")

    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("address", ["/cms/login/", "/cms/password_reset/"])
def test_wagtails_own_sign_in_is_the_one_sign_in(db, address):
    assert Client().get(address)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("address", ["/cms/users/", "/cms/groups/", "/cms/sites/"])
def test_people_and_sites_are_not_kept_here(steady, as_editor, address):
    assert as_editor.get(address).status_code == 404


def test_no_page_about_people_stays_open_when_wagtail_adds_one():
    names = set(_names(get_resolver().url_patterns))
    people = {name for name in names if name.startswith(("wagtailusers", "wagtailsites"))}

    assert people
    assert not [name for name in people if policy.find(name, method="GET", path="cms/x/")]


def _names(patterns: list, above: str = "") -> list[str]:
    found = []
    for each in patterns:
        if hasattr(each, "url_patterns"):
            found += _names(each.url_patterns, above + (f"{each.namespace}:" if each.namespace else ""))
        else:
            found.append(f"{above}{each.name}")
    return found


def test_the_editors_first_page_lists_the_programmes(steady, as_editor):
    page = as_editor.get("/cms/").content.decode()

    assert "Being human at work" in page
    assert "2 pieces" in page


def test_the_edit_page_of_an_exercise_opens(writing, as_editor):
    assert as_editor.get(f"/cms/pages/{writing.pk}/edit/").status_code == 200


def test_wagtails_own_route_serves_public_pages_alone(steady, as_participant):
    """A page of a programme has one address; Wagtail's own route to it stays shut."""
    from content_pages.models import PublicPage

    public = PublicPage.objects.get()

    assert as_participant.get(f"/{public.slug}/").status_code == 200
    assert as_participant.get("/programmes/").status_code == 404
    assert Client().get("/programmes/").status_code == 302


def with_exercise(form: dict, key: str) -> dict:
    """Return the editor's form with a second block: an exercise without questions."""
    value = {
        "key": key,
        "kind": "note",
        "title": "A note",
        "intro": "null",
        "keeps": "N",
        "prompts-count": "0",
        "revisit_after_days": "0",
        "revisit_question": "",
        "revisit_answers": "",
        "beside": "",
    }
    block = {"body-1-deleted": "", "body-1-order": "1", "body-1-type": "exercise"}
    block |= {f"body-1-value-{name}": typed for name, typed in value.items()}
    return {**form, **block, "body-count": "2", "action-publish": "1"}


@pytest.mark.parametrize(("key", "taken"), [("want_to_hear", True), ("a_note", False)])
def test_two_exercises_of_a_programme_cannot_share_a_key(reading, as_editor, key, taken):
    form = with_exercise(filled_form(as_editor, reading, NEW_WORDS), key)

    response = as_editor.post(f"/cms/pages/{reading.pk}/edit/", form)

    assert (response.status_code == 200) is taken
    assert ("Give this one a key of its own" in response.content.decode()) is taken
    reading.refresh_from_db()
    assert any(block.block_type == "exercise" for block in reading.body) is not taken
