"""Write an evaluation's data as a pack, a batch of people at a time: for a statistician, or to take it in elsewhere."""

import csv
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TextIO
from uuid import uuid4

from django.db.models import QuerySet

from resilience.audit import events, trail
from resilience.evaluation import gather, plans
from resilience.evaluation.analysis import frozen
from resilience.evaluation.dataset import (
    checking,
    codebook,
    planning,
    releasing,
    told_of_cohort,
    told_of_units,
    values,
)
from resilience.evaluation.dataset.columns import (
    CALLS,
    CODEBOOK,
    CODING,
    ITEM,
    ITEMS,
    META,
    PARTICIPANTS,
    SCORE,
    SCORES,
)
from resilience.evaluation.models import Evaluation, SystemOutcome
from resilience.measures import catalogue
from resilience.measures.models import Response, Score

NONE_TOLD = "No outcomes of units were told"
TAKEN_OVER = (
    "timepoints", "labels", "grid", "reliability", "direction", "cutoff", "mcid", "primary", "covariates",
    "complete_modules", "suppress_below", "cost", "no_system_outcomes", "kind", *plans.SAID, "primary_timepoints",
    "analyses", "exposure",
)  # fmt: skip


class Population(Protocol):
    """Some people, a batch at a time, and the columns of what is told about them by file."""

    columns: dict[str, list[str]]

    def batches(self) -> Iterator[releasing.Batch]:
        """Yield some people at a time."""


def export(*, evaluation: Evaluation, out: Path, now: datetime) -> list[Path]:
    """Write the pack into a folder, each file whole or not at all; return where they lie. What else is there stays."""
    population = (
        releasing.Imported(evaluation)
        if planning.is_imported(evaluation)
        else releasing.Own(evaluation, now=now)
    )
    out.mkdir(parents=True, exist_ok=True)
    fresh = out / f"{uuid4().hex}.new"
    fresh.mkdir()
    try:
        write(population, evaluation, fresh, now=now)
        names = sorted(path.name for path in fresh.iterdir())
        for name in names:
            os.replace(fresh / name, out / name)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    trail.record(events.DATASET_EXPORTED, at=now, target=evaluation)
    return [out / name for name in names]


class _File:
    """A CSV file that is written row by row, in which no cell can be a formula."""

    def __init__(self, file: TextIO, columns: list[str]) -> None:
        self.columns = columns
        self._writer = csv.writer(file, lineterminator="\n")
        self._writer.writerow([values.marked(column) for column in columns])

    def add(self, rows: Iterable[Mapping[str, object]]) -> None:
        self._writer.writerows([cell(row.get(column)) for column in self.columns] for row in rows)

    def add_plain(self, rows: Iterable[tuple]) -> None:
        self._writer.writerows([cell(value) for value in row] for row in rows)


def cell(value: object) -> object:
    """What stands in a cell: 1 and 0 for yes and no, whole numbers without a point, texts that are no formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float):
        return frozen.plain(value)
    return values.marked(value) if isinstance(value, str) else value


def write(population: Population, evaluation: Evaluation, place: Path, *, now: datetime) -> None:
    """Write the files of a pack about these people into a folder."""
    columns = population.columns | {ITEMS: list(ITEM), SCORES: list(SCORE)}
    with ExitStack() as open_files:
        files = {
            name: _File(
                open_files.enter_context((place / name).open("w", encoding="utf-8", newline="")), names
            )
            for name, names in columns.items()
        }
        for batch in population.batches():
            files[PARTICIPANTS].add(batch.people)
            for name, rows in ((CALLS, batch.calls), (CODING, batch.coding)):
                if name in files:
                    files[name].add(rows)
            files[ITEMS].add_plain(_items(batch, now=now))
            files[SCORES].add_plain(_scores(batch, now=now))
    content = evaluation.plan.content
    told = _meta(evaluation, content) | told_of_cohort.write(evaluation, now=now)
    (place / META).write_text(_json(told), encoding="utf-8")
    with (place / CODEBOOK).open("w", encoding="utf-8-sig", newline="") as file:
        _File(file, list(codebook.COLUMNS)).add_plain(codebook.rows(content["grid"], columns))


def _items(batch: releasing.Batch, *, now: datetime) -> Iterator[tuple]:
    """The batch's answers as rows, by code, time point and instrument."""
    found = _standing(batch, now=now).values_list(
        "respondent_id", "occasion__timepoint__position", "instrument", "occasion__timepoint__key", "answers"
    )
    for who, _place, instrument, when, answers in sorted(
        found, key=lambda row: (batch.codes[row[0]], *row[1:3])
    ):
        for item in sorted(answers, key=int):
            yield batch.codes[who], when, instrument, int(item), answers[item]


def _scores(batch: releasing.Batch, *, now: datetime) -> Iterator[tuple]:
    """The batch's scores as rows, in the same order."""
    found = Score.objects.filter(response__in=_standing(batch, now=now).values("pk")).values_list(
        "response__respondent_id", "response__occasion__timepoint__position", "response__instrument", "scale", "method",
        "response__occasion__timepoint__key", "value", "n_answered", "prorated",
    )  # fmt: skip
    for row in sorted(found, key=lambda row: (batch.codes[row[0]], *row[1:5])):
        who, _place, instrument, scale, method, when, value, n_answered, prorated = row
        yield batch.codes[who], when, instrument, scale, value, n_answered, prorated, method


def _standing(batch: releasing.Batch, *, now: datetime) -> QuerySet[Response]:
    return gather.standing(as_of=now).filter(respondent__in=list(batch.codes))


def _meta(evaluation: Evaluation, content: plans.Content) -> dict[str, Any]:
    """The plan as meta.json tells it, with what follows from the instruments' rules."""
    told = {key: content[key] for key in TAKEN_OVER if content.get(key) not in (None, "")}
    instruments = [catalogue.get(name) for name in content["grid"]]
    turned = {each.key: checking.reversed_items(each) for each in instruments}
    units = told_of_units.write(SystemOutcome.objects.filter(evaluation=evaluation))
    if not units and not told.get("no_system_outcomes"):
        told["no_system_outcomes"] = NONE_TOLD
    of_nobody = {"approached": evaluation.approached or None, "system": units or None}
    of_nobody |= {"complaints": evaluation.complaints}
    return (
        told
        | {name: value for name, value in of_nobody.items() if value is not None}
        | {
            "reversed": {name: items for name, items in turned.items() if items},
            "range": {each.key: [each.low, each.high] for each in instruments},
        }
    )


def _json(value: Any) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"
