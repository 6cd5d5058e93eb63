"""Bring packs in: from a folder at once, or from an upload that a worker checks, and takes in once somebody says so.

Progress and the wish to stop lie beside the upload as files: what is taken in is one transaction, and until it ends no
other connection sees a row of it, nor could write one on SQLite.
"""

import csv
import shutil
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from resilience import queue
from resilience.accounts.models import User
from resilience.evaluation import full_disk, plan_words, plans
from resilience.evaluation.dataset import importing, planning, sources, values
from resilience.evaluation.dataset.columns import META
from resilience.evaluation.dataset.sources import Source
from resilience.evaluation.dataset.staging import Stage
from resilience.evaluation.models import DatasetImport, ImportState

TASK = "resilience.evaluation.tasks.import_dataset"
GIVEN_UP_AFTER = timedelta(minutes=65)  # the long queue's own limit is an hour: then the worker is gone
KEPT = timedelta(days=2)  # an upload that nobody went on with
PACK, PROGRESS, STOP, PROBLEMS = "pack.zip", "percent", "stop", "problems.csv"
SHOWN, SHOWN_OF_EACH = 100, 3
GOING = (ImportState.ASKED, ImportState.CHECKING, ImportState.WANTED, ImportState.RUNNING)
UNKNOWN = gettext_noop("Something went wrong on our side. It has been noted; please upload the pack again.")
CHANGED = gettext_noop("What is stored has changed since the pack was checked. Upload it again.")

Clock = Callable[[], datetime]


class Cancelled(Exception):
    """Somebody asked for the work to stop."""


class NotReady(Exception):
    """The import is not where this can be done with it."""


@transaction.atomic
def from_folder(
    source: Source, stage: Stage, *, slug: str, leave_out: bool, by: User | None = None, now: datetime
) -> dict[str, int]:
    """Take a pack in and note it; return the counts. Raises importing.Refused and planning.Taken."""
    done = importing.take(source, stage, slug=slug, leave_out=leave_out, by=by, now=now)
    if done.is_new:
        DatasetImport.objects.create(
            programme=slug, evaluation=done.evaluation, asked_by=by, asked_at=now, state=ImportState.DONE,
            leave_out=leave_out, columns=stage.columns, counts=done.counts, finished_at=now,
        )  # fmt: skip
    return done.counts


@transaction.atomic
def start(*, chunks: Iterable[bytes], slug: str, by: User, now: datetime) -> DatasetImport:
    """Keep an uploaded pack for a worker to check. Raises sources.NoPack or full_disk.FullDisk."""
    drop_old(now=now)
    row = DatasetImport.objects.create(programme=slug, asked_by=by, asked_at=now)
    place = folder(row)
    place.mkdir(parents=True)
    try:
        with full_disk.in_words():
            _keep(chunks, place / PACK)
    except (sources.NoPack, full_disk.FullDisk):
        shutil.rmtree(place)
        raise
    queue.enqueue(TASK, on=queue.LONG, row=str(row.pk))
    return row


def _keep(chunks: Iterable[bytes], path: Path) -> None:
    with path.open("wb") as file:
        file.writelines(chunks)
    with sources.zipped(path):
        pass


@transaction.atomic
def go_on(row: DatasetImport, *, leave_out: bool) -> None:
    """Have a checked pack taken in. Raises NotReady where it is not checked, or something stands in its way."""
    if row.found.get("fatal") or (row.found.get("problems") and not leave_out):
        raise NotReady
    checked = DatasetImport.objects.filter(pk=row.pk, state=ImportState.CHECKED)
    if not checked.update(state=ImportState.WANTED, leave_out=leave_out):
        raise NotReady
    (folder(row) / PROGRESS).unlink(missing_ok=True)
    queue.enqueue(TASK, on=queue.LONG, row=str(row.pk))


def cancel(row: DatasetImport, *, now: datetime) -> None:
    """Stop an import: at once where no worker has it, at its next step where one does. Raises NotReady."""
    waiting = [ImportState.ASKED, ImportState.CHECKED, ImportState.WANTED]
    if DatasetImport.objects.filter(pk=row.pk, state__in=waiting).update(
        state=ImportState.CANCELLED, finished_at=now
    ):
        _clear(row)
    elif row.state in GOING and folder(row).exists():
        (folder(row) / STOP).touch()
    else:
        raise NotReady


def percent(row: DatasetImport) -> int:
    """How far the worker is."""
    try:
        return int((folder(row) / PROGRESS).read_text())
    except (FileNotFoundError, ValueError):
        return 0


def is_stopping(row: DatasetImport) -> bool:
    """Whether somebody has asked for it to stop."""
    return (folder(row) / STOP).exists()


