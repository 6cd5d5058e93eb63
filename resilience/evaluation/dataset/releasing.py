"""Who is in an exported pack, and under which code: those who let us use their answers, in no order that tells."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import prefetch_related_objects

from resilience.evaluation import gather
from resilience.evaluation.dataset import comparing
from resilience.evaluation.dataset.columns import (
    BACKGROUND,
    BACKGROUND_WORDS,
    CALL,
    CALLS,
    CODE,
    OUTCOME_WORDS,
    PARTICIPANTS,
    WAY,
)
from resilience.evaluation.models import Evaluation, ImportedPerson

BATCH = 500
CODE_LENGTH = 12
SYNTHETIC = "synthetic-"  # begins the code of everybody who does not exist

Cells = Mapping[str, object]


@dataclass(frozen=True)
class Batch:
    """Some people: the code of each, and the rows of participants.csv, calls.csv and comments_coding.csv.

    The last two are read once, by whoever writes them.
    """

    codes: dict[UUID, str]
    people: list[Cells]
    calls: Iterable[Cells]
    coding: Iterable[Cells]


class Imported:
    """People of packs keep the codes and the columns with which they came; the flags of test people too."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.columns = _columns_of(evaluation)

    def batches(self) -> Iterator[Batch]:
        everybody = ImportedPerson.objects.filter(evaluation=self.evaluation).exclude(consented=False)
        last = ""
        while rows := list(everybody.filter(code__gt=last).order_by("code")[:BATCH]):
            yield Batch(
                codes={row.respondent_id: row.code for row in rows},
                people=[{CODE: row.code, **comparing.facts_of(row)} for row in rows],
                calls=(cells for _row, cells in self.calls(rows)),
                coding=(cells for _row, cells in self.coding(rows)),
            )
            last = rows[-1].code

    def calls(self, rows: list[ImportedPerson]) -> Iterator[tuple[ImportedPerson, Cells]]:
        """The calls of some people, each with whose it is."""
        prefetch_related_objects(rows, "calls")
        for row in rows:
            for call in sorted(row.calls.all(), key=lambda each: each.number):
                told = (row.code, call.number, call.coach, call.minutes, OUTCOME_WORDS[call.outcome])
                background = {BACKGROUND: BACKGROUND_WORDS[call.background]}
                yield row, dict(zip(CALL, told, strict=True)) | background

    def coding(self, rows: list[ImportedPerson]) -> Iterator[tuple[ImportedPerson, Cells]]:
        """The comments of some people as coders read them, each with whose it is."""
        prefetch_related_objects(rows, "coded_comments")
        for row in rows:
            for coded in sorted(row.coded_comments.all(), key=lambda each: (each.comment, each.coder)):
                yield row, {"comment": coded.comment, CODE: row.code, "coder": coded.coder, **coded.themes}


class Own:
    """People of this site get codes that are drawn anew for each release, and are sorted by them."""

    def __init__(self, evaluation: Evaluation, *, now: datetime) -> None:
        self.cohort = gather.Cohort(evaluation, as_of=now)
        self.secret = secrets.token_bytes(32)
        in_arms = [ARM] if evaluation.programme.has_arms else []
        self.columns = {PARTICIPANTS: [CODE, *OWN_FACTS, *in_arms], CALLS: [*CALL, WAY, BACKGROUND]}

    def batches(self) -> Iterator[Batch]:
        people = {self.code(person.key): person for person in gather.people(self.cohort)}
        calls: dict[str, list[Cells]] = {}
        for call in gather.calls(self.cohort):
            _number(
                calls.setdefault(self.code(call.person), []),
                self.code(call.person),
                self.code(call.coach),
                call,
            )
        everybody = sorted(people)
        for start in range(0, len(everybody), BATCH):
            codes = everybody[start : start + BATCH]
            yield Batch(
                codes={UUID(people[code].key): code for code in codes},
                people=[_facts(code, people[code], calls.get(code, [])) for code in codes],
                calls=[cells for code in codes for cells in calls.get(code, [])],
                coding=[],
            )

    def code(self, key: str) -> str:
        """The code of a person or a coach in this release: nobody can tell it from that of another release."""
        return drawn(self.secret, key, synthetic=self.cohort.evaluation.programme.is_synthetic)


def drawn(secret: bytes, name: str, *, synthetic: bool) -> str:
    """A code; that of somebody who does not exist says so, in whichever file it stands."""
    code = hmac.new(secret, name.encode(), hashlib.sha256).hexdigest()[:CODE_LENGTH]
    return f"{SYNTHETIC}{code}" if synthetic else code


ARM = "arm"
OWN_FACTS = (
    "site", "profession", "gender", "consented", "started", "modules_completed", "coaching_offered",
    "coaching_accepted", "calls_attended", "withdrew",
)  # fmt: skip


def _number(held: list[Cells], code: str, coach: str, call: gather.frozen.Call) -> None:
    if call.outcome in OUTCOME_WORDS:
        held.append(
            {
                CODE: code,
                "call_no": len(held) + 1,
                "coach": coach,
                "minutes": call.minutes,
                "outcome": OUTCOME_WORDS[call.outcome],
                WAY: call.way.lower(),
                BACKGROUND: BACKGROUND_WORDS[call.background],
            }
        )


def _facts(code: str, person: gather.frozen.Person, calls: Iterable[Cells]) -> Cells:
    traits = person.characteristics
    return {
        CODE: code,
        "site": traits["workplace"],
        "profession": traits["profession"],
        "gender": traits["gender"],
        "consented": True,
        "started": person.started,
        "modules_completed": person.modules,
        "coaching_offered": person.offered_call,
        "coaching_accepted": person.accepted_call,
        "calls_attended": sum(call["outcome"] == "attended" for call in calls),
        "withdrew": person.withdrew,
        ARM: person.arm,
    }


def _columns_of(evaluation: Evaluation) -> dict[str, list[str]]:
    """The columns of all packs that were taken in, in the order in which they were first met."""
    found: dict[str, dict[str, None]] = {PARTICIPANTS: dict.fromkeys([CODE])}
    for one in evaluation.imports.order_by("finished_at"):
        for file, names in one.columns.items():
            found.setdefault(file, {}).update(dict.fromkeys(names))
    return {file: list(names) for file, names in found.items()}
