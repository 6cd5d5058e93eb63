"""What arrived and what is stored, laid beside what was expected; and faults planted to see that each is found."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tests.proofs import expecting
from tests.proofs.expecting import Expecting, Message, Refusal

REASONS = {
    expecting.ANSWERED: {"answered or closed", "too late"},
    expecting.CLOSED: {"answered or closed", "too late", "paused", "not now", "one went out just before"},
    expecting.STOPPED: {"stopped", "withdrawn"},
    expecting.UNWANTED: {"wants no word of pages"},
    expecting.NOT_EVALUATED: {"not in the evaluation"},
    expecting.PAUSED: {"not now", "paused", "answered or closed"},
}
UNTOLD = (
    "cannot be told"  # stopped in the instant of sending an e-mail: not sent again, and the trail names it
)
WENT = {"SENT", "UNKNOWN", "FAILED"}


@dataclass(frozen=True)
class Arrival:
    """A message where it arrived: in the mailbox, or on the telephone."""

    at: datetime
    channel: str
    kind: str


@dataclass(frozen=True)
class Row:
    """A message as the site keeps it."""

    wave: str
    number: int
    by_mail: bool
    state: str
    reason: str


@dataclass
class Kept:
    """What the site holds of one person in one programme."""

    rows: list[Row] = field(default_factory=list)
    occasions: dict[tuple[str, str], str] = field(default_factory=dict)
    left_out: dict[tuple[str, str], str] = field(default_factory=dict)
    responses: dict[tuple[str, str], list[dict]] = field(default_factory=dict)


@dataclass
class Ledger:
    """Everything that is compared, by person and programme."""

    expecting: dict[tuple[int, str], Expecting] = field(default_factory=dict)
    told: dict[tuple[int, str], dict[tuple[str, str], dict]] = field(default_factory=dict)
    arrived: dict[int, list[Arrival]] = field(default_factory=dict)
    kept: dict[tuple[int, str], Kept] = field(default_factory=dict)
    others: Counter = field(default_factory=Counter)


@dataclass
class Found:
    """What the comparison found: the faults by kind, and the counts."""

    faults: list[str] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)


def compare(ledger: Ledger) -> Found:
    """Return every difference, and how many of what were compared."""
    found = Found()
    for person in sorted({number for number, _slug in ledger.expecting}):
        mine = {key: each for key, each in ledger.expecting.items() if key[0] == person}
        _messages(person, mine, ledger, found)
        for key, each in mine.items():
            if not _deleted(each):
                _stored(key, each, ledger, found)
    for (person, subject), often in ledger.others.items():
        found.counts[f"e-mail “{subject}”"] += often
        if often > sum(number == person for number, _slug in ledger.expecting):  # once in each programme
            found.faults.append(f"person {person}: {often} times “{subject}”")
    return found


def _deleted(each: Expecting) -> bool:
    return each.done.stopped is not None and any(what == "DELETE" for _day, what in each.person.acts)


def _messages(person: int, mine: Mapping, ledger: Ledger, found: Found) -> None:
    """Match each arrival with one expectation; what is left on either side is a fault."""
    expected = [(key, one) for key, each in mine.items() for one in each.messages()[0]]
    arrived = sorted(ledger.arrived.get(person, []), key=lambda each: each.at)
    matched = _matched(arrived, [one for _key, one in expected])
    for place, arrival in enumerate(arrived):
        found.counts[f"arrived by {arrival.channel}"] += 1
        if place in matched.values():
            found.counts["arrived, and was expected"] += 1
        else:
            found.faults.append(
                f"person {person}: one too many, {arrival.channel} “{arrival.kind}” {arrival.at}"
            )
    found.counts["must not be sent"] += sum(len(each.messages()[1]) for each in mine.values())
    left = [pair for place, pair in enumerate(expected) if place not in matched]
    _left(person, left, mine, ledger, found)


def _matched(arrived: Sequence[Arrival], expected: Sequence[Message]) -> dict[int, int]:
    """Return which arrival each expectation is met by: as many as can be, those that are sure before the others."""
    matched: dict[int, int] = {}

    def meet(one: int, tried: set[int]) -> bool:
        for place, arrival in enumerate(arrived):
            if place in tried or not _fits(arrival, expected[one]):
                continue
            tried.add(place)
            holder = next((each for each, held in matched.items() if held == place), None)
            if holder is None or meet(holder, tried):
                matched[one] = place
                return True
        return False

    for place in sorted(range(len(expected)), key=lambda each: not expected[each].sure):
        meet(place, set())
    return matched


def _fits(arrival: Arrival, one: Message) -> bool:
    return (
        one.earliest <= arrival.at <= one.latest
        and arrival.channel in one.channels
        and arrival.kind in one.kinds
    )


def _left(person: int, open_ones: Iterable, mine: Mapping, ledger: Ledger, found: Found) -> None:
    for key, one in open_ones:
        rows = [row for row in _kept(ledger, key).rows if (row.wave, row.number) == (one.wave, one.number)]
        if mine[key].person.refused:
            found.counts["refused by their mail server"] += any(row.state == "FAILED" for row in rows)
            if one.sure and not any(row.state == "FAILED" for row in rows) and not _deleted(mine[key]):
                found.faults.append(f"person {person}: {one.wave} number {one.number} is not kept as refused")
        elif any(row.reason == UNTOLD for row in rows):
            found.counts["e-mails of which nobody can tell"] += 1
        elif one.sure:
            found.faults.append(f"person {person}: missing, {one.wave} number {one.number} by {one.latest}")
        else:
            found.counts["too near to tell, and not sent"] += 1


def _kept(ledger: Ledger, key: tuple[int, str]) -> Kept:
    return ledger.kept.get(key) or Kept()


def _stored(key: tuple[int, str], each: Expecting, ledger: Ledger, found: Found) -> None:
    kept, who = _kept(ledger, key), f"person {key[0]}, {key[1]}"
    asked = each.asked()
    told = ledger.told.get(key, {})
    _occasions(who, each, asked, kept, told, found)
    _answers(who, kept, told, found)
    _rows(who, each, kept, found)


def _occasions(who: str, each: Expecting, asked: Mapping, kept: Kept, told: Mapping, found: Found) -> None:
    now = each.stops.rested[-1]
    sure, unsure = {key: one for key, one in asked.items() if each.made(one)}, set()
    unsure = {key for key, one in asked.items() if each.made(one) is None}
    wanted = {
        (key, instrument): _state(one, (key, instrument) in told, now)
        for key, one in sure.items()
        for instrument in one.instruments
    }
    spared = {(key, instrument): why for key, one in sure.items() for instrument, why in one.left_out.items()}
    for name, expected, stored in (
        ("asked", wanted, kept.occasions),
        ("spared", spared, kept.left_out),
    ):
        for pair in expected.keys() | {one for one in stored if one[0] not in unsure}:
            found.counts[f"{name}: {stored.get(pair)}"] += 1
            if expected.get(pair) != stored.get(pair):
                found.faults.append(
                    f"{who}: {name} {pair} stands as {stored.get(pair)}, expected {expected.get(pair)}"
                )


def _state(one: expecting.Asked, answered: bool, now: datetime) -> str:
    if answered:
        return "answered"
    if one.overtaken:
        return "overtaken"
    return "closed" if one.closes <= now else "open"


def _answers(who: str, kept: Kept, told: Mapping, found: Found) -> None:
    for pair in told.keys() | kept.responses.keys():
        stored = kept.responses.get(pair, [])
        found.counts["answers told as kept, and kept"] += 1
        if len(stored) != 1 or pair not in told or stored[0] != told[pair]:
            found.faults.append(f"{who}: {pair} told {told.get(pair)}, stored {len(stored)} times {stored}")


def _rows(who: str, each: Expecting, kept: Kept, found: Found) -> None:
    sent, refused = each.messages()
    rows = {(row.wave, row.number): row for row in kept.rows if not row.by_mail}
    for one in refused:
        _refusal(who, one, rows.get((one.wave, one.number)), each, found)
    for one in sent:
        row = rows.get((one.wave, one.number))
        if one.sure and (row is None or (row.state not in WENT and row.reason != "by e-mail instead")):
            found.faults.append(f"{who}: {one.wave} number {one.number} stands as {row}")
    named = {(one.wave, one.number) for one in [*sent, *refused]}
    found.faults += [f"{who}: planned without need: {row}" for pair, row in rows.items() if pair not in named]


def _refusal(who: str, one: Refusal, row: Row | None, each: Expecting, found: Found) -> None:
    """A message that must not be sent stands as skipped with a reason that holds; or was never planned."""
    if row is None:
        sure = each.made(each.asked()[one.wave]) is True
        if sure and one.why == {expecting.ANSWERED}:
            found.faults.append(f"{who}: {one.wave} number {one.number} was never planned")
        found.counts["not sent: never planned"] += 1
        return
    if row.state == "DUE" and one.due > each.stops.rested[-1]:
        found.counts["not sent: the months end before it is due"] += 1
        return
    found.counts[f"not sent: {row.reason}"] += 1
    allowed = set().union(*(REASONS[why] for why in one.why))
    if each.done.pauses:  # a pause may have held it until it was of no use
        allowed |= REASONS[expecting.PAUSED]
    if row.state == "DUE" and row.reason in allowed:
        return  # it is held still when the months end
    if row.state != "SKIPPED" or row.reason not in allowed:
        found.faults.append(
            f"{who}: {one.wave} number {one.number} stands as {row}, expected {sorted(one.why)}"
        )


def planted(ledger: Ledger) -> dict[str, Ledger]:
    """Return ledgers with one fault each, which the comparison must find."""
    person = next(number for number, mine in sorted(ledger.arrived.items()) if len(mine) > 2)
    mine = ledger.arrived[person]
    key, answers = next((key, told) for key, told in sorted(ledger.told.items()) if told)
    pair = next(iter(answers))
    kept = ledger.kept[key]
    fewer = {one: values for one, values in kept.responses.items() if one != pair}
    twice = {**kept.responses, pair: kept.responses[pair] * 2}
    half_a_year = timedelta(days=200)
    return {
        "a message is lost": _with(ledger, arrived={**ledger.arrived, person: _without_sure(ledger, person)}),
        "a message comes twice": _with(ledger, arrived={**ledger.arrived, person: [*mine, mine[0]]}),
        "a message comes too late": _with(
            ledger, arrived={**ledger.arrived, person: [*mine[1:], replace(mine[0], at=mine[0].at + half_a_year)]}
        ),
        "an answer is lost": _with(ledger, kept={**ledger.kept, key: replace(kept, responses=fewer)}),
        "an answer is kept twice": _with(ledger, kept={**ledger.kept, key: replace(kept, responses=twice)}),
    }  # fmt: skip


def _with(ledger: Ledger, **changed: object) -> Ledger:
    return replace(ledger, **changed)


def _without_sure(ledger: Ledger, person: int) -> list[Arrival]:
    """Return what arrived but for one that was sure to."""
    mine = {key: each for key, each in ledger.expecting.items() if key[0] == person}
    sure = [one for each in mine.values() for one in each.messages()[0] if one.sure]
    arrived = ledger.arrived[person]
    lost = next(arrival for arrival in arrived if any(_fits(arrival, one) for one in sure))
    return [arrival for arrival in arrived if arrival is not lost]
