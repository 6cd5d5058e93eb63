"""Ask for an export, write it in a worker with true progress, cancel it, and throw its files away again."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_noop

from resilience import queue
from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.evaluation import full_disk, reportable, versions
from resilience.evaluation.exports import writing
from resilience.evaluation.exports.people import Release
from resilience.evaluation.models import DataExport, Evaluation, ExportState
from resilience.participants.models import Respondent

TASK = "resilience.evaluation.tasks.write_export"
GIVEN_UP_AFTER = timedelta(minutes=65)  # the long queue's own limit is an hour: then the worker is gone
KEPT = timedelta(days=7)
GOING = (ExportState.ASKED, ExportState.RUNNING)
UNKNOWN = gettext_noop("Something went wrong on our side. It has been noted. Ask for the export again.")

Clock = Callable[[], datetime]


class Cancelled(Exception):
    """Somebody asked for the work to stop."""


class CannotCancel(Exception):
    """The export is over."""


@transaction.atomic
def start(*, evaluation: Evaluation, exact: bool, by: User | None, now: datetime) -> DataExport:
    """Ask for an export. One of the same kind that waits or is being written is returned instead of a second one.

    Raises versions.NotFrozen: whoever has the rows can work out every figure.
    """
    if evaluation.plan.frozen_at is None:
        raise versions.NotFrozen
    going = DataExport.objects.filter(evaluation=evaluation, exact=exact, state__in=GOING)
    if (found := going.exclude(_given_up(now)).order_by("asked_at").first()) is not None:
        return found
    row = DataExport.objects.create(evaluation=evaluation, exact=exact, as_of=now, asked_by=by, asked_at=now)
    trail.record(events.EXPORT_ASKED, at=now, target=row, by=by, exact=exact)
    queue.enqueue(TASK, on=queue.LONG, export=str(row.pk))
    return row


def why_not(evaluation: Evaluation) -> str:
    """What stands in the way of an export; nothing where one may be asked for."""
    return "" if evaluation.plan.frozen_at else reportable.REFUSALS[versions.NotFrozen]


def advance(key: UUID, *, clock: Clock) -> None:
    """Write an export that nobody else is writing; one that is over or taken is left alone."""
    if not _claim(key, now=clock()):
        return
    row = DataExport.objects.select_related("evaluation__programme", "evaluation__plan").get(pk=key)
    try:
        with full_disk.in_words():
            people = _write(row)
        _finish(row, people, now=clock())
    except Cancelled:
        _end(row, ExportState.CANCELLED, now=clock())
    except full_disk.FullDisk:
        _end(row, ExportState.FAILED, now=clock(), why=full_disk.WORDS)
    except Exception:
        _end(row, ExportState.FAILED, now=clock(), why=UNKNOWN)
        raise


def cancel(row: DataExport, *, by: User, now: datetime) -> None:
    """Stop an export: at once where it waits, at its next batch where it is being written. Raises CannotCancel."""
    waiting = DataExport.objects.filter(pk=row.pk, state=ExportState.ASKED)
    if not waiting.update(state=ExportState.CANCELLED, cancel_asked_at=now, finished_at=now):
        running = DataExport.objects.filter(pk=row.pk, state=ExportState.RUNNING)
        if not running.update(cancel_asked_at=now):
            raise CannotCancel
    trail.record(events.EXPORT_CANCELLED, at=now, target=row, by=by)


def throw_away(*, now: datetime) -> int:
    """Delete files that are a week old, and all from before somebody's data were deleted; return how many exports."""
    newest = Respondent.objects.filter(imported=None).aggregate(at=Max("erased_at"))["at"]
    old = Q(finished_at__lt=now - KEPT) | (Q(as_of__lte=newest) if newest else Q(pk=None))
    found = list(DataExport.objects.filter(old, state=ExportState.DONE))
    for row in found:
        shutil.rmtree(folder(row), ignore_errors=True)
        _end(row, ExportState.GONE, now=row.finished_at)
        trail.record(events.EXPORT_THROWN_AWAY, at=now, target=row)
    return len(found)


def folder(row: DataExport) -> Path:
    """Where the files of an export lie."""
    return Path(settings.VAR_DIR) / "exports" / str(row.pk)


def files(row: DataExport) -> list[Path]:
    """The files of an export that is done, by name."""
    return sorted(folder(row).iterdir()) if row.state == ExportState.DONE and folder(row).exists() else []


def _given_up(now: datetime) -> Q:
    return Q(state=ExportState.RUNNING, claimed_at__lt=now - GIVEN_UP_AFTER)


def _claim(key: UUID, *, now: datetime) -> bool:
    """Take an export that waits, or one whose worker is long gone: by one update, so that only one worker has it."""
    free = DataExport.objects.filter(Q(state=ExportState.ASKED) | _given_up(now), pk=key)
    return free.update(state=ExportState.RUNNING, claimed_at=now, percent=1) == 1


def _write(row: DataExport) -> int:
    """Write the files beside their place and move them there in one step, so that nobody meets half of them."""

    def progress(percent: int) -> None:
        if not DataExport.objects.filter(pk=row.pk, cancel_asked_at=None).update(percent=percent):
            raise Cancelled

    place = folder(row)
    fresh = place.with_name(f"{place.name}.{uuid4().hex}.new")
    fresh.mkdir(parents=True)
    try:
        release = Release(row.evaluation, now=row.as_of, exact=row.exact)
        people = writing.write(release, fresh, progress=progress)
        shutil.rmtree(place, ignore_errors=True)
        os.replace(fresh, place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return people


@transaction.atomic
def _finish(row: DataExport, people: int, *, now: datetime) -> None:
    done = {"state": ExportState.DONE, "percent": 100, "finished_at": now, "people": people}
    DataExport.objects.filter(pk=row.pk).update(**done)
    trail.record(events.EXPORT_MADE, at=now, target=row, people=people)


def _end(row: DataExport, state: str, *, now: datetime, why: str = "") -> None:
    DataExport.objects.filter(pk=row.pk).update(state=state, finished_at=now, why=why)
