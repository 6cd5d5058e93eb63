from datetime import timedelta

import pytest

from resilience import clock, pdf
from resilience.audit.models import AuditEvent
from resilience.evaluation import builder, disclosure, runs, snapshots
from resilience.evaluation.models import AnalysisRun, Report, RunState

pytestmark = pytest.mark.django_db


@pytest.fixture
def unprinted(monkeypatch):
    """A report's PDF, which takes seconds to print, without a page in it."""
    monkeypatch.setattr(pdf, "render", lambda **document: b"%PDF")


@pytest.fixture
def asked(unanswered, chi) -> AnalysisRun:
    now = clock.now()
    return runs.start(evaluation=unanswered, as_of=now, by=chi, now=now)


def now_of(run: AnalysisRun) -> AnalysisRun:
    return AnalysisRun.objects.get(pk=run.pk)


def test_a_worker_builds_what_was_asked_for(asked, drain):
    drain()

    done = now_of(asked)
    assert (done.state, done.percent, done.why) == (RunState.DONE, 100, "")
    names = {
        str(path.relative_to(runs.folder(asked))) for path in runs.folder(asked).rglob("*") if path.is_file()
    }
    assert names >= {
        "report.pdf",
        "report.html",
        "figures.json",
        "tables/figures.csv",
        "tables/01_declarations.csv",
    }
    assert Report.objects.get(run=asked).checksum
    recorded = AuditEvent.objects.filter(event__startswith="report_").values_list("event", flat=True)
    assert sorted(recorded) == ["report_asked", "report_made"]
    assert b"Nobody has answered yet" in (runs.folder(asked) / "report.html").read_bytes()


def test_asking_twice_gives_the_same_run(asked, unanswered, chi):
    again = runs.start(evaluation=unanswered, as_of=clock.now(), by=chi, now=clock.now())

    assert again == asked


def test_a_run_is_built_once_however_often_its_task_is_delivered(asked, unprinted):
    runs.advance(asked.pk, clock=clock.now)
    runs.advance(asked.pk, clock=clock.now)

    assert Report.objects.filter(run=asked).count() == 1


def test_a_run_that_somebody_builds_is_left_alone(asked):
    AnalysisRun.objects.filter(pk=asked.pk).update(state=RunState.RUNNING, claimed_at=clock.now(), percent=40)

    runs.advance(asked.pk, clock=clock.now)

    assert (now_of(asked).state, now_of(asked).percent) == (RunState.RUNNING, 40)


def test_a_run_whose_worker_was_killed_is_taken_over_and_built_once(asked, unprinted):
    long_ago = clock.now() - runs.GIVEN_UP_AFTER - timedelta(minutes=1)
    AnalysisRun.objects.filter(pk=asked.pk).update(state=RunState.RUNNING, claimed_at=long_ago)

    runs.advance(asked.pk, clock=clock.now)

    assert now_of(asked).state == RunState.DONE
    assert Report.objects.filter(run=asked).count() == 1


def test_a_worker_killed_before_it_recorded_its_files_leaves_a_run_that_can_be_built(asked, unprinted):
    runs.folder(asked).mkdir(parents=True)
    (runs.folder(asked) / "figures.json").write_text("half")

    runs.advance(asked.pk, clock=clock.now)

    assert now_of(asked).state == RunState.DONE
    assert (runs.folder(asked) / "figures.json").read_text() != "half"


def test_a_run_that_waits_is_cancelled_at_once_and_never_built(asked, chi, drain):
    runs.cancel(asked, by=chi, now=clock.now())

    drain()

    assert now_of(asked).state == RunState.CANCELLED
    assert not runs.folder(asked).exists()


def test_a_run_that_is_being_built_stops_at_its_next_step(asked, chi):
    ticks = []

    def cancelling_clock():
        ticks.append(1)
        if len(ticks) == 2:  # the second look at the clock comes when the work has begun
            runs.cancel(now_of(asked), by=chi, now=clock.now())
        return clock.now()

    runs.advance(asked.pk, clock=cancelling_clock)

    assert now_of(asked).state == RunState.CANCELLED
    assert not Report.objects.exists()
    assert not runs.folder(asked).exists()


def test_a_finished_run_cannot_be_cancelled(asked, chi, unprinted):
    runs.advance(asked.pk, clock=clock.now)

    with pytest.raises(runs.CannotCancel):
        runs.cancel(now_of(asked), by=chi, now=clock.now())


def test_a_plan_that_would_show_too_little_groups_fails_in_words(asked, unanswered):
    plan = unanswered.plan
    plan.content["suppress_below"] = 3
    plan.save()

    runs.advance(asked.pk, clock=clock.now)

    assert (now_of(asked).state, now_of(asked).why) == (
        RunState.FAILED,
        runs.REFUSALS[disclosure.ThresholdTooLow],
    )


def test_what_nobody_foresaw_fails_in_words_and_is_passed_on(asked, unanswered):
    plan = unanswered.plan
    del plan.content["grid"]
    plan.save()

    with pytest.raises(KeyError):
        runs.advance(asked.pk, clock=clock.now)

    assert (now_of(asked).state, now_of(asked).why) == (RunState.FAILED, runs.UNKNOWN)


def test_progress_only_grows_and_ends_before_a_hundred(unanswered, unprinted):
    now, heard = clock.now(), []
    stored = snapshots.take(evaluation=unanswered, as_of=now, now=now)

    builder.build(
        snapshots.load(stored), site="http://x", progress=lambda step, percent: heard.append(percent)
    )

    assert heard == sorted(heard)
    assert heard[-1] < 100
