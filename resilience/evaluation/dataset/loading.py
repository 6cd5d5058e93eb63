"""Put a checked pack into the database: a batch of people at a time, each answer scored as it goes in."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from uuid import NAMESPACE_URL, UUID, uuid5

from resilience.evaluation.dataset.columns import DONE, FACTS
from resilience.evaluation.dataset.staging import Progress, Stage
from resilience.evaluation.models import CodedComment, Evaluation, ImportedCall, ImportedPerson
from resilience.measures import catalogue, scores
from resilience.measures.models import Occasion, Response, Score, Timepoint
from resilience.participants.models import Respondent

BATCH = 200
MODE = "import"
MOMENT = timedelta(seconds=1)
WORDS = ("site", "unit", "profession", "gender", "arm")


def load(stage: Stage, evaluation: Evaluation, *, now: datetime, progress: Progress) -> dict[str, int]:
    """Store what is staged; return how many people, answers, calls and coded comments are new.

    `progress` may stop it by raising.
    """
    loader = _Loader(stage, evaluation, now=now)
    counts = {"participants": 0, "answers": 0, "calls": 0, "coded": 0}
    total = max(1, stage.count("people"))
    done = 0
    for batch in stage.people(size=BATCH):
        people, fresh = loader.people(batch)
        counts["participants"] += fresh
        counts["answers"] += loader.answers(people)
        counts["calls"] += loader.calls(people)
        counts["coded"] += loader.coding(people)
        done += len(batch)
        progress(done / total)
    return counts


class _Loader:
    def __init__(self, stage: Stage, evaluation: Evaluation, *, now: datetime) -> None:
        self.stage, self.evaluation, self.now = stage, evaluation, now
        rows = Timepoint.objects.filter(programme=evaluation.programme, key__in=stage.timepoints)
        self.timepoints = {stage.timepoints[row.key]: row for row in rows}
        self.instruments = {number: catalogue.get(name) for name, number in stage.instruments.items()}

    def people(self, batch: list[tuple]) -> tuple[dict[int, ImportedPerson], int]:
        """The batch's people by their number in the stage, and how many of them are new."""
        known = ImportedPerson.objects.in_bulk([UUID(stored) for *_rest, stored in batch if stored])
        found, fresh = {}, []
        for key, code, facts, _row, stored in batch:
            if stored:
                found[key] = known[UUID(stored)]
            else:
                found[key] = self._person(code, facts)
                fresh.append(found[key])
        Respondent.objects.bulk_create([person.respondent for person in fresh])
        ImportedPerson.objects.bulk_create(fresh)
        return found, len(fresh)

    def _person(self, code: str, facts: dict) -> ImportedPerson:
        respondent = Respondent(
            # the same pack under the same name gives the same keys, so that seeded figures come out the same
            study_id=uuid5(NAMESPACE_URL, f"{self.evaluation.slug}/{code}"),
            is_test=bool(facts.get("is_test")),
            erased_at=self.now if facts.get("erased") else None,
        )
        done = {name.removesuffix(DONE): value for name, value in facts.items() if name not in FACTS}
        return ImportedPerson(
            evaluation=self.evaluation,
            respondent=respondent,
            code=code,
            imported_at=self.now,
            done=done,
            **{name: value for name, value in facts.items() if name in FACTS},
        )

    def answers(self, people: dict[int, ImportedPerson]) -> int:
        """Store the people's answers, one response for each instrument and time point; return how many answers."""
        responses = list(self._responses(people))
        Occasion.objects.bulk_create([response.occasion for response in responses])
        Response.objects.bulk_create(responses)
        Score.objects.bulk_create(scores.of_all(responses))
        return sum(value is not None for response in responses for value in response.answers.values())

    def _responses(self, people: dict[int, ImportedPerson]) -> Iterator[Response]:
        for (person, when, what), rows in groupby(self.stage.answers(people), key=lambda row: row[:3]):
            answers = {str(item): _plain(value) for *_key, item, _row, value in rows}
            yield self._response(people[person], self.timepoints[when], self.instruments[what], answers)

    def _response(
        self, person: ImportedPerson, timepoint: Timepoint, instrument: catalogue.Instrument, answers: dict
    ) -> Response:
        """An answer from elsewhere has no date here: the moment it came in stands for one."""
        occasion = Occasion(
            respondent_id=person.respondent_id, timepoint=timepoint, instrument=instrument.key,
            due_at=self.now, closes_at=self.now + MOMENT,
        )  # fmt: skip
        return Response(
            respondent_id=person.respondent_id, occasion=occasion, instrument=instrument.key,
            version=instrument.version, answers=answers, mode=MODE, submitted_at=self.now,
        )  # fmt: skip

    def calls(self, people: dict[int, ImportedPerson]) -> int:
        """Store the people's calls; return how many."""
        rows = self._staged("person, number, coach, minutes, outcome, background", "calls", people)
        made = ImportedCall.objects.bulk_create(
            ImportedCall(
                person=people[person],
                number=number,
                coach=coach,
                minutes=minutes,
                outcome=outcome,
                background=background,
            )
            for person, number, coach, minutes, outcome, background in rows
        )
        return len(made)

    def coding(self, people: dict[int, ImportedPerson]) -> int:
        """Store what coders saw in the people's comments; return how many readings."""
        rows = self._staged("person, comment, coder, themes", "coding", people)
        made = CodedComment.objects.bulk_create(
            CodedComment(
                evaluation=self.evaluation, person=people[person], comment=comment, coder=coder,
                themes=json.loads(themes),
            )
            for person, comment, coder, themes in rows
        )  # fmt: skip
        return len(made)

    def _staged(self, columns: str, table: str, people: Iterable[int]) -> Iterable[tuple]:
        ends = [min(people), max(people)]
        return self.stage.sql.execute(f"SELECT {columns} FROM {table} WHERE person BETWEEN ? AND ?", ends)  # noqa: S608 - our own words alone


def _plain(value: float | None) -> int | float | None:
    """A whole number as one, as forms store it."""
    return int(value) if value is not None and value == int(value) else value
