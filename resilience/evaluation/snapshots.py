"""Freeze an evaluation's data as files with a checksum: the same data always give the same bytes."""

import os
import shutil
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import translation

from resilience.audit import events, trail
from resilience.evaluation import canonical, gather
from resilience.evaluation.analysis.frozen import Snapshot
from resilience.evaluation.models import DatasetSnapshot, Evaluation
from resilience.measures import catalogue


def take(*, evaluation: Evaluation, as_of: datetime, now: datetime) -> DatasetSnapshot:
    """Freeze the consented data as of a moment; return the stored snapshot with its files in place."""
    files = freeze(evaluation=evaluation, as_of=as_of)
    checksum = canonical.checksum(files)
    _store(files, folder(checksum))
    known = DatasetSnapshot.objects.filter(evaluation=evaluation, checksum=checksum, as_of=as_of).first()
    if known is None:
        with transaction.atomic():
            known = DatasetSnapshot.objects.create(
                evaluation=evaluation, as_of=as_of, taken_at=now, checksum=checksum
            )
            trail.record(events.SNAPSHOT_TAKEN, at=now, target=known, checksum=checksum)
    return known


def load(stored: DatasetSnapshot) -> Snapshot:
    """Read a stored snapshot. Raises canonical.Altered where its files have changed since."""
    place = folder(stored.checksum)
    files = {path.name: path.read_bytes() for path in sorted(place.iterdir())}
    return canonical.read(files, expected=stored.checksum)


def freeze(*, evaluation: Evaluation, as_of: datetime) -> canonical.Files:
    """The files of an evaluation's data as of a moment; nothing is stored."""
    # No transaction: evidence is written once and every read stops at `as_of`, so nothing moves between two reads.
    with translation.override(evaluation.programme.language):
        cohort = gather.Cohort(evaluation, as_of=as_of)
        snapshot = Snapshot(
            dataset=gather.dataset(cohort),
            evaluation=evaluation.slug,
            programme=evaluation.programme.slug,
            synthetic=evaluation.programme.is_synthetic,
            language=evaluation.programme.language,
            as_of=as_of.isoformat(),
            checksum="",
            left_out_test=cohort.left_out("test"),
            left_out_erased=cohort.left_out("erased"),
            labels=_labels(evaluation),
        )
        return canonical.write(snapshot)


def folder(checksum: str) -> Path:
    """Where a snapshot's files lie."""
    return Path(settings.VAR_DIR) / "snapshots" / checksum


def _store(files: canonical.Files, place: Path) -> None:
    """Write the files beside their place and move them there in one step, so that nobody meets half of them."""
    if place.exists():
        return
    fresh = place.with_name(f"{place.name}.{uuid4().hex}.new")
    try:
        fresh.mkdir(parents=True)
        for name, data in files.items():
            (fresh / name).write_bytes(data)
        _move(fresh, place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _move(fresh: Path, place: Path) -> None:
    try:
        os.replace(fresh, place)
    except OSError:
        if not place.exists():
            raise
        # somebody else was quicker: their files have the same bytes


def _labels(evaluation: Evaluation) -> dict[str, str]:
    labels = {
        f"programme:{evaluation.programme.slug}": evaluation.programme.public_name,
        f"evaluation:{evaluation.slug}": evaluation.name,
    }
    for name in evaluation.plan.content["grid"]:
        instrument = catalogue.get(name)
        labels |= {f"{name}:{item.key}": instrument.label(item) for item in instrument.items}
    return labels
