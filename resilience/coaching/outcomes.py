"""What came of a call, worked out from what the telephone told us and what the coach said. Pure.

The order in which the notices arrived does not matter, only when each thing happened: callbacks come late and out
of turn. A call can be settled again from its events at any time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from resilience.coaching import availability

COACH, PARTICIPANT = "COACH", "PARTICIPANT"
FULFILLED, PARTICIPANT_NO_SHOW, COACH_NO_SHOW, FAILED = (
    "FULFILLED",
    "PARTICIPANT_NO_SHOW",
    "COACH_NO_SHOW",
    "FAILED",
)

# How a leg stands, as the carrier says.
RINGING, ANSWERED, ENDED, BUSY, NO_ANSWER, LINE_FAILED, CANCELLED = (
    "RINGING", "ANSWERED", "ENDED", "BUSY", "NO_ANSWER", "FAILED", "CANCELLED",
)  # fmt: skip
OVER = frozenset({ENDED, BUSY, NO_ANSWER, LINE_FAILED, CANCELLED})
NOBODY_THERE = frozenset({ENDED, BUSY, NO_ANSWER})
# What was pressed, and who is in the room.
ACCEPTED, NOT_NOW, JOINED, LEFT, ROOM_STARTED, ROOM_ENDED = (
    "ACCEPTED", "NOT_NOW", "JOINED", "LEFT", "ROOM_STARTED", "ROOM_ENDED",
)  # fmt: skip
# What we add ourselves.
GIVEN_UP, COACH_SAID = "GIVEN_UP", "COACH_SAID"
# 9 was pressed: one of the two knows the other.
KNOWN = "KNOWN"
# 3 was pressed at a number that nobody had confirmed: it is a stranger's.
WRONG_NUMBER = "WRONG_NUMBER"
NO_USE = (LINE_FAILED, CANCELLED, WRONG_NUMBER)

ATTEMPTS = 3
SOON = timedelta(minutes=10)  # a line that ends within these may have dropped


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One thing that happened: on which leg of which side (none for the room and for our own words).

    `came_in`: on this leg they rang us, which is no try of ours.
    """

    kind: str
    at: datetime
    leg: str = ""
    side: str = ""
    came_in: bool = False
    facts: Mapping[str, object] = field(default_factory=dict, compare=False, hash=False)


@dataclass(frozen=True, kw_only=True)
class Settled:
    """How the call went. `pending`: it looks like a missed call, and the coach has yet to say so."""

    outcome: str
    minutes: float
    bridged_at: datetime | None
    ended_at: datetime
    pending: bool = False


@dataclass(frozen=True)
class Leg:
    """One telephone rung once, as its events show it."""

    side: str
    events: Sequence[Seen]

    def has(self, *kinds: str) -> bool:
        """Return whether one of these things happened on the leg."""
        return any(event.kind in kinds for event in self.events)

    @property
    def came_in(self) -> bool:
        """Return whether they rang us."""
        return any(event.came_in for event in self.events)

    @property
    def over(self) -> bool:
        """Return whether the line is down."""
        return self.has(*OVER)

    @property
    def taken(self) -> bool:
        """Return whether somebody pressed 1."""
        return self.has(ACCEPTED, JOINED)

    @property
    def not_reached(self) -> bool:
        """Return whether it rang, or was picked up, and nobody pressed 1 or 2: another try is fair."""
        return self.has(*NOBODY_THERE) and not self.taken and not self.has(NOT_NOW, WRONG_NUMBER)


def legs(events: Iterable[Seen], *, side: str) -> list[Leg]:
    """Return the legs of one side that anything is known of, in the order of their first event."""
    found: dict[str, list[Seen]] = {}
    for event in sorted(events, key=lambda event: event.at):
        if event.leg and event.side == side:
            found.setdefault(event.leg, []).append(event)
    return [Leg(side, known) for known in found.values()]


def again(events: Sequence[Seen], *, side: str, attempts: int = ATTEMPTS) -> int | None:
    """Return how many tries were made where another is fair, the first one too, else None.

    It is fair where nobody was there, or was there before the other side was, and nobody is on the line now.
    Calls that came in are no tries.
    """
    tried = legs(events, side=side)
    if any(event.kind in (GIVEN_UP, KNOWN) for event in events) or _together(events):
        return None
    if _on_line(events, side=side) or _no_more(tried, side=side, attempts=attempts):
        return None
    return len(_rung(tried))


