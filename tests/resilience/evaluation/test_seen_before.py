"""What was known already when a plan was frozen: it travels with the snapshot, and the report says so."""

from datetime import timedelta

import pytest

from resilience import clock
from resilience.evaluation import canonical, gather, plans, snapshots, versions
from resilience.evaluation.models import (
    AnalysisRun,
    DataExport,
    Evaluation,
    ExportState,
    PublishedFigures,
    Report,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def another(evaluation: Evaluation, *, now) -> Evaluation:
    """A second evaluation of the same programme, its plan frozen at this moment."""
    return plans.open_evaluation(programme=evaluation.programme, slug="second", name="Second", now=now)


def reported(evaluation: Evaluation, *, at) -> Report:
    run = AnalysisRun.objects.create(evaluation=evaluation, as_of=at, asked_at=at)
    return Report.objects.create(run=run, made_at=at, version="1", checksum="0" * 64)


def published(evaluation: Evaluation, *, at) -> PublishedFigures:
    return PublishedFigures.objects.create(
        evaluation=evaluation, checksum="0" * 64, version="1", as_of=at, published_at=at, figures={}
    )


def handed_out(evaluation: Evaluation, *, at) -> DataExport:
    return DataExport.objects.create(
        evaluation=evaluation, as_of=at, asked_at=at, finished_at=at, state=ExportState.GONE
    )


def plan_of(evaluation: Evaluation):
    """The plan as it comes back from the files of a snapshot."""
    now = clock.now()
    return snapshots.load(snapshots.take(evaluation=evaluation, as_of=now, now=now)).dataset.plan


@pytest.mark.parametrize(
    "left", [reported, published, handed_out], ids=["a report", "published figures", "rows"]
)
def test_a_plan_frozen_after_figures_of_its_programme_had_left_says_so_and_when(unanswered, left):
    now = clock.now()
    left(unanswered, at=now)

    second = another(unanswered, now=now + DAY)

    assert plan_of(second).seen_on == now.date().isoformat()


def test_a_plan_frozen_first_says_that_nothing_had_been_seen(unanswered):
    now = clock.now()
    second = another(unanswered, now=now)

    reported(unanswered, at=now + DAY)

    assert plan_of(second).seen_on == ""
    assert plan_of(unanswered).seen_on == ""


def test_a_later_version_of_a_plan_is_not_held_against_the_first(being_planned, chi, tuesday):
    plan = versions.freeze(being_planned.plan, by=chi, now=tuesday)
    snapshots.take(evaluation=plan.evaluation, as_of=tuesday, now=tuesday)
    reported(plan.evaluation, at=tuesday + DAY)
    versions.write(plan, typed={"exposure": 2}, by=chi, now=tuesday + DAY)
    versions.replace(plan, why="Asked for.", by=chi, now=tuesday + 2 * DAY)

    found = plan_of(Evaluation.objects.get(pk=plan.evaluation_id))

    assert (found.seen_on, found.version, len(found.deviations)) == ("", 2, 1)


def test_figures_of_a_pack_from_elsewhere_are_none_of_the_programmes(unanswered):
    now = clock.now()
    imported = plans.begin(
        programme=unanswered.programme, slug="pack", name="Pack", now=now,
        content=plans.draft(unanswered.programme) | {plans.IMPORTED: True},
    )  # fmt: skip
    reported(imported, at=now)

    second = another(unanswered, now=now + DAY)

    assert plan_of(second).seen_on == ""
    assert plan_of(imported).collected_before
    assert not plan_of(second).collected_before


def test_a_snapshot_of_an_earlier_version_of_the_site_knows_nothing_of_it():
    old = {"timepoints": ["t1"], "due": ["t1"], "labels": {}, "primary": [], "planned": [], "covariates": []}

    found = canonical._plan(
        old | {"complete_modules": 1, "suppress_below": 10, "frozen_on": None, "hash": ""}
    )

    assert (found.collected_before, found.seen_on) == (False, "")


def test_the_same_data_give_the_same_bytes_with_what_had_been_seen(unanswered):
    now = clock.now()
    reported(unanswered, at=now)
    second = another(unanswered, now=now + DAY)

    first = snapshots.freeze(evaluation=second, as_of=now)
    reported(second, at=now + 2 * DAY)

    assert snapshots.freeze(evaluation=second, as_of=now) == first
    assert gather.dataset(gather.Cohort(second, as_of=now)).plan.seen_on
