"""Whether calls turn from asking to advising: shares over blocks of ten participants, never of a single call.

A block is shown once it is full. Were the share drawn anew after each call, two looks at it would tell what the last
person said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from resilience.coaching.models import Coach, RelationshipRating, Side
from resilience.measures.models import Response

FEWEST = 10
ASKED_OR_ADVISED = "2"
MOSTLY_ADVICE = 4  # 4 "advised more than asked", 5 "mostly advised"
FEEDBACK = {Side.PARTICIPANT: "call_feedback", Side.COACH: "call_feedback_coach"}


@dataclass(frozen=True)
class Block:
    """Calls with ten participants or more, one after another: the share that was mostly advice, in percent."""

    first: datetime
    last: datetime
    participants: int
    calls: int
    share: int
    own_share: int | None


@dataclass(frozen=True)
class Said:
    """One side's word on one call."""

    call: object
    person: object
    at: datetime
    advised: bool


def blocks(coach: Coach) -> list[Block]:
    """Return the full blocks of a coach, the oldest first; none before ten participants have answered."""
    own = {said.call: said.advised for said in _said(coach, Side.COACH)}
    return [_block(calls, own) for calls in cut(_said(coach, Side.PARTICIPANT))]


def cut(said: Iterable[Said]) -> list[list[Said]]:
    """Return the answers in full blocks, each of ten different people; what is left over is not shown yet."""
    found: list[list[Said]] = []
    block: list[Said] = []
    for each in said:
        block.append(each)
        if len({one.person for one in block}) == FEWEST:
            found.append(block)
            block = []
    return found


def _block(calls: list[Said], own: dict) -> Block:
    mine = [own[said.call] for said in calls if said.call in own]
    return Block(
        first=calls[0].at,
        last=calls[-1].at,
        participants=len({said.person for said in calls}),
        calls=len(calls),
        share=_percent([said.advised for said in calls]),
        own_share=_percent(mine) if mine else None,
    )


def _percent(advised: list[bool]) -> int:
    return round(100 * sum(advised) / len(advised))


def _said(coach: Coach, side: str) -> list[Said]:
    """Return what a side answered about each call: the answers lie under its pseudonym, at the rating's moment."""
    rows = RelationshipRating.objects.filter(call__booking__coach=coach, side=side).order_by("at", "pk")
    found = list(rows.values_list("call", "call__booking__participant", "response__respondent", "at"))
    answered = {
        (respondent, at): answers.get(ASKED_OR_ADVISED)
        for respondent, at, answers in Response.objects.filter(
            instrument=FEEDBACK[Side(side)], occasion=None, respondent__in={row[2] for row in found}
        ).values_list("respondent", "submitted_at", "answers")
    }
    values = [(call, person, at, answered.get((respondent, at))) for call, person, respondent, at in found]
    return [
        Said(call, person, at, value >= MOSTLY_ADVICE)
        for call, person, at, value in values
        if value is not None
    ]
