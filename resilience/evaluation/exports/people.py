"""The people of one export: those in the figures and nobody else, under codes and in an order that are drawn anew."""

import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from resilience.evaluation import imported
from resilience.evaluation.dataset import comparing, planning, releasing
from resilience.evaluation.dataset.columns import CODE
from resilience.evaluation.exports import generalising
from resilience.evaluation.models import Evaluation, ImportedPerson

SAID_OF_ALL = frozenset({"consented", "is_test", "erased"})  # true of everybody here, or of nobody
BATCH = 2000


class Release:
    """Everybody of one export, a batch at a time. The secret behind the codes is kept nowhere."""

    def __init__(self, evaluation: Evaluation, *, now: datetime, exact: bool = False) -> None:
        self.evaluation, self.as_of, self.exact = evaluation, now, exact
        made = _OfPacks if planning.is_imported(evaluation) else _OfThisSite
        self._source = made(evaluation, now=now)
        self.columns, self.size = self._source.columns, self._source.size
        self._shown = None if exact else generalising.shown(self._source.combinations())
        self._told = [name for name in generalising.ORDER if name in self.columns[releasing.PARTICIPANTS]]

    def batches(self) -> Iterator[releasing.Batch]:
        """Yield some people at a time, sorted by the codes that they have in this release."""
        for batch in self._source.batches():
            yield (
                batch
                if self._shown is None
                else replace(batch, people=[self._safe(person) for person in batch.people])
            )

    @property
    def tells_days(self) -> bool:
        """Whether anybody's days of study are known; data from elsewhere tell none."""
        return bool(self._source.joined)

    def joined(self, respondent: UUID) -> date | None:
        """The day from which somebody's days of study count; None for data from elsewhere, which tell no days."""
        return self._source.joined.get(respondent)

    def _safe(self, person: releasing.Cells) -> releasing.Cells:
        facts = generalising.cells(self._shown[generalising.coarse(person)])
        return {**person, **{name: facts[name] for name in self._told}}


class _OfThisSite(releasing.Own):
    """People of this site, and the day on which each joined."""

    def __init__(self, evaluation: Evaluation, *, now: datetime) -> None:
        super().__init__(evaluation, now=now)
        self.columns = _without_what_is_said_of_all(self.columns)
        self.size = len(self.cohort.people)
        self.joined = {row.respondent_id: row.joined_at.date() for row in self.cohort.people}

    def combinations(self) -> Counter[generalising.Facts]:
        """How many people there are with each combination of background facts."""
        return Counter(generalising.coarse(person) for batch in self.batches() for person in batch.people)


class _OfPacks(releasing.Imported):
    """People of packs, under codes that differ from those with which they came."""

    def __init__(self, evaluation: Evaluation, *, now: datetime) -> None:
        super().__init__(evaluation)
        self.as_of, self.secret = now, secrets.token_bytes(32)
        self.columns = _without_what_is_said_of_all(self.columns)
        self.size = imported.respondents(evaluation, as_of=now).count()
        self.joined: dict[UUID, date] = {}

    def batches(self) -> Iterator[releasing.Batch]:
        found = imported.respondents(self.evaluation, as_of=self.as_of).values_list(
            "respondent_id", flat=True
        )
        everybody = sorted((self.code("person", str(key)), key) for key in found.iterator())
        for start in range(0, len(everybody), BATCH):
            yield self._batch({key: code for code, key in everybody[start : start + BATCH]})

    def combinations(self) -> Counter[generalising.Facts]:
        """How many people there are with each combination of background facts."""
        found = ImportedPerson.objects.filter(
            respondent__in=imported.respondents(self.evaluation, as_of=self.as_of)
        )
        return Counter(map(generalising.coarse, found.values(*generalising.ORDER).iterator()))

    def code(self, kind: str, name: str) -> str:
        """The code of a person, a coach or a comment in this release."""
        made_up = self.evaluation.programme.is_synthetic
        return releasing.drawn(self.secret, f"{kind} {name}", synthetic=made_up)

    def _batch(self, codes: dict[UUID, str]) -> releasing.Batch:
        found = ImportedPerson.objects.filter(respondent__in=list(codes))
        rows = sorted(found, key=lambda row: codes[row.respondent_id])
        return releasing.Batch(
            codes=codes,
            people=[{**comparing.facts_of(row), CODE: codes[row.respondent_id]} for row in rows],
            calls=(self._renamed(cells, row, codes) for row, cells in self.calls(rows)),
            coding=(self._renamed(cells, row, codes) for row, cells in self.coding(rows)),
        )

    def _renamed(
        self, cells: releasing.Cells, row: ImportedPerson, codes: dict[UUID, str]
    ) -> releasing.Cells:
        fresh = {name: self.code(name, str(cells[name])) for name in ("coach", "comment") if cells.get(name)}
        return {**cells, **fresh, CODE: codes[row.respondent_id]}


def _without_what_is_said_of_all(columns: dict[str, list[str]]) -> dict[str, list[str]]:
    return {file: [name for name in names if name not in SAID_OF_ALL] for file, names in columns.items()}
