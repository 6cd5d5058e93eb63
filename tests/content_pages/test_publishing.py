"""What has to be in order before a page goes out, and who lets it out."""

import json

import pytest
from django.test import Client
from wagtail.models import WorkflowState

from content_pages.models import ActivityPage, ContentFix, ModulePage
from resilience.accounts.models import Role
from resilience.audit.models import AuditEvent
from resilience.participants import freezing
from resilience.participants.models import Programme
from tests.factories.accounts import UserFactory
from tests.factories.content_pages import READING
from tests.factories.participants import ProgrammeFactory

NEW_WORDS = "It comes in very short lengths."
PUBLISH, SUBMIT = {"action-publish": "1"}, {"action-submit": "1"}


@pytest.fixture
def reading(steady) -> ActivityPage:
    return ActivityPage.objects.get(slug="good-people-hard-jobs")


@pytest.fixture
def frozen(steady, tuesday) -> Programme:
    """Ada's programme, under evaluation since Tuesday."""
    programme = ProgrammeFactory(slug="steady")
    freezing.freeze(programme=programme, by=None, now=tuesday)
    return programme


def form(page: ActivityPage, text: str = NEW_WORDS, kind: str = "unstyled", **changes: str) -> dict:
    """Return what the editor's form posts with one text block."""
    written = {"blocks": [{"key": "a", "text": text, "type": kind, "depth": 0,
                           "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}  # fmt: skip
    return {
        "title": page.title, "slug": page.slug, "minutes": "7", "sensitive": "on", "content_note": page.content_note,
        "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "text",
        "body-0-value": json.dumps(written), "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "1000", **changes,
    }  # fmt: skip


def edit(browser: Client, page: ActivityPage, posted: dict) -> object:
    return browser.post(f"/cms/pages/{page.pk}/edit/", posted)


def shown(page: ActivityPage) -> str:
    page.refresh_from_db()
    return str(page.body)


@pytest.mark.parametrize("button", [PUBLISH, SUBMIT], ids=["publish", "send in"])
@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("Your homework.", "unstyled", "“Text”, block 1: Staff are not shown “homework”"),
        ("Too deep", "header-three", "one step too deep"),
    ],
    ids=["word", "heading"],
)
def test_a_page_with_a_fault_does_not_go_out_and_says_where_it_is(
    reading, as_editor, text, kind, said, button
):
    answer = edit(as_editor, reading, {**form(reading, text, kind), **button})

    assert answer.status_code == 200
    assert said in str(answer.context["form"].errors.as_data()["body"][0].block_errors[0])
    assert text not in shown(reading)
    assert not WorkflowState.objects.exists()


def test_a_draft_with_a_fault_is_kept_and_the_fault_is_said(reading, as_editor):
    answer = as_editor.post(
        f"/cms/pages/{reading.pk}/edit/", form(reading, "Your homework."), follow=True
    ).content.decode()

    reading.refresh_from_db()
    assert "Your homework." in str(reading.get_latest_revision_as_object().body)
    assert "Before this page can be published" in answer
    assert "What the checks say" in answer


def test_a_page_that_reads_hard_is_published_with_a_word_about_it(reading, as_editor):
    hard = " ".join(["organisational considerations"] * 60) + "."

    answer = as_editor.post(
        f"/cms/pages/{reading.pk}/edit/", {**form(reading, hard), **PUBLISH}, follow=True
    ).content.decode()

    assert "organisational" in shown(reading)
    assert "This page reads like age" in answer


def test_a_sensitive_page_goes_out_with_its_note_alone(reading, as_editor):
    draft = edit(as_editor, reading, form(reading, content_note=""))
    out = edit(as_editor, reading, {**form(reading, content_note=""), **PUBLISH})

    assert draft.status_code == 302
    assert "readers see it first" in str(out.context["form"].errors["content_note"])


def test_a_piece_takes_ten_minutes_or_less(reading, as_editor):
    answer = edit(as_editor, reading, {**form(reading, minutes="11"), **PUBLISH})

    assert "Split it in two" in str(answer.context["form"].errors["minutes"])


@pytest.fixture
def pair(steady, sign_in) -> tuple[Client, Client]:
    """Browsers of two editors of Ada's programme."""
    one, two = (UserFactory(roles=[Role.EDITOR], roles__programme="steady") for _ in range(2))
    return sign_in(one), sign_in(two)


def approve(browser: Client, page: ActivityPage) -> object:
    state = page.current_workflow_task_state
    return browser.post(f"/cms/pages/workflow/action/{page.pk}/approve/{state.pk}/")


def test_what_one_editor_sends_in_another_lets_out(reading, pair, as_participant):
    writer, reader = pair
    edit(writer, reading, {**form(reading), **SUBMIT})
    assert NEW_WORDS not in shown(reading)

    approve(reader, reading)

    assert NEW_WORDS in as_participant.get(READING).content.decode()


def test_nobody_lets_out_what_they_sent_in(reading, pair):
    writer, _reader = pair
    edit(writer, reading, {**form(reading), **SUBMIT})

    approve(writer, reading)
    edit(
        writer,
        reading,
        {**form(reading), "action-workflow-action": "true", "workflow-action-name": "approve"},
    )

    assert NEW_WORDS not in shown(reading)
    assert "Approve" not in writer.get(f"/cms/pages/{reading.pk}/edit/").content.decode()


def test_an_editor_of_another_programme_lets_nothing_out(reading, pair, sign_in):
    edit(pair[0], reading, {**form(reading), **SUBMIT})
    stranger = sign_in(UserFactory(roles=[Role.EDITOR], roles__programme="other"))

    approve(stranger, reading)

    assert NEW_WORDS not in shown(reading)


def test_each_programme_has_its_second_pair_of_eyes(steady):
    steady.save()

    workflow = steady.get_first_child().get_workflow()
    assert workflow.name == "Second pair of eyes: steady"
    groups = workflow.tasks.get().specific.groups.values_list("name", flat=True)
    assert set(groups) == {"Editors of steady", "Editors", "Moderators"}


def test_a_frozen_page_goes_out_with_a_reason_alone_and_the_reason_is_kept(
    reading, frozen, as_editor, tuesday
):
    refused = edit(as_editor, reading, {**form(reading), **PUBLISH})
    assert "frozen since 3 November 2026" in str(refused.context["form"].errors["fix_reason"])
    assert NEW_WORDS not in shown(reading)

    edit(as_editor, reading, {**form(reading, fix_reason="The number had changed."), **PUBLISH})

    fix = ContentFix.objects.get()
    assert NEW_WORDS in shown(reading)
    assert (fix.reason, fix.programme, fix.page) == (
        "The number had changed.",
        "steady",
        reading.translation_key,
    )
    assert fix.at == tuesday
    assert AuditEvent.objects.get(event="content_fixed").facts == {"programme": "steady"}
    assert "The number had changed." in as_editor.get("/cms/reports/fixes/").content.decode()


def test_nothing_is_set_to_appear_later_in_a_frozen_programme(reading, frozen, as_editor):
    later = form(reading, fix_reason="The number had changed.", go_live_at="2026-11-20 09:00")

    refused = edit(as_editor, reading, {**later, **PUBLISH})

    assert "nothing appears at a set time" in str(refused.context["form"].errors["fix_reason"])
    assert not ContentFix.objects.exists()
    assert edit(as_editor, reading, later).status_code == 302


def test_a_draft_of_a_frozen_page_needs_no_reason(reading, frozen, as_editor):
    assert edit(as_editor, reading, form(reading)).status_code == 302
    assert not ContentFix.objects.exists()


def test_the_second_reader_of_a_frozen_page_needs_no_reason_of_their_own(reading, frozen, pair):
    writer, reader = pair
    edit(writer, reading, {**form(reading, fix_reason="The number had changed."), **SUBMIT})

    approve_here = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    edit(reader, reading, {**form(reading), **approve_here})

    assert NEW_WORDS in shown(reading)
    assert ContentFix.objects.count() == 1


def test_the_box_for_a_reason_is_shown_for_frozen_pages_alone(reading, as_editor, tuesday):
    address = f"/cms/pages/{reading.pk}/edit/"
    assert "needed for safety" not in as_editor.get(address).content.decode()

    freezing.freeze(programme=ProgrammeFactory(slug="steady"), by=None, now=tuesday)

    assert "needed for safety" in as_editor.get(address).content.decode()


def test_pages_of_a_frozen_programme_are_not_taken_down_moved_or_deleted(reading, frozen, as_editor):
    there = ModulePage.objects.get(slug="thinking-habits")

    as_editor.post(f"/cms/pages/{reading.pk}/unpublish/")
    as_editor.post(f"/cms/pages/{reading.pk}/delete/")
    as_editor.post(f"/cms/pages/{reading.pk}/move/{there.pk}/confirm/")
    as_editor.post(f"/cms/pages/{reading.pk}/set_position/?position=1")
    said = as_editor.post(f"/cms/bulk/wagtailcore/page/unpublish/?id={reading.pk}", follow=True)

    kept = ActivityPage.objects.get(pk=reading.pk)
    assert kept.live
    assert kept.path == reading.path
    assert "its programme is being evaluated" in said.content.decode()


def test_pages_of_an_open_programme_are(reading, as_editor):
    as_editor.post(f"/cms/pages/{reading.pk}/unpublish/")

    reading.refresh_from_db()
    assert not reading.live


def test_many_pages_at_once_are_looked_at_too(reading, as_editor):
    edit(as_editor, reading, form(reading, "Your homework."))

    as_editor.post(f"/cms/bulk/wagtailcore/page/publish/?id={reading.pk}")

    assert "homework" not in shown(reading)
