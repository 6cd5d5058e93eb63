"""What each person must have been asked and sent, worked out from what they did and the timetable alone.

Nothing of the product is imported here. A message is expected within two moments: it cannot go out before it is
due, and it must be out when the site has come to rest at the first stop of the clock after that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.proofs.characters import Person
from tests.proofs.timetables import (
    CALL,
    JOINING,
    LAST_CALL,
    RECALL_DAYS,
    REMINDED_AFTER_DAYS,
    Timetable,
    Wave,
    awake,
    days_on,
)  # fmt: skip

Span = tuple[datetime, datetime]  # something happened between these two moments
NEVER = datetime(2999, 1, 1, tzinfo=UTC)
A_DAY, NUMBER_KEPT = timedelta(days=1), timedelta(days=30)
SECOND_TRY_AFTER = timedelta(minutes=30)
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
TEXT, MAIL, READY, CLOSING = "text", "e-mail", "ready", "closing"
ANSWERED, CLOSED, STOPPED, UNWANTED = "answered", "closed", "stopped", "no word"
NOT_EVALUATED, PAUSED = "not in the evaluation", "paused"
OVERTAKEN, RECALL = "OVERTAKEN", "RECALL"


@dataclass
class Stops:
    """Where the clock stood still, and when the site had come to rest there."""

    moved: list[datetime] = field(default_factory=list)
    rested: list[datetime] = field(default_factory=list)

    def by(self, moment: datetime, *, rounds: int = 1) -> datetime:
        """Return by when what is due at a moment has been done."""
        at = next((place for place, moved in enumerate(self.moved) if moved >= moment), len(self.moved))
        at += rounds - 1
        return self.rested[at] if at < len(self.rested) else NEVER


@dataclass
class Pause:
    """A pause, by when it began and ended at the earliest and at the latest."""

    begins: Span
    ends: Span


@dataclass
class InPlace:
    """What somebody did in one programme, as they were told it."""

    joined: datetime
    calls: list[datetime] = field(default_factory=list)
    answered: dict[tuple[str, str], Span] = field(default_factory=dict)


@dataclass
class Done:
    """What somebody did beside answering, as they were told it."""

    stopped: Span | None = None
    no_word: Span | None = None
    no_texts: Span | None = None
    pauses: list[Pause] = field(default_factory=list)


@dataclass
class Asked:
    """What somebody is asked in one wave, what they are spared and why, and until when."""

    wave: Wave
    due: datetime
    closes: datetime
    instruments: tuple[str, ...]
    left_out: dict[str, str]
    overtaken: bool = False


@dataclass(frozen=True)
class Message:
    """A message that must arrive between two moments; one that is not sure may."""

    wave: str
    number: int
    channels: frozenset[str]
    kinds: frozenset[str]
    earliest: datetime
    latest: datetime
    sure: bool


@dataclass(frozen=True)
class Refusal:
    """A message that was planned and must not be sent, and every reason that holds."""

    wave: str
    number: int
    why: frozenset[str]
    due: datetime


def dues(timetable: Timetable, done: InPlace, workshops: Mapping[str, datetime]) -> dict[str, datetime]:
    """Return when each wave falls due for somebody."""
    found: dict[str, datetime] = {}
    for wave in timetable.waves:
        moments = _events(wave, timetable, done, workshops, found)
        if wave.latest_days is not None:
            moments.append(days_on(done.joined, wave.latest_days))
        if moments:
            found[wave.key] = min(moments)
    return found


def _events(
    wave: Wave, timetable: Timetable, done: InPlace, workshops: Mapping[str, datetime], found: Mapping
) -> list[datetime]:
    calls_close = done.joined + timedelta(days=timetable.calls_close_after_days)
    if wave.counts_from in workshops:
        ends = workshops[wave.counts_from]
        return [days_on(ends, wave.after_days)] if done.joined < ends else []
    if wave.counts_from == JOINING:
        return [days_on(done.joined, wave.after_days)]
    if wave.counts_from in (CALL, LAST_CALL):
        wanted = 1 if wave.counts_from == CALL else timetable.calls
        return [calls_close, *done.calls[wanted - 1 : wanted]]
    return [days_on(found[wave.counts_from], wave.after_days)]


def asked(
    timetable: Timetable, done: InPlace, workshops: Mapping[str, datetime], *, until: datetime = NEVER
) -> dict[str, Asked]:
    """Return what each wave that falls due asks, with the later wave closing what the earlier one still asks.

    What falls due after `until`, when they stopped, closes nothing.
    """
    due, place = dues(timetable, done, workshops), timetable.keys.index
    found: dict[str, Asked] = {}
    for key in sorted(due, key=lambda each: (due[each], place(each))):
        wave = timetable.waves[place(key)]
        later_first = any(due[other] < due[key] and place(other) > place(key) for other in due)
        left_out = dict.fromkeys(wave.asks, OVERTAKEN) if later_first else _recalled(wave, due[key], done)
        rest = tuple(each for each in wave.asks if each not in left_out)
        found[key] = Asked(wave, due[key], days_on(due[key], wave.open_days), rest, left_out)
        if rest and due[key] < until:
            _close_earlier(found, key, place, done)
    return found


def _recalled(wave: Wave, due: datetime, done: InPlace) -> dict[str, str]:
    back = {each: timedelta(days=RECALL_DAYS.get(each, 0)) for each in wave.asks}
    given = [(instrument, span[0]) for (key, instrument), span in done.answered.items() if key != wave.key]
    return {each: RECALL for each, moment in given if each in back and due - back[each] < moment < due}


def _close_earlier(found: dict[str, Asked], key: str, place: object, done: InPlace) -> None:
    opens = found[key].due
    for other, earlier in found.items():
        if place(other) >= place(key) or not earlier.due < opens < earlier.closes:
            continue
        if any((other, each) not in done.answered for each in earlier.instruments):
            earlier.closes, earlier.overtaken = opens, True


@dataclass
class Expecting:
    """What is expected of one person in one programme."""

    person: Person
    timetable: Timetable
    place: InPlace
    done: Done
    workshops: Mapping[str, datetime]
    stops: Stops

    def asked(self) -> dict[str, Asked]:
        until = self.done.stopped[0] if self.done.stopped else NEVER
        return asked(self.timetable, self.place, self.workshops, until=until)

    def made(self, each: Asked) -> bool | None:
        """Return whether a wave was put before them: not where they had stopped; None where it is too near to tell."""
        lo, hi = self._planned(each)
        if hi == NEVER:
            return None if lo <= self.stops.rested[-1] + A_DAY else False  # the last stop came first
        if self.done.stopped is None or hi < self.done.stopped[0]:
            return True
        return False if lo >= self.done.stopped[1] else None

    def _planned(self, each: Asked) -> Span:
        rounds = 2 if each.wave.counts_from in self.workshops else 1
        return each.due, self.stops.by(each.due, rounds=rounds)

    def messages(self) -> tuple[list[Message], list[Refusal]]:
        """Return the messages that must or may arrive, and those that must not be sent."""
        sent: list[Message] = []
        refused: list[Refusal] = []
        for each in self.asked().values():
            if each.instruments and self.made(each) is not False:
                self._of_wave(each, sent, refused)
        return sent, refused

    def _of_wave(self, each: Asked, sent: list[Message], refused: list[Refusal]) -> None:
        planned, days = self._planned(each), (0, *REMINDED_AFTER_DAYS)
        numbers = (1, 2) if each.wave.counts_from == JOINING and not each.wave.after_days else (0, 1, 2)
        moments = {n: tuple(self._awake(days_on(moment, days[n])) for moment in planned) for n in numbers}
        closes = days_on(each.due, each.wave.open_days)
        fitting = [n for n in numbers if moments[n][0] < closes]
        certain = [n for n in numbers if moments[n][1] < closes]
        before: tuple[int, Span] | None = None
        for n in fitting:
            span = self._when(n, moments[n], before, days)
            kinds = _kinds(n, fitting) | _kinds(n, certain)
            one = self._judge(each, n, span, kinds, sure=n in certain and self.made(each) is True)
            (refused if isinstance(one, Refusal) else sent).append(one)
            before = (n, span)

    def _when(self, n: int, span: Span, before: tuple[int, Span] | None, days: Sequence[int]) -> Span:
        lo, hi = span
        if before is not None:  # what a pause held back keeps its distance
            gap = days[n] - days[before[0]]
            lo, hi = (max(own, days_on(then, gap)) for own, then in zip(span, before[1], strict=True))
        hi = self._by(hi)
        return self._free(lo, latest=False), self._instead(hi) if self.person.unreachable else hi

    def _by(self, moment: datetime) -> datetime:
        """Return by when what falls due at a moment is out: at a stop at which they sleep it waits for the next."""
        found = self.stops.by(self._free(moment, latest=True))
        while (awake_again := self._free(found, latest=True)) != found:
            found = self.stops.by(awake_again)
        return found

    def _instead(self, tried: datetime) -> datetime:
        """Return by when an e-mail goes out instead of a text that does not arrive, which is tried a second time."""
        for wait in (SECOND_TRY_AFTER, timedelta()):
            tried = self._by(tried + wait)
        return tried

    def _awake(self, moment: datetime) -> datetime:
        return moment if moment == NEVER else awake(moment, on_nights=self.person.nights)

    def _free(self, moment: datetime, *, latest: bool) -> datetime:
        """Return the first moment from `moment` on that lies in no pause and in no quiet hours."""
        while moment != NEVER:
            later = self._awake(moment)
            for pause in self.done.pauses:
                begins, ends = pause.begins[not latest], pause.ends[latest]
                if begins <= later < ends:
                    later = ends
            if later == moment:
                break
            moment = later
        return moment

    def _judge(self, each: Asked, n: int, span: Span, kinds: frozenset, *, sure: bool) -> Message | Refusal:
        ends = self._ends(each)
        over = frozenset(why for (_lo, hi), why in ends if hi <= span[0])
        if over:
            return Refusal(each.wave.key, n, over, span[0])
        first = min((lo for (lo, _hi), _why in ends), default=NEVER)
        last = min((hi for (_lo, hi), _why in ends), default=NEVER)
        known = span[1] != NEVER and span[1] < first
        return Message(
            each.wave.key, n, self._channels(span), kinds, span[0], min(span[1], last), sure=sure and known
        )

    def _ends(self, each: Asked) -> list[tuple[Span, str]]:
        """Return what ends the messages about a wave: answering, the window, stopping, wanting no word of it."""
        closes = each.closes, self.stops.by(each.closes, rounds=2) if each.overtaken else each.closes
        found: list[tuple[Span, str]] = [(closes, CLOSED)]
        given = [self.place.answered.get((each.wave.key, instrument)) for instrument in each.instruments]
        if all(given):
            found.append((max(given), ANSWERED))
        if self.done.stopped:
            found.append((self.done.stopped, STOPPED))
        if self.done.no_word:
            found.append((self.done.no_word, UNWANTED))
        if not self.person.evaluated:
            found.append(((ALWAYS, ALWAYS), NOT_EVALUATED))
        if self.person.not_now:
            found.append(((ALWAYS, ALWAYS), PAUSED))
        return found

    def _channels(self, span: Span) -> frozenset[str]:
        if not self.person.texts or self.person.unreachable:
            return frozenset({MAIL})
        stops = [self.done.no_texts] if self.done.no_texts else []
        if self.place.calls:  # the promise: a number is let go thirty days after the last call
            last = self.place.calls[-1]
            stops.append((last + NUMBER_KEPT - A_DAY, last + NUMBER_KEPT + A_DAY))
        if any(span[0] >= end for _begin, end in stops) and not self.person.also_in:
            return frozenset({MAIL})
        return frozenset({TEXT}) if all(span[1] < begin for begin, _end in stops) else frozenset({MAIL, TEXT})


def _kinds(n: int, fitting: Sequence[int]) -> frozenset[str]:
    if n not in fitting:
        return frozenset()
    return frozenset({CLOSING if n and n == fitting[-1] else READY})
