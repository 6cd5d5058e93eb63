import pytest

from resilience import clock
from resilience.evaluation import plans, reportable, runs, system_outcomes, versions
from resilience.evaluation.dataset.told_of_units import Told
from resilience.evaluation.models import AnalysisRun, RunState

pytestmark = pytest.mark.django_db


@pytest.fixture
def without_a_reason(being_planned, chi, tuesday):
    """A plan that an earlier version of the site froze, which asked for no reason."""
    being_planned.plan.content["no_system_outcomes"] = ""
    plans.freeze(being_planned.plan, by=chi, now=tuesday)
    return being_planned


def test_no_report_is_asked_for_before_the_plan_is_frozen(being_planned, chi, tuesday):
    with pytest.raises(versions.NotFrozen):
        runs.start(evaluation=being_planned, as_of=tuesday, by=chi, now=tuesday)

    assert "not frozen yet" in reportable.why_not(being_planned)
    assert not AnalysisRun.objects.exists()


def test_a_report_of_people_alone_needs_a_reason_on_the_plan(without_a_reason, chi, tuesday):
    with pytest.raises(reportable.PeopleAlone):
        runs.start(evaluation=without_a_reason, as_of=tuesday, by=chi, now=tuesday)

    assert "people alone" in reportable.why_not(without_a_reason)


def test_one_number_of_a_unit_is_enough(without_a_reason, chi, tuesday):
    rows = [Told("Ward 1", "2026 Q3", "absence", 4.5)]
    system_outcomes.tell(evaluation=without_a_reason, rows=rows, by=chi, now=tuesday)

    assert reportable.why_not(without_a_reason) == ""
    assert runs.start(evaluation=without_a_reason, as_of=tuesday, by=chi, now=tuesday)


def test_a_reason_on_the_plan_is_enough(unanswered):
    assert reportable.why_not(unanswered) == ""


def test_a_report_that_may_no_longer_be_built_says_why_and_shows_nothing(without_a_reason, chi, tuesday):
    rows = [Told("Ward 1", "2026 Q3", "absence", 4.5)]
    system_outcomes.tell(evaluation=without_a_reason, rows=rows, by=chi, now=tuesday)
    run = runs.start(evaluation=without_a_reason, as_of=tuesday, by=chi, now=tuesday)
    system_outcomes.take_back(
        evaluation=without_a_reason, unit="Ward 1", period="2026 Q3", by=chi, now=tuesday
    )

    runs.advance(run.pk, clock=clock.now)

    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "people alone" in run.why
    assert not runs.folder(run).exists()
