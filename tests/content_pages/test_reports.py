"""The reports of an editor: about the pages that they edit, and about nobody in particular."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from content_pages.models import ActivityPage, ProgrammesPage
from resilience.accounts.models import Role
from resilience.engagement import completions, page_views
from resilience.engagement.models import How, PageView
from tests.factories.accounts import UserFactory
from tests.factories.content_pages import READING, STORY, ModulePageFactory, ProgrammePageFactory
from tests.factories.participants import EnrolmentFactory

REPORTS = ("checks", "stories", "versions", "fixes", "blocks")


@pytest.fixture
def reading(steady) -> ActivityPage:
    return ActivityPage.objects.get(slug="good-people-hard-jobs")


def report(browser: Client, name: str) -> str:
    answer = browser.get(f"/cms/reports/{name}/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_opens_with_nothing_in_it_and_stands_in_the_menu(db, as_editor, name):
    report(as_editor, name)

    assert f"/cms/reports/{name}/" in as_editor.get("/cms/").content.decode()


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("role", ["as_participant", "as_coach", "as_evaluator"])
def test_nobody_else_reads_a_report(steady, request, role, name):
    assert request.getfixturevalue(role).get(f"/cms/reports/{name}/").status_code == 404


@pytest.mark.parametrize("name", ["checks", "blocks"])
def test_an_editor_of_one_programme_reads_of_its_pages_alone(steady, sign_in, as_editor, name):
    other = ProgrammePageFactory(parent=ProgrammesPage.objects.get(), title="Open Water", slug="other")
    ModulePageFactory(parent=other, title="Tides")
    of_steady = sign_in(UserFactory(roles=[Role.EDITOR], roles__programme="steady"))

    mine, everything = report(of_steady, name), report(as_editor, name)

    assert "What I would want to hear" in mine
    assert "Open Water" not in mine
    assert "Open Water" in everything


def test_the_checks_say_what_to_put_right(reading, as_editor):
    reading.body = json.dumps([{"type": "text", "value": "<p>Your homework.</p>"}])
    reading.save()

    assert "block 1: Staff are not shown “homework”" in report(as_editor, "checks")


def test_stories_to_be_read_again_come_first(reading, as_editor, tuesday):
    story = {**STORY["value"], "versions": [
        {"profession": "nurse", "text": "<p>Later.</p>", "heading": "Due later", "reviewed_by": "nurse",
         "review_on": str(tuesday.date() + timedelta(days=1))},
        {"profession": "midwife", "text": "<p>Now.</p>", "heading": "Due today", "reviewed_by": "midwife",
         "review_on": str(tuesday.date())},
    ]}  # fmt: skip
    reading.body = json.dumps([{"type": "vignette", "value": story}])
    reading.save()

    page = report(as_editor, "stories")

    assert page.index("Due today") < page.index("Due later")
    assert page.count("read it again") == 1


def test_each_block_and_kind_of_exercise_is_counted_with_its_pages(steady, writing, as_editor):
    page = report(as_editor, "blocks")

    kind = page.split("Exercise: reflection")[1].split("</tr>")[0]
    assert "<td> 1 </td>" in kind.replace('class=""', "").replace("<td >", "<td>")
    assert f"/cms/pages/{writing.pk}/edit/" in kind
    assert "on none" in page.split("Exercise: breathing")[1].split("</tr>")[0]


def test_the_version_and_language_that_somebody_saw_are_kept(reading, as_participant, ada):
    reading.save_revision().publish()
    reading.refresh_from_db()

    as_participant.get(READING)

    view = PageView.objects.get(page=reading.translation_key)
    assert (view.revision, view.language) == (reading.live_revision_id, "en-gb")


def test_the_next_version_is_kept_for_whoever_comes_back_another_day(reading, sign_in, ada, time_passes):
    for _day in range(2):
        reading.save_revision().publish()
        sign_in(ada.participant.user).get(READING)
        time_passes(days=1)

    seen = PageView.objects.filter(page=reading.translation_key).values_list("revision", flat=True)
    assert len(set(seen)) == 2


def go_through(page: ActivityPage, people: int, at, *, revision: int, how: str | None) -> None:
    for _number in range(people):
        somebody = EnrolmentFactory()
        page_views.record(enrolment=somebody, page=page.translation_key, at=at, revision=revision)
        if how:
            completions.complete(enrolment=somebody, activity=page.translation_key, how=how, at=at)


def test_versions_are_counted_from_ten_on_and_by_fives(reading, as_editor, tuesday):
    reading.save_revision().publish()
    reading.refresh_from_db()
    first = reading.live_revision_id
    go_through(reading, 12, tuesday, revision=first, how=How.DONE)
    go_through(reading, 9, tuesday, revision=first, how=How.SKIPPED)
    reading.save_revision().publish()
    reading.refresh_from_db()
    go_through(reading, 9, tuesday, revision=reading.live_revision_id, how=How.DONE)

    page = report(as_editor, "versions")

    row = page.split("<tbody>")[1]
    assert row.count("Good people, hard jobs") == 1
    assert f"/revisions/{first}/view/" in row
    assert ["20" in row, "10 " in row, "fewer than 10" in row] == [True, True, True]
    assert ["21" in row, "12 " in row] == [False, False]