def folder(row: DatasetImport) -> Path:
    """Where the upload lies until it is taken in or dropped."""
    return Path(settings.VAR_DIR) / "imports" / str(row.pk)


def advance(key: UUID, *, clock: Clock) -> None:
    """Check an upload, or take it in; one that is over or that another worker has is left alone."""
    row = DatasetImport.objects.select_related("asked_by").get(pk=key)
    step = {ImportState.ASKED: _look, ImportState.WANTED: _take}.get(_claim(row, now=clock()))
    if step is None:
        return
    try:
        with full_disk.in_words(), sources.zipped(folder(row) / PACK) as source, Stage() as stage:
            step(row, source, stage, now=clock())
    except Cancelled:
        _end(row, ImportState.CANCELLED, now=clock())
    except (sources.NoPack, planning.Taken) as refused:
        _end(row, ImportState.FAILED, now=clock(), why=str(refused))
    except importing.Refused:
        _end(row, ImportState.FAILED, now=clock(), why=CHANGED)
    except full_disk.FullDisk:
        _end(row, ImportState.FAILED, now=clock(), why=full_disk.WORDS)
    except Exception:
        _end(row, ImportState.FAILED, now=clock(), why=UNKNOWN)
        raise


def drop_old(*, now: datetime) -> None:
    """Drop the uploads that nobody went on with."""
    old = Q(state=ImportState.CHECKED, asked_at__lt=now - KEPT) | _given_up(now)
    for row in DatasetImport.objects.filter(old):
        _end(row, ImportState.CANCELLED, now=now)


def _given_up(now: datetime) -> Q:
    return Q(state__in=[ImportState.CHECKING, ImportState.RUNNING], claimed_at__lt=now - GIVEN_UP_AFTER)


def _claim(row: DatasetImport, *, now: datetime) -> str:
    """Take what waits by one update, so that only one worker has it; return what it waited for, or nothing."""
    for waits, at_work in (
        (ImportState.ASKED, ImportState.CHECKING),
        (ImportState.WANTED, ImportState.RUNNING),
    ):
        if DatasetImport.objects.filter(pk=row.pk, state=waits).update(state=at_work, claimed_at=now):
            return waits
    return ""


def _look(row: DatasetImport, source: Source, stage: Stage, *, now: datetime) -> None:
    plan = importing.look(source, stage, slug=row.programme, progress=_progress(row))
    found = {
        "rows": importing.counts(stage),
        "known": dict(stage.known),
        "following": {file: n for file, n in stage.following.items() if n},
        "problems": stage.count("problems"),
        "groups": [asdict(group) for group in stage.heads(most=SHOWN_OF_EACH)[:SHOWN]],
        "left_out": stage.left_out,
        "already_there": stage.already_there,
        "fatal": stage.is_broken,
        "notes": stage.notes[:SHOWN],
        "meta": META in source.names(),
        "plan": _decides(plan) if plan else None,
    }
    _list(stage, folder(row) / PROBLEMS)
    DatasetImport.objects.filter(pk=row.pk).update(state=ImportState.CHECKED, found=found)


def _decides(plan: plans.Content) -> dict[str, list[str]]:
    """What the plan that would be frozen looks at first, by name."""
    return {
        "primary": [plan_words.measure(key) for key in plan["primary"]],
        "when": [plan["labels"][key] for key in plan["primary_timepoints"]],
    }


def _list(stage: Stage, place: Path) -> None:
    """Write every problem as a row, for a spreadsheet."""
    with place.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["file", "row", "column", "what to put right"])
        for each in stage.problems():
            rows.writerow([each.file, each.row, values.marked(each.column), values.marked(each.words)])


def _take(row: DatasetImport, source: Source, stage: Stage, *, now: datetime) -> None:
    with transaction.atomic():
        done = importing.take(
            source, stage, slug=row.programme, leave_out=row.leave_out, by=row.asked_by, now=now,
            progress=_progress(row),
        )  # fmt: skip
        DatasetImport.objects.filter(pk=row.pk).update(
            evaluation=done.evaluation, columns=stage.columns, counts=done.counts
        )
        _end(row, ImportState.DONE, now=now)


def _progress(row: DatasetImport) -> Callable[[float], None]:
    place = folder(row)

    def say(share: float) -> None:
        if (place / STOP).exists():
            raise Cancelled
        (place / PROGRESS).write_text(str(int(100 * share)))

    return say


def _end(row: DatasetImport, state: str, *, now: datetime, why: str = "") -> None:
    DatasetImport.objects.filter(pk=row.pk).update(state=state, finished_at=now, why=why[:300])
    _clear(row)


def _clear(row: DatasetImport) -> None:
    shutil.rmtree(folder(row), ignore_errors=True)