def kept_apart(events: Iterable[Seen]) -> bool:
    """Return whether one of the two said that they know the other: nobody is rung again, and nobody missed a call."""
    return any(event.kind == KNOWN for event in events)


def dropped_at(events: Sequence[Seen]) -> datetime | None:
    """Return when the participant's line ended early in a talk, where the coach still waits and no ring followed."""
    talked = _together(events)
    if not talked or kept_apart(events) or not in_room(events, side=COACH):
        return None
    left = max(end for _, end in talked)
    length = sum(((end - start) for start, end in talked), timedelta())
    rung = _rung(legs(events, side=PARTICIPANT))
    followed = any(leg.events[0].at > left for leg in rung)
    if length >= SOON or followed or _on_line(events, side=PARTICIPANT):
        return None
    return left


def declined(events: Iterable[Seen], *, side: str) -> bool:
    """Return whether that side pressed 2: nobody rings it again."""
    return any(leg.has(NOT_NOW) for leg in legs(events, side=side))


def nobody_on_the_line(events: Sequence[Seen]) -> bool:
    """Return whether no telephone of either side rings or is in the room, as far as the events tell."""
    return not any(_on_line(events, side=side) for side in (COACH, PARTICIPANT))


def in_room(events: Sequence[Seen], *, side: str) -> bool:
    """Return whether that side is in the room as far as the events tell."""
    return any(end is None for _, end in _presence(events, side=side))


def settle(events: Iterable[Seen], *, attempts: int = ATTEMPTS) -> Settled | None:
    """Return how the call went, or None while it is still under way. `attempts`: how often each side is rung."""
    known = list(events)
    said = max((event for event in known if event.kind == COACH_SAID), key=_newest, default=None)
    if said is None and not _finished(known, attempts=attempts):
        return None
    talked = _together(known)
    seconds = sum((end - start).total_seconds() for start, end in talked)
    return _worded(known, said, bridged_at=talked[0][0] if talked else None, minutes=round(seconds / 60, 2))


def _newest(event: Seen) -> tuple[datetime, str]:
    return event.at, str(sorted(event.facts.items()))


def _worded(
    known: Sequence[Seen], said: Seen | None, *, bridged_at: datetime | None, minutes: float
) -> Settled:
    heard = [event.at for event in known if event.kind != COACH_SAID]
    ended_at = max(heard or [event.at for event in known])
    if kept_apart(known):  # whatever was said till then: no talk of coach and participant, and nobody's fault
        return Settled(outcome=FAILED, minutes=0, bridged_at=None, ended_at=ended_at)
    if said is not None:
        minutes = float(said.facts.get("minutes", minutes))
        return Settled(
            outcome=str(said.facts["outcome"]), minutes=minutes, bridged_at=bridged_at, ended_at=ended_at
        )
    outcome = FULFILLED if bridged_at else _never_met(known)
    pending = outcome == PARTICIPANT_NO_SHOW
    return Settled(
        outcome=outcome, minutes=minutes, bridged_at=bridged_at, ended_at=ended_at, pending=pending
    )


def _finished(events: Sequence[Seen], *, attempts: int) -> bool:
    if any(event.kind in (GIVEN_UP, KNOWN) for event in events):
        return True
    if _together(events):
        return _parted(events)
    participant = legs(events, side=PARTICIPANT)
    used_up = _no_more(participant, side=PARTICIPANT, attempts=attempts)
    if used_up and not _on_line(events, side=PARTICIPANT):
        return True
    return not _on_line(events, side=COACH) and _coach_is_done(events, attempts=attempts)


def _parted(events: Sequence[Seen]) -> bool:
    """Return whether the two who talked are both gone: a coach who left the room may still press 9."""
    coach = legs(events, side=COACH)
    if not all(leg.over for leg in _rung(coach)):
        return False
    empty = not any(in_room(events, side=side) for side in (COACH, PARTICIPANT))
    return all(leg.over for leg in coach) or (empty and any(event.kind == ROOM_ENDED for event in events))


