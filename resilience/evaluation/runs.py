"""Ask for a report, build it in a worker with true progress, cancel it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from resilience import queue
from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.evaluation import (
    builder,
    canonical,
    disclosure,
    full_disk,
    plans,
    published,
    reportable,
    snapshots,
)
from resilience.evaluation.models import AnalysisRun, DatasetSnapshot, Evaluation, Report, RunState

TASK = "resilience.evaluation.tasks.build_report"
GIVEN_UP_AFTER = timedelta(minutes=65)  # the long queue's own limit is an hour: then the worker is gone

Clock = Callable[[], datetime]

REFUSALS = {
    canonical.Altered: gettext_noop(
        "The frozen data were changed after they were stored. Ask for a new report."
    ),
    disclosure.ThresholdTooLow: gettext_noop(
        "The plan would show groups of fewer than 5 people. Make a new plan."
    ),
    plans.NoTimepoints: gettext_noop("The programme asks nothing yet."),
    full_disk.FullDisk: full_disk.WORDS,
    **reportable.REFUSALS,
}
UNKNOWN = gettext_noop(
    "Something went wrong on our side. It has been noted; please ask for the report again."
)


class Cancelled(Exception):
    """Somebody asked for the work to stop."""


class CannotCancel(Exception):
    """The run is over."""


@transaction.atomic
def start(*, evaluation: Evaluation, as_of: datetime, by: User | None, now: datetime) -> AnalysisRun:
    """Ask for a report; a worker builds it. A run that waits or is being built is returned instead of a second one.

    Raises versions.NotFrozen or reportable.PeopleAlone.
    """
    reportable.check(evaluation)
    going = AnalysisRun.objects.filter(evaluation=evaluation, state__in=[RunState.ASKED, RunState.RUNNING])
    if (run := going.exclude(_given_up(now)).order_by("asked_at").first()) is not None:
        return run
    run = AnalysisRun.objects.create(evaluation=evaluation, as_of=as_of, asked_by=by, asked_at=now)
    trail.record(events.REPORT_ASKED, at=now, target=run, by=by)
    queue.enqueue(TASK, on=queue.LONG, run=str(run.pk))
    return run


def advance(run: UUID, *, clock: Clock) -> None:
    """Build the report of a run that nobody else is building; a run that is over or taken is left alone."""
    if not _claim(run, now=clock()):
        return
    row = AnalysisRun.objects.select_related("evaluation__programme", "evaluation__plan").get(pk=run)
    try:
        with full_disk.in_words():
            _build(row, clock=clock)
    except Cancelled:
        _end(row, RunState.CANCELLED, now=clock())
    except Exception as failure:
        _end(row, RunState.FAILED, now=clock(), why=REFUSALS.get(type(failure), UNKNOWN))
        if type(failure) not in REFUSALS:
            raise


@transaction.atomic
def note(stored: DatasetSnapshot, built: builder.Built, *, now: datetime) -> AnalysisRun:
    """Show a report that was built without a worker among the others, with its files."""
    row = AnalysisRun.objects.create(
        evaluation=stored.evaluation, as_of=stored.as_of, asked_at=now, claimed_at=now, state=RunState.RUNNING
    )
    builder.store(built.files, folder(row))
    _finish(row, stored, built, now=now)
    return row


def cancel(run: AnalysisRun, *, by: User, now: datetime) -> None:
    """Stop a run: at once where it still waits, at its next step where it is being built. Raises CannotCancel."""
    waiting = AnalysisRun.objects.filter(pk=run.pk, state=RunState.ASKED)
    if not waiting.update(state=RunState.CANCELLED, cancel_asked_at=now, finished_at=now):
        running = AnalysisRun.objects.filter(pk=run.pk, state=RunState.RUNNING)
        if not running.update(cancel_asked_at=now):
            raise CannotCancel
    trail.record(events.REPORT_CANCELLED, at=now, target=run, by=by)


def folder(run: AnalysisRun) -> Path:
    """Where the files of a run's report lie."""
    return Path(settings.VAR_DIR) / "reports" / str(run.pk)


def _given_up(now: datetime) -> Q:
    return Q(state=RunState.RUNNING, claimed_at__lt=now - GIVEN_UP_AFTER)


def _claim(run: UUID, *, now: datetime) -> bool:
    """Take a run that waits, or one whose worker is long gone: by one update, so that only one worker has it."""
    free = AnalysisRun.objects.filter(Q(state=RunState.ASKED) | _given_up(now), pk=run)
    return free.update(state=RunState.RUNNING, claimed_at=now, step=builder.FREEZE, percent=5) == 1


def _build(row: AnalysisRun, *, clock: Clock) -> None:
    def progress(step: str, percent: int) -> None:
        alive = AnalysisRun.objects.filter(pk=row.pk, cancel_asked_at=None)
        if not alive.update(step=step, percent=percent):
            raise Cancelled

    reportable.check(row.evaluation)
    stored = snapshots.take(evaluation=row.evaluation, as_of=row.as_of, now=clock())
    earlier = published.before(stored, version=builder.__version__)
    site = settings.PUBLIC_BASE_URL
    built = builder.build(snapshots.load(stored), site=site, progress=progress, before=earlier)
    builder.store(built.files, folder(row))
    _finish(row, stored, built, now=clock())


@transaction.atomic
def _finish(row: AnalysisRun, stored: DatasetSnapshot, built: builder.Built, *, now: datetime) -> None:
    AnalysisRun.objects.filter(pk=row.pk).update(
        snapshot=stored, state=RunState.DONE, percent=100, step="", finished_at=now, why=built.why[:200]
    )
    report = Report.objects.create(
        run=row, made_at=now, version=builder.__version__, checksum=canonical.checksum(built.files)
    )
    published.keep(stored, built.release, now=now)
    trail.record(events.REPORT_MADE, at=now, target=report)


def _end(row: AnalysisRun, state: str, *, now: datetime, why: str = "") -> None:
    AnalysisRun.objects.filter(pk=row.pk).update(state=state, finished_at=now, why=why, step="")
