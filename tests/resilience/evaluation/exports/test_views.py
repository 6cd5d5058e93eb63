import pytest

from resilience import clock
from resilience.accounts.models import Role
from resilience.audit.models import AuditEvent
from resilience.evaluation.exports import asking
from resilience.evaluation.models import AnalysisPlan, DataExport, ExportState
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/evaluations/new/exports/"


@pytest.fixture
def done(unanswered, chi) -> DataExport:
    row = asking.start(evaluation=unanswered, exact=False, by=chi, now=clock.now())
    asking.advance(row.pk, clock=clock.now)
    return DataExport.objects.get(pk=row.pk)


def test_an_evaluator_asks_for_an_export_watches_it_and_takes_the_files(finished, as_evaluator, drain):
    page = as_evaluator.get("/evaluations/demonstration/").content.decode()
    assert 'href="/evaluations/demonstration/exports/"' in page

    asked = as_evaluator.post("/evaluations/demonstration/exports/")
    assert asked.status_code == 302
    waiting = as_evaluator.get(asked.url).content.decode()
    assert "<progress" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    drain()

    ready = as_evaluator.get(asked.url).content.decode()
    assert "There are 66 people in it" in ready
    for name in (
        "long.csv",
        "wide.csv",
        "data.sav",
        "codebook.xlsx",
        "redcap_data_dictionary.csv",
        "dataset.zip",
    ):
        answer = as_evaluator.get(f"{asked.url}{name}")
        assert answer.streaming
        assert f'filename="demonstration-{name}"' in answer["Content-Disposition"]
        assert len(b"".join(answer.streaming_content)) > 100


def test_before_the_plan_is_frozen_no_rows_are_given_out(unanswered, as_evaluator):
    AnalysisPlan.objects.update(frozen_at=None)

    assert b"The analysis plan is not frozen yet" in as_evaluator.get(ADDRESS).content
    assert as_evaluator.post(ADDRESS).status_code == 422
    assert not DataExport.objects.exists()


def test_each_download_is_put_on_record(done, as_evaluator, chi):
    b"".join(as_evaluator.get(f"{ADDRESS}{done.pk}/long.csv").streaming_content)

    event = AuditEvent.objects.get(event="export_read")
    assert (event.actor_id, event.target_id, event.facts) == (chi.pk, str(done.pk), {"file": "long.csv"})


def test_the_choice_to_keep_every_fact_is_kept_with_the_export(unanswered, as_evaluator):
    as_evaluator.post(ADDRESS, {"exact": "on"})

    assert DataExport.objects.get().exact
    assert AuditEvent.objects.get(event="export_asked").facts == {"exact": True}


def test_htmx_gets_the_progress_alone_and_is_told_to_stop(unanswered, chi, as_evaluator):
    row = asking.start(evaluation=unanswered, exact=False, by=chi, now=clock.now())

    def look():
        return as_evaluator.get(f"{ADDRESS}{row.pk}/", headers={"HX-Request": "true"})

    assert look().status_code == 200
    assert b"<h1" not in look().content
    asking.advance(row.pk, clock=clock.now)
    assert look().status_code == 286


def test_it_can_be_stopped(unanswered, chi, as_evaluator):
    row = asking.start(evaluation=unanswered, exact=False, by=chi, now=clock.now())

    assert as_evaluator.post(f"{ADDRESS}{row.pk}/cancel/").status_code == 302
    assert b"You stopped this export" in as_evaluator.get(f"{ADDRESS}{row.pk}/").content
    assert as_evaluator.post(f"{ADDRESS}{row.pk}/cancel/").status_code == 302


@pytest.mark.parametrize(("state", "words"), [("GONE", "were deleted"), ("FAILED", "could not be written")])
def test_what_became_of_it_is_said(done, as_evaluator, state, words):
    DataExport.objects.filter(pk=done.pk).update(state=state, why=asking.UNKNOWN)

    assert words in as_evaluator.get(f"{ADDRESS}{done.pk}/").content.decode()
    assert as_evaluator.get(f"{ADDRESS}{done.pk}/long.csv").status_code == 404


def test_others_meet_nothing(done, as_coach, as_manager, sign_in):
    elsewhere = sign_in(UserFactory(roles=[Role.EVALUATOR], roles__programme="another"))
    for browser in (as_coach, as_manager, elsewhere):
        assert browser.get(ADDRESS).status_code == 404
        assert browser.get(f"{ADDRESS}{done.pk}/").status_code == 404
        assert browser.get(f"{ADDRESS}{done.pk}/long.csv").status_code == 404
        assert browser.post(ADDRESS).status_code == 404


def test_an_export_is_not_found_below_another_evaluation(done, finished, as_evaluator):
    assert as_evaluator.get(f"/evaluations/demonstration/exports/{done.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["..%2Flong.csv", "about.md", "secret"])
def test_no_other_file_is_handed_out(done, as_evaluator, name):
    assert as_evaluator.get(f"{ADDRESS}{done.pk}/{name}").status_code == 404


def test_the_list_says_how_each_export_stands(done, as_evaluator):
    page = as_evaluator.get(ADDRESS).content.decode()

    assert str(ExportState.DONE.label) in page
    assert "rare ones left out" in page