def _coach_is_done(events: Sequence[Seen], *, attempts: int) -> bool:
    """Return whether nothing more is to come, the coach being on no line.

    Somebody who came and went before the participant was rung may ring in again: that is left open.
    """
    coach, participant = legs(events, side=COACH), legs(events, side=PARTICIPANT)
    if declined(events, side=COACH):
        return True
    if not _no_more(coach, side=COACH, attempts=attempts):
        return False
    if _rung(participant):
        return not _on_line(events, side=PARTICIPANT)
    return not any(leg.taken for leg in _rung(coach))


def _rung(tried: Iterable[Leg]) -> list[Leg]:
    return [leg for leg in tried if not leg.came_in]


def _no_more(tried: Sequence[Leg], *, side: str, attempts: int) -> bool:
    """Return whether this side is not rung again: 2 was pressed, the line failed, or every try is used."""
    rung = _rung(tried)
    if any(leg.has(NOT_NOW) for leg in tried) or any(leg.has(*NO_USE) for leg in rung):
        return True
    return len(rung) >= attempts or (side == COACH and any(leg.taken for leg in rung))


def _on_line(events: Sequence[Seen], *, side: str) -> bool:
    """Return whether a telephone of this side rings, is at the gate, or is in the room.

    Of a call that came in the carrier does not tell the end: only the room shows that it is there.
    """
    waiting = [
        leg for leg in _rung(legs(events, side=side)) if not leg.has(*OVER, NOT_NOW, WRONG_NUMBER, JOINED)
    ]
    return bool(waiting) or in_room(events, side=side)


def _never_met(events: Sequence[Seen]) -> str:
    coach, participant = legs(events, side=COACH), legs(events, side=PARTICIPANT)
    asked = bool(_rung(participant)) or declined(events, side=PARTICIPANT)
    there = _taken_at(coach if asked else _rung(coach))  # who rang in and left may still have missed the call
    if not there:
        return COACH_NO_SHOW if _missed(coach) else FAILED
    if any(at >= min(there) for at in _taken_at(participant)):
        return FAILED
    return PARTICIPANT_NO_SHOW if _missed(participant) else FAILED


def _taken_at(tried: Iterable[Leg]) -> list[datetime]:
    return [event.at for leg in tried for event in leg.events if event.kind in (ACCEPTED, JOINED)]


def _missed(tried: Iterable[Leg]) -> bool:
    return any(leg.has(NOT_NOW) or (leg.not_reached and not leg.came_in) for leg in tried)


def _together(events: Sequence[Seen]) -> list[tuple[datetime, datetime]]:
    """Return the spans in which both were in the room; none for a room that nobody else came into."""
    spans = []
    for start, end in _stays(events, side=COACH):
        for begun, gone in _stays(events, side=PARTICIPANT):
            both = max(start, begun), min(end, gone)
            if both[0] < both[1] or (both[0] == both[1] and _met(events, at=both[0])):
                spans.append(both)
    return spans


def _stays(events: Sequence[Seen], *, side: str) -> list[tuple[datetime, datetime]]:
    """Return a side's time in the room, each moment once; a stay whose end is unknown lasts to the last event."""
    if not events:
        return []
    last = max(event.at for event in events)
    return availability.merged(sorted((start, end or last) for start, end in _presence(events, side=side)))


def _met(events: Sequence[Seen], *, at: datetime) -> bool:
    """Return whether the room itself says that two people met at that very second."""
    return any(event.kind == ROOM_STARTED and event.at == at for event in events)


def _presence(events: Sequence[Seen], *, side: str) -> list[tuple[datetime, datetime | None]]:
    """Return when this side was in the room: from each joining to the leaving, the line's or the room's end."""
    spans = []
    for leg in legs(events, side=side):
        ends = sorted(
            event.at
            for event in events
            if event.kind == ROOM_ENDED or (event in leg.events and event.kind in OVER | {LEFT})
        )
        for event in leg.events:
            if event.kind == JOINED:
                spans.append((event.at, next((end for end in ends if end >= event.at), None)))
    return spans
