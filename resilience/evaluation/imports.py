"""Bring packs in: from a folder at once, or from an upload that a worker checks, and takes in once somebody says so."""

from datetime import datetime

from django.db import transaction

from resilience.accounts.models import User
from resilience.evaluation.dataset import importing
from resilience.evaluation.dataset.sources import Source
from resilience.evaluation.dataset.staging import Stage
from resilience.evaluation.models import DatasetImport, ImportState


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
