"""Take a pack in: all of it, or nothing; or all but the rows that are named as wrong."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.evaluation import plans
from resilience.evaluation.dataset import checking, comparing, loading, meta, planning
from resilience.evaluation.dataset.columns import CALLS, CODING, ITEMS, META, PARTICIPANTS
from resilience.evaluation.dataset.sources import Source
from resilience.evaluation.dataset.staging import Progress, Stage
from resilience.evaluation.models import Evaluation

CHECKED = 0.4  # the share of the work that checking is


class Refused(Exception):
    """Something is wrong in the pack; the stage knows what. Nothing was stored."""


@dataclass(frozen=True)
class Done:
    """What an import stored, and the evaluation it is in."""

    evaluation: Evaluation
    counts: dict[str, int]
    is_new: bool


def look(source: Source, stage: Stage, *, slug: str, progress: Progress) -> plans.Content:
    """Check a pack against its files, its plan and what is stored; store nothing. Raises Taken.

    Return the plan that taking it in would freeze: nothing where one is frozen, or where it cannot be taken in.
    """
    return _plan(checking.check(source, stage, progress=progress), stage, slug=slug, lock=False)[1]


def take(
    source: Source,
    stage: Stage,
    *,
    slug: str,
    leave_out: bool,
    by: User | None = None,
    now: datetime,
    progress: Progress = lambda share: None,
) -> Done:
    """Check a pack and store it in one transaction.

    Raises Refused where something is wrong that may not, or cannot, be left out, and planning.Taken.
    """
    given = checking.check(source, stage, progress=lambda share: progress(CHECKED * share))
    with transaction.atomic():
        evaluation, content = _plan(given, stage, slug=slug, lock=True)
        if stage.is_broken or (not leave_out and stage.count("problems")):
            raise Refused
        if evaluation is None:
            evaluation = planning.begin(slug, given, stage, by=by, now=now, content=content)
        fresh = loading.load(
            stage, evaluation, now=now, progress=lambda share: progress(CHECKED + (1 - CHECKED) * share)
        )
        done = _done(evaluation, fresh, stage)
        if done.is_new:
            trail.record(events.DATASET_IMPORTED, at=now, target=evaluation, by=by, **done.counts)
    return done


def _done(evaluation: Evaluation, fresh: dict[str, int], stage: Stage) -> Done:
    coded = fresh.pop("coded")
    counts = fresh | {"left_out": stage.left_out, "already_there": stage.already_there}
    return Done(evaluation, counts, is_new=any(fresh.values()) or coded > 0)


def _plan(given: meta.Meta, stage: Stage, *, slug: str, lock: bool) -> tuple[Evaluation | None, dict]:
    """The evaluation that is there with what it holds taken from the stage, or None and a new plan's content."""
    if stage.is_broken:
        return None, {}
    evaluation = planning.find(slug, lock=lock)
    if evaluation is not None:
        for file, key, words in planning.differences(evaluation, given, stage):
            stage.refuse(file, None, key, words, fatal=True)
        comparing.compare(stage, evaluation)
        return evaluation, {}
    if not stage.grid():
        stage.refuse(ITEMS, None, "", _("holds no answer that can be taken: a plan needs one"), fatal=True)
        return None, {}
    content = planning.compose(planning.home(slug, given, stage), given, stage)
    for key, words in planning.faults(content):
        stage.refuse(META, None, key, words, fatal=True)
    return None, content


def counts(stage: Stage) -> dict[str, int]:
    """How many rows of each file are new and can be taken in."""
    tables = {PARTICIPANTS: "people", ITEMS: "items", CALLS: "calls", CODING: "coding"}
    new = {PARTICIPANTS: "stored IS NULL"}
    return {
        file: stage.count(table, where=new.get(file, "1"))
        for file, table in tables.items()
        if file in stage.columns or file == ITEMS
    }
