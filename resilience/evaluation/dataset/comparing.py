"""Set a staged pack against what earlier imports of the evaluation hold: what is there already is not taken again."""

import json
from collections.abc import Iterable
from itertools import groupby

from django.utils.translation import gettext as _

from resilience.evaluation.dataset.columns import CALLS, CODING, DONE, FACTS, ITEMS, PARTICIPANTS
from resilience.evaluation.dataset.staging import Stage
from resilience.evaluation.models import CodedComment, Evaluation, ImportedCall, ImportedPerson
from resilience.measures.models import Response

BATCH = 500
Answers = dict[tuple[str, str], dict[str, float | None]]


def compare(stage: Stage, evaluation: Evaluation) -> None:
    """Take from the stage what is stored already; what is stored otherwise becomes a problem of its row."""
    for batch in stage.people(size=BATCH):
        codes = [code for _key, code, *_rest in batch]
        stored = {
            person.code: person
            for person in ImportedPerson.objects.filter(evaluation=evaluation, code__in=codes)
        }
        there = {}
        for key, code, facts, row, _stored in batch:
            if code in stored:
                there[key] = stored[code]
                _person(stage, key, stored[code], facts, row)
        if there:
            _answers(stage, there)
            _calls(stage, there)
    _coding(stage, evaluation)


def facts_of(person: ImportedPerson) -> dict:
    """What participants.csv said of somebody, by its columns."""
    facts = {name: getattr(person, name) for name in FACTS}
    return facts | {f"{key}{DONE}": value for key, value in person.done.items()}


def _differs() -> str:
    return _("differs from what was taken in before, which stays: put it right, or use another name")


def _person(stage: Stage, key: int, stored: ImportedPerson, facts: dict, row: int) -> None:
    known = facts_of(stored)
    odd = [column for column, value in facts.items() if known.get(column) != value]
    for column in odd:
        stage.refuse(PARTICIPANTS, row, column, _differs())
    stage.left_out += bool(odd)
    stage.already_there += not odd
    stage.known[PARTICIPANTS] += not odd
    stage.sql.execute("UPDATE people SET stored = ? WHERE id = ?", [str(stored.pk), key])


def _answers(stage: Stage, there: dict[int, ImportedPerson]) -> None:
    words = {number: key for key, number in stage.timepoints.items()}
    names = {number: name for name, number in stage.instruments.items()}
    stored = _stored_answers(there.values())
    for person, rows in groupby(stage.answers(there).fetchall(), key=lambda row: row[0]):
        known = stored.get(there[person].respondent_id, {}) if person in there else {}
        for cell in rows:
            answers = known.get((words[cell[1]], names[cell[2]]))
            if answers is not None:
                _answer(stage, answers, cell)


def _stored_answers(people: Iterable[ImportedPerson]) -> dict[object, Answers]:
    found: dict[object, Answers] = {}
    responses = Response.objects.filter(respondent__in=[person.respondent_id for person in people])
    rows = responses.values_list("respondent_id", "occasion__timepoint__key", "instrument", "answers")
    for respondent, timepoint, instrument, answers in rows:
        found.setdefault(respondent, {})[timepoint, instrument] = answers
    return found


def _answer(stage: Stage, answers: dict, cell: tuple) -> None:
    *_place, item, row, value = cell
    if str(item) in answers and answers[str(item)] == value:
        stage.already_there += value is not None
        stage.known[ITEMS] += 1
    else:
        stage.leave(ITEMS, row, "value", _differs())
    stage.sql.execute(
        "DELETE FROM items WHERE person = ? AND timepoint = ? AND instrument = ? AND item = ? AND row = ?",
        cell[:5],
    )


def _calls(stage: Stage, there: dict[int, ImportedPerson]) -> None:
    keys = {person.pk: key for key, person in there.items()}
    for call in ImportedCall.objects.filter(person__in=keys):
        place = [keys[call.person_id], call.number]
        staged = stage.sql.execute(
            "SELECT coach, minutes, outcome, background, row FROM calls WHERE person = ? AND number = ?",
            place,
        ).fetchone()
        if staged is None:
            continue
        *told, row = staged
        if told == [call.coach, call.minutes, call.outcome, call.background]:
            stage.already_there += 1
            stage.known[CALLS] += 1
        else:
            stage.leave(CALLS, row, "call_no", _differs())
        stage.sql.execute("DELETE FROM calls WHERE person = ? AND number = ?", place)


def _coding(stage: Stage, evaluation: Evaluation) -> None:
    for coded in CodedComment.objects.filter(evaluation=evaluation).select_related("person").iterator():
        staged = stage.sql.execute(
            "SELECT code, themes, coding.row FROM coding JOIN people ON people.id = person "
            "WHERE comment = ? AND coder = ?",
            [coded.comment, coded.coder],
        ).fetchone()
        if staged is None:
            continue
        if (staged[0], json.loads(staged[1])) != (coded.person.code, coded.themes):
            stage.leave(CODING, staged[2], "comment", _differs())
        else:
            stage.known[CODING] += 1
        stage.sql.execute("DELETE FROM coding WHERE comment = ? AND coder = ?", [coded.comment, coded.coder])
