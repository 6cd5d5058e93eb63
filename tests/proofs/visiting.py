"""Somebody's browser, over real HTTP: it answers, pauses, stops; where nobody answers it asks again, as they do."""

import http.client
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import urlencode

HIDDEN = re.compile(r'<input type="hidden" name="(csrfmiddlewaretoken|draft_token)" value="([^"]*)"')
RADIO = re.compile(r'<input type="radio" name="([^"]+)" value="([^"]+)"')
PATIENCE_S, LEFT_OUT = 60, 0.05
# The site counts sign-ins by the machine's clock, and a simulated week passes in seconds.
TOO_OFTEN, WAIT_S = "That was too many tries", 10


class Lost(Exception):
    """Nobody answered: what was sent may have been taken or not."""


class Unlooked(Exception):
    """The site answered what was not looked for; `args` hold where and what."""


@dataclass
class Answer:
    """What came back."""

    status: int
    location: str
    body: str


@dataclass
class Told:
    """An instrument that the person was told is taken: the values, and between which moments of the site's clock."""

    wave: str
    instrument: str
    values: dict[str, int]
    before: datetime
    after: datetime


@dataclass
class Visitor:
    """One person's browser, at an address of its own. `sign_in` returns cookies; `now` is the site's clock."""

    port: int
    place: str
    sign_in: Callable[["Visitor"], dict[str, str]]
    now: Callable[[], datetime]
    dice: random.Random
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        """Open a page, again and again where nobody answers, and after signing in where that is asked for."""
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                answer = self._send("GET", path)
            except Lost:
                if time.monotonic() > until:
                    raise
                time.sleep(0.3)
                continue
            if not answer.location.startswith("/accounts/login/"):
                return answer
            self.cookies = {}
            self.cookies = self.sign_in(self)

    def post(self, path: str, page: Answer, **values: object) -> Answer:
        """Send the form of a page that was just opened. Raises Lost."""
        hidden = {name: unescape(value) for name, value in HIDDEN.findall(page.body)}
        return self._send("POST", path, {**hidden, **values})

    def _send(self, method: str, path: str, fields: dict | None = None) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=(self.place, 0))
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields, doseq=True)
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            line.request(method, path, body=body, headers=headers)
            came = line.getresponse()
            answer = Answer(came.status, came.headers.get("Location", ""), came.read().decode())
            self._keep(came.headers.get_all("Set-Cookie", []))
        except (OSError, http.client.HTTPException) as error:
            raise Lost(path) from error
        finally:
            line.close()
        if answer.status in (502, 503):
            raise Lost(path)
        return answer

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value

    def submit(
        self, path: str, *, done: Callable[["Visitor"], bool] = lambda visitor: False, **values: object
    ):
        """Open a page and send its form; return the answer and the two moments between which it was taken.

        `done` says, after a post of which nobody answered, whether it was taken.
        """
        before = self.now()
        for _attempt in range(20):
            page = self.get(path)
            try:
                answer = self.post(path, page, **values)
            except Lost:
                if done(self):
                    return None, (before, self.now())
                continue
            if TOO_OFTEN in answer.body:
                time.sleep(WAIT_S)  # as a person would: the limit goes by the machine's clock
                continue
            if answer.status != 302:
                raise Unlooked(path, answer.status, _fault(answer.body))
            return answer, (before, self.now())
        raise Lost(path)

    def answer(self, wave: str, *, programme: str = "") -> list[Told]:
        """Answer everything that a wave asks now; return what was told as taken: nothing where it is not asked."""
        begin = f"/my/measures/{programme}/{wave}/" if programme else f"/my/measures/{wave}/"
        found = re.search(rf'href="({begin}[\w-]+/)"', self.get("/my/measures/").body)
        path, told = found[1] if found else "", []
        while path.startswith(begin) and not path.endswith("/done/"):
            path = self._instrument(wave, path, told)
        return told

    def _instrument(self, wave: str, path: str, told: list[Told]) -> str:
        """Answer one page; return where the site leads on, or nothing where it takes no answers."""
        sent: dict[str, str] = {}
        tried, before, instrument = False, self.now(), path.rstrip("/").rsplit("/", 1)[1]
        for _attempt in range(20):
            page = self.get(path)
            if page.status == 302:
                if tried:
                    told.append(self._told(wave, instrument, sent, before))
                return page.location
            if page.status != 200 or not RADIO.search(page.body):
                return ""
            sent = sent or self._chosen(page.body)
            try:
                tried = True
                answers = [self.post(path, page, **sent) for _time in range(1 + (self.dice.random() < 0.1))]
            except Lost:
                continue
            if answers[0].status == 409:
                return ""
            if answers[0].status != 302:
                raise Unlooked(path, answers[0].status, _fault(answers[0].body))
            told.append(self._told(wave, instrument, sent, before))
            return answers[0].location
        raise Lost(path)

    def _chosen(self, body: str) -> dict[str, str]:
        offered: dict[str, list[str]] = {}
        for name, value in RADIO.findall(body):
            offered.setdefault(name, []).append(value)
        chosen = {name: self.dice.choice(values) for name, values in offered.items()}
        kept = {name: value for name, value in chosen.items() if self.dice.random() > LEFT_OUT}
        return kept or chosen

    def _told(self, wave: str, instrument: str, sent: dict[str, str], before: datetime) -> Told:
        values = {name.removeprefix(f"{instrument}-"): int(value) for name, value in sent.items()}
        return Told(wave, instrument, values, before, self.now())


def _fault(body: str) -> str:
    found = re.search(r'<div class="error-summary".*?</div>', body, re.S)
    return re.sub(r"<[^>]+>|\s+", " ", found[0] if found else body[:400]).strip()
