"""One timetable for half a year on a running site: the clock moves from stop to stop, people do what they do."""

import http.client
import json
import random
import re
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from datetime import time as of_day
from email import message_from_bytes, policy

from django.db import connection

from resilience import clock
from tests.browser.running import Site
from tests.proofs import characters, on_the_site
from tests.proofs.characters import Person, Place
from tests.proofs.comparing import Arrival, Ledger
from tests.proofs.expecting import CLOSING, MAIL, NEVER, READY, TEXT, Done, Expecting, InPlace, Pause
from tests.proofs.resting import Killer, Standing
from tests.proofs.timetables import LONDON, Timetable, days_on
from tests.proofs.visiting import Visitor

DAYS, VISITORS, READ_EVERY = 182, 3, 10
MORNING, EVENING, NIGHT, WORKSHOP_ENDS = of_day(10), of_day(18), of_day(23), of_day(16)
SUBJECTS = {"A short page is ready": READY, "Before this closes": CLOSING}
CODE = "Your sign-in code"


class Journey:
    """A hundred people, two programmes for those who are in both, one site."""

    def __init__(
        self,
        site: Site,
        timetable: Timetable,
        other: Timetable,
        people: list[Person],
        *,
        kills: int,
        seed: int,
    ) -> None:
        self.site, self.people, self.dice = site, people, random.Random(seed)
        self.timetables = {each.slug: each for each in (timetable, other)}
        self.main, self.other = timetable.slug, other.slug
        self.port = int(site.address.rsplit(":", 1)[1])
        self.standing, self.killer, self.kills = Standing(site), Killer(site, random.Random(seed + 1)), kills
        self.keeping, self.ledger = on_the_site.Keeping(), Ledger()
        self.visitors: dict[int, Visitor] = {}
        self.tried: set[tuple[int, str, str]] = set()
        self.acted: set[tuple[int, int]] = set()
        self.odd: list[str] = []
        self.seconds = 0.0

    def run(self) -> Ledger:
        """Live through the months and return what is to be compared."""
        self._begin()
        kill_at = self._days_of_kills()
        quiet = 0
        for day in range(DAYS):
            busy = self._is_busy(day)
            quiet = 0 if busy else quiet + 1
            if busy or quiet % 3 == 0:
                for number, moment in enumerate(self._stops_of(day, busy=busy)):
                    self._stop(moment, kill=(day, number) in kill_at)
        return self._gather()

    def _begin(self) -> None:
        self.first = _first_day(clock.now())
        clock.move_to(datetime.combine(self.first, of_day(7), tzinfo=LONDON).astimezone(UTC))
        self.workshops = {
            slug: {about: self._at(day, WORKSHOP_ENDS) for about, day in each.workshops.items()}
            for slug, each in self.timetables.items()
        }
        for slug, each in self.timetables.items():
            on_the_site.set_up(each, workshops=self.workshops[slug], now=clock.now())
        for person in self.people:
            self.visitors[person.number] = Visitor(
                self.port,
                f"127.0.1.{person.number % 250 + 1}",
                self._signing_in(person),
                clock.now,
                random.Random(person.number),
            )
            if person.unreachable:
                self._handset("/control/scenario", number=person.phone, scenario="text unreachable")

    def _at(self, day: int, hour: of_day) -> datetime:
        return datetime.combine(self.first + timedelta(days=day), hour, tzinfo=LONDON).astimezone(UTC)

    def _stops_of(self, day: int, *, busy: bool) -> list[datetime]:
        stops = [self._at(day, EVENING)]
        if busy and day % 2 == 0:
            stops.insert(0, self._at(day, MORNING))
        if any(
            ends == self._at(day, WORKSHOP_ENDS) for mine in self.workshops.values() for ends in mine.values()
        ):
            stops.append(self._at(day, EVENING) + timedelta(minutes=10))
        return [*stops, self._at(day, NIGHT)] if busy and day % 5 == 0 else stops

    def _days_of_kills(self) -> set[tuple[int, int]]:
        return {(day, 0) for day in self.dice.sample(range(3, 75), self.kills)}

    def _is_busy(self, day: int) -> bool:
        """Return whether anything can happen on a day, by what people mean to do and when waves fall due."""
        begins, ends = self._at(day, of_day(0)), self._at(day + 1, of_day(0))
        for _person, _slug, place in self._places():
            joins = self._joins(place)
            if begins <= joins + timedelta(days=1) and joins < ends:
                return True
        return any(
            each.due - timedelta(days=1) < ends and begins < min(each.closes, days_on(each.due, 21))
            for one in self.ledger.expecting.values()
            for each in one.asked().values()
        )

    def _places(self) -> list[tuple[Person, str, Place]]:
        found = [(person, self.main, person.place) for person in self.people]
        return found + [(person, self.other, person.also_in) for person in self.people if person.also_in]

    def _joins(self, place: Place) -> datetime:
        return days_on(self._at(0, MORNING), place.joins)

    def _stop(self, moment: datetime, *, kill: bool) -> None:
        """Move to a moment, let the workers end, then let everybody do what they mean to do by then."""
        if kill:
            self.killer.soon()
        self.standing.move_to(moment)
        began = time.monotonic()
        with ThreadPoolExecutor(VISITORS) as pool:
            for _done in pool.map(self._act_alone, self.people):
                pass
        self.seconds += time.monotonic() - began
        self.killer.ended()
        if len(self.standing.stops.moved) % READ_EVERY == 0:
            self.keeping.read_rows()

    def _act_alone(self, person: Person) -> None:
        try:
            for slug, place in self._mine(person):
                self._take_part(person, slug, place)
            self._act(person)
        finally:
            connection.close()

    def _mine(self, person: Person) -> list[tuple[str, Place]]:
        return [(self.main, person.place), *([(self.other, person.also_in)] if person.also_in else [])]

    def _take_part(self, person: Person, slug: str, place: Place) -> None:
        key, now = (person.number, slug), clock.now()
        if key not in self.ledger.expecting:
            if self._joins(place) <= now:
                self._join(person, slug)
            return
        mine = self.ledger.expecting[key]
        if mine.done.stopped is None:
            self._calls(person, slug, place, mine)
            if not person.not_now:
                self._answers(person, slug, place, mine)

    def _join(self, person: Person, slug: str) -> None:
        joined = on_the_site.join(person, slug, now=clock.now())
        self.keeping.note(person, slug)
        done = next(
            (each.done for (n, _slug), each in self.ledger.expecting.items() if n == person.number), Done()
        )
        self.ledger.expecting[person.number, slug] = Expecting(
            person, self.timetables[slug], InPlace(joined), done, self.workshops[slug], self.standing.stops
        )
        self.ledger.told[person.number, slug] = {}

    def _calls(self, person: Person, slug: str, place: Place, mine: Expecting) -> None:
        due = [days for days in place.calls if days_on(mine.place.joined, days) <= clock.now()]
        if len(due) > len(mine.place.calls):
            now = clock.now()
            on_the_site.hold_call(person, slug, now=now)
            mine.place.calls.append(now)

    def _answers(self, person: Person, slug: str, place: Place, mine: Expecting) -> None:
        for wave, each in mine.asked().items():
            delay = place.answers[wave]
            this = (person.number, slug, wave)
            if delay is None or this in self.tried or days_on(each.due, delay) > clock.now():
                continue
            self.tried.add(this)
            both = len(self._joined(person)) > 1
            before = clock.now()
            told = self.visitors[person.number].answer(wave, programme=slug if both else "")
            for one in told:
                mine.place.answered[wave, one.instrument] = (one.before, one.after)
                self.ledger.told[person.number, slug][wave, one.instrument] = one.values
            self._check(this, each, before, {one.instrument for one in told}, mine)

    def _joined(self, person: Person) -> list[str]:
        return [slug for number, slug in self.ledger.expecting if number == person.number]

    def _check(self, this: tuple, each: object, before: datetime, told: set[str], mine: Expecting) -> None:
        """Note where the page asked other than it must: a wave that is open and not asked, or the other way round."""
        is_open = each.due <= before and clock.now() < each.closes
        was_made = mine.made(each)
        wanted = set(each.instruments) if is_open else set()
        if was_made and told != wanted and not (before < each.closes <= clock.now()):
            self.odd.append(
                f"person {this[0]}, {this[1]}, {this[2]}: asked {sorted(told)}, expected {sorted(wanted)}"
            )

    def _act(self, person: Person) -> None:
        mine = self.ledger.expecting.get((person.number, self.main))
        if mine is None:
            return
        for place, (days, what) in enumerate(person.acts):
            if (person.number, place) not in self.acted and days_on(mine.place.joined, days) <= clock.now():
                self.acted.add((person.number, place))
                self._do(person, what, mine.done)
        if person.nights and (person.number, -1) not in self.acted:
            self.acted.add((person.number, -1))
            self._messages(person, nights="UNTIL_THEY_SAY", word=True)

    def _do(self, person: Person, what: str, done: Done) -> None:
        visitor = self.visitors[person.number]
        if what in characters.PAUSES:
            _answer, span = visitor.submit("/my/pause/", choice=what)
            days = characters.PAUSES[what]
            ends = tuple(NEVER if days is None else moment + timedelta(days=days) for moment in span)
            done.pauses.append(Pause(span, ends))
        elif what == characters.GO_ON:
            _answer, done.pauses[-1].ends = visitor.submit("/my/pause/", choice=what)
        elif what == characters.NO_WORD:
            done.no_word = self._messages(
                person, nights="UNTIL_THEY_SAY" if person.nights else "NO", word=False
            )
        elif what == characters.NO_TEXTS:
            done.no_texts = self._text_stop(person)
        else:
            _answer, done.stopped = visitor.submit("/my/data/", done=_has_stopped, choice=what)

    def _messages(self, person: Person, *, nights: str, word: bool) -> tuple[datetime, datetime]:
        slugs = self._joined(person)
        wanted = [str(on_the_site.enrolment_of(person, slug).pk) for slug in slugs] if word else []
        _answer, span = self.visitors[person.number].submit("/my/messages/", nights=nights, programmes=wanted)
        return span

    def _text_stop(self, person: Person) -> tuple[datetime, datetime]:
        before, kept = clock.now(), on_the_site.opted_out()
        until = time.monotonic() + 30
        while on_the_site.opted_out() == kept and time.monotonic() < until:
            self._handset(f"/handsets/{person.phone}/text", body="STOP")
            for _look in range(20):
                if on_the_site.opted_out() > kept:
                    break
                time.sleep(0.1)
        return before, clock.now()

    def _signing_in(self, person: Person) -> object:
        """Return how somebody signs in: one in ten by the code that comes to them, the others without the code."""

        def enter(visitor: Visitor) -> dict[str, str]:
            if not person.signs_in_by_code or person.refused:
                return on_the_site.cookies_of(person)
            visitor.submit("/accounts/login/", login=person.address)
            visitor.submit("/accounts/login/code/confirm/", code=self._code(person))
            visitor.submit("/sign-in/device/", device="own")
            return visitor.cookies

        return enter

    def _code(self, person: Person) -> str:
        mine = [
            mail for _at, mail in self._mails() if mail["to"] == person.address and mail["subject"] == CODE
        ]
        return re.search(r"\b\d{6}\b", mine[-1].get_content())[0]

    def _mails(self) -> list[tuple]:
        """Return each e-mail in the mailbox with the moment at which it came, the oldest first."""
        return [
            (
                datetime.strptime(file.name.split("-")[0], "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC),
                message_from_bytes(file.read_bytes(), policy=policy.default),
            )
            for file in sorted((self.site.var / "mail").glob("*.eml"))
        ]

    def _handset(self, path: str, **fields: str) -> dict:
        """Ask the telephone network, which is a process of the site."""
        line = http.client.HTTPConnection("127.0.0.1", self.port + 1, timeout=30)
        method, body = ("POST", json.dumps(fields)) if fields else ("GET", None)
        line.request(method, path, body=body, headers={"Content-Type": "application/json"})
        answer = json.loads(line.getresponse().read())
        line.close()
        return answer

    def _gather(self) -> Ledger:
        self.ledger.kept = self.keeping.read()
        self.ledger.others = Counter()
        whose = {person.address: person.number for person in self.people}
        for at, mail in self._mails():
            kind = _kind(mail["subject"])
            if kind:
                self._arrived(whose[mail["to"]], Arrival(at, MAIL, kind))
            elif mail["subject"] != CODE:
                self.ledger.others[whose.get(mail["to"], -1), mail["subject"]] += 1
        phones = {person.phone: person.number for person in self.people}
        for handset in self._handset("/handsets/")["handsets"]:
            for text in handset["messages"]:
                kind = _kind(text["body"])
                if kind and not text["sent_by_handset"]:
                    at = datetime.fromisoformat(text["at"])
                    self._arrived(phones[handset["number"]], Arrival(at, TEXT, kind))
        return self.ledger

    def _arrived(self, person: int, arrival: Arrival) -> None:
        self.ledger.arrived.setdefault(person, []).append(arrival)


def _kind(words: str) -> str:
    return next((kind for begins, kind in SUBJECTS.items() if words.startswith(begins)), "")


def _has_stopped(visitor: Visitor) -> bool:
    page = visitor.get("/my/data/stopped/")
    return page.status == 200


def _first_day(now: datetime) -> object:
    """Return the first Monday of the next February or September: half a year from there crosses a clock change."""
    day = now.astimezone(LONDON).date() + timedelta(days=1)
    while day.month not in (2, 9) or day.weekday():
        day += timedelta(days=1)
    return day
