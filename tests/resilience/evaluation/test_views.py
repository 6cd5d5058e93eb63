import io
import json
import zipfile

import pytest

from resilience import clock
from resilience.accounts.models import Role
from resilience.audit.models import AuditEvent
from resilience.evaluation import builder, runs
from resilience.evaluation.models import AnalysisRun, DatasetSnapshot, RunState
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def report_files(empty_snapshot):
    """The files of one report, built once for all the tests that only hand them out."""
    return builder.build(empty_snapshot, site="http://testserver").files


@pytest.fixture
def built(finished, chi, report_files) -> AnalysisRun:
    """A finished run with its files in place."""
    now = clock.now()
    frozen = DatasetSnapshot.objects.create(evaluation=finished, as_of=now, taken_at=now, checksum="0" * 64)
    run = AnalysisRun.objects.create(
        evaluation=finished,
        as_of=now,
        asked_by=chi,
        asked_at=now,
        snapshot=frozen,
        state=RunState.DONE,
        percent=100,
    )
    builder.store(report_files, runs.folder(run))
    return run


def test_an_evaluator_sees_who_answered_before_they_ask_for_a_report(finished, as_evaluator):
    page = as_evaluator.get("/evaluations/demonstration/").content.decode()

    assert "Answered, by time point" in page
    assert 'action="/evaluations/demonstration/reports/"' in page


def test_an_evaluator_asks_for_a_report_watches_it_and_opens_it(unanswered, as_evaluator, drain):
    asked = as_evaluator.post("/evaluations/new/reports/")
    assert asked.status_code == 302
    waiting = as_evaluator.get(asked.url).content.decode()
    assert "<progress" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    drain()

    ready = as_evaluator.get(asked.url).content.decode()
    assert "The report is ready" in ready
    assert as_evaluator.get(f"{asked.url}report.pdf").content.startswith(b"%PDF")


def test_a_report_can_be_asked_for_near_the_top_once_the_plan_is_frozen(finished, as_evaluator):
    page = as_evaluator.get("/evaluations/demonstration/").content.decode()

    assert page.index("Build a report") < page.index("At a glance")


def test_the_report_for_word_is_named_as_such(built, as_evaluator):
    page = as_evaluator.get(f"/evaluations/demonstration/reports/{built.pk}/").content.decode()

    assert "Take it for Word" in page


def test_every_file_of_a_finished_report_is_handed_out_and_put_on_record(built, as_evaluator):
    address = f"/evaluations/demonstration/reports/{built.pk}/"

    figures = json.loads(as_evaluator.get(f"{address}figures.json").content)
    tables = zipfile.ZipFile(io.BytesIO(as_evaluator.get(f"{address}tables.zip").content)).namelist()

    assert figures["format"] == "figures/1"
    assert "figures.csv" in tables
    assert AuditEvent.objects.filter(event="report_read").count() == 2


def test_the_report_as_a_page_may_use_its_own_style_and_nothing_else(built, as_evaluator):
    answer = as_evaluator.get(f"/evaluations/demonstration/reports/{built.pk}/report.html")

    policy = answer["Content-Security-Policy"]
    assert "style-src 'sha256-" in policy
    assert "unsafe-inline" not in policy
    assert answer["Cache-Control"] == "private, no-store"


def test_htmx_is_answered_with_the_progress_alone_and_told_when_to_stop(built, unanswered, chi, as_evaluator):
    now = clock.now()
    waiting = runs.start(evaluation=unanswered, as_of=now, by=chi, now=now)

    going = as_evaluator.get(f"/evaluations/new/reports/{waiting.pk}/", headers={"HX-Request": "true"})
    over = as_evaluator.get(f"/evaluations/demonstration/reports/{built.pk}/", headers={"HX-Request": "true"})

    assert (going.status_code, over.status_code) == (200, 286)
    assert b"<html" not in going.content


def test_stopping_a_report_says_so_and_a_report_that_is_over_stays(unanswered, chi, as_evaluator):
    now = clock.now()
    run = runs.start(evaluation=unanswered, as_of=now, by=chi, now=now)
    address = f"/evaluations/new/reports/{run.pk}/"

    assert as_evaluator.post(f"{address}cancel/").status_code == 302
    assert as_evaluator.post(f"{address}cancel/").status_code == 302

    assert AnalysisRun.objects.get(pk=run.pk).state == RunState.CANCELLED
    assert b"You stopped this report" in as_evaluator.get(address).content


def test_a_failed_report_says_why_and_what_to_do(unanswered, chi, as_evaluator):
    now = clock.now()
    run = runs.start(evaluation=unanswered, as_of=now, by=chi, now=now)
    AnalysisRun.objects.filter(pk=run.pk).update(state=RunState.FAILED, why=runs.UNKNOWN)

    page = as_evaluator.get(f"/evaluations/new/reports/{run.pk}/").content.decode()

    assert "please ask for the report again" in page
    assert "Build a report" in page


def test_a_machine_that_cannot_print_gives_the_page_and_says_so(built, as_evaluator):
    (runs.folder(built) / "report.pdf").unlink()
    AnalysisRun.objects.filter(pk=built.pk).update(why="PDFs need Pango on this machine: apt-get install …")

    page = as_evaluator.get(f"/evaluations/demonstration/reports/{built.pk}/").content.decode()

    assert "There is no PDF" in page
    assert "apt-get install" in page
    assert as_evaluator.get(f"/evaluations/demonstration/reports/{built.pk}/report.pdf").status_code == 404


@pytest.mark.parametrize("path", ["", "plan/"])
def test_an_evaluator_of_another_programme_meets_nothing(finished, sign_in, path):
    other = sign_in(UserFactory(roles=[Role.EVALUATOR], roles__programme="another"))

    assert other.get(f"/evaluations/demonstration/{path}").status_code == 404
    assert b"demonstration" not in other.get("/evaluations/").content


def test_a_report_is_not_found_below_another_evaluation(built, unanswered, as_evaluator):
    assert as_evaluator.get(f"/evaluations/new/reports/{built.pk}/").status_code == 404
    assert as_evaluator.get(f"/evaluations/new/reports/{built.pk}/figures.json").status_code == 404


@pytest.mark.parametrize("name", ["meta.json", "..%2Ffigures.json", "report.docx"])
def test_no_other_file_is_handed_out(built, as_evaluator, name):
    assert as_evaluator.get(f"/evaluations/demonstration/reports/{built.pk}/{name}").status_code == 404


def test_reading_asks_for_nothing(finished, as_evaluator):
    assert as_evaluator.get("/evaluations/demonstration/reports/").status_code == 405
    assert not AnalysisRun.objects.exists()


def test_the_plan_is_shown_as_it_was_frozen(finished, as_evaluator):
    page = as_evaluator.get("/evaluations/demonstration/plan/").content.decode()

    assert finished.plan.hash in page
    assert "not planned" in page
    assert "New, not validated" in page
    assert "Primary" in page


def test_an_evaluator_without_evaluations_is_told_who_can_help(as_evaluator):
    assert b"No evaluation has been set up" in as_evaluator.get("/evaluations/").content


def test_others_meet_nothing(finished, as_coach, as_manager):
    assert as_coach.get("/evaluations/demonstration/").status_code == 404
    assert as_manager.get("/evaluations/").status_code == 404
