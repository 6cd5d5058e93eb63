"""A hundred people are told of a page while the workers are killed at random: none twice, none lost without a word.

The real processes of `make run`; what arrived is counted in the mailbox and at the telephone network, and laid beside
what was planned. Of a text the network knows whether it went out, so each arrives exactly once. Of an e-mail nobody
can tell after a kill in the instant of sending: it is not sent again, and the trail names it.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.browser import running

pytestmark = [pytest.mark.long, pytest.mark.real_time, pytest.mark.xdist_group("site")]
PEOPLE, KILLS, PATIENCE_S = 100, 6, 240
SEED = 20261103
DISPATCHER, QUEUE = "run_dispatcher", "qcluster"

ASK = """
from datetime import timedelta
from resilience import clock
from resilience.messaging import quiet
from resilience.participants import numbers_of
from tests.factories import many
from tests.factories.measures import TimepointFactory
from tests.factories.participants import EnrolmentFactory
soon = clock.now() + timedelta(minutes=45)
if quiet.holds(clock.now(), zone="Europe/London") or quiet.holds(soon, zone="Europe/London"):
    clock.move_to(quiet.after(max(soon, quiet.after(soon, zone="Europe/London")), zone="Europe/London"))
people = [EnrolmentFactory(participant__user__email=f"killed-{n}@example.org") for n in range(%(people)d)]
for number, one in enumerate(people):
    if number %% 2:
        typed = f"07700 900{500 + number}"
        numbers_of.put(one.participant, typed, by=one.participant.user, now=clock.now())
timepoint = TimepointFactory(programme=people[0].cohort.programme, offset_days=1, asks=["who5"])
many.ask(people, timepoint, "who5")
"""
COUNT = """
import json
from datetime import timedelta
from resilience import clock
from resilience.telephony import lines
span = {"since": clock.now() - timedelta(hours=3), "until": clock.now() + timedelta(hours=1)}
numbers = [f"+447700900{500 + n}" for n in range(1, %(people)d, 2)]
print("COUNTED", json.dumps({number: len(lines.text().find(to=number, **span)) for number in numbers}))
"""
WAIT = "from datetime import timedelta; from resilience import clock; clock.move_to(clock.now() + timedelta(minutes=6))"


def shell(site: running.Site, code: str) -> str:
    port = int(site.address.rsplit(":", 1)[1])
    settings = {"DJANGO_SETTINGS_MODULE": "resilience.settings.demo"}
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", code], cwd=running.ROOT,
        env=running.environment(site.var, port) | settings, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def part(site: running.Site, words: str) -> list[int]:
    found = []
    for one in site.processes():
        try:
            told = Path(f"/proc/{one}/cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        found += [one] if words in told else []
    return found


def rows(site: running.Site) -> list[tuple[str, str, str]]:
    """Return the channel, state and reason of each first word, straight from the file."""
    with sqlite3.connect(f"file:{site.var / 'resilience.sqlite3'}?mode=ro", uri=True, timeout=20) as database:
        asked = (
            "SELECT o.channel, o.state, o.reason FROM messaging_outgoing o "
            "JOIN accounts_user u ON u.id = o.recipient_id "
            "WHERE o.kind = 'page_ready' AND u.email LIKE 'killed-%'"
        )
        return database.execute(asked).fetchall()


def under_way(site: running.Site) -> int:
    told = rows(site)
    done = sum(
        state in ("SENT", "SKIPPED", "FAILED") or reason == "cannot be told" for _c, state, reason in told
    )
    return PEOPLE - min(done, len(told))


def kill_one(site: running.Site, dice: random.Random) -> bool:
    alive = part(site, DISPATCHER) * 3 + part(site, QUEUE)
    if not alive:
        return False
    try:
        os.kill(dice.choice(alive), signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def kill_while_they_send(site: running.Site) -> int:
    """Kill workers at random from the moment at which the first word is out; return how many were killed."""
    dice, killed, until = random.Random(SEED), 0, time.monotonic() + PATIENCE_S
    while killed < KILLS and under_way(site) and time.monotonic() < until:
        if any(state != "DUE" for _channel, state, _reason in rows(site)) or not killed:
            killed += kill_one(site, dice)
        time.sleep(dice.uniform(0.05, 1.5))
    return killed


def let_them_end(site: running.Site) -> None:
    until = time.monotonic() + PATIENCE_S
    while under_way(site) and time.monotonic() < until:
        shell(site, WAIT)  # a row that a killed worker left is looked up after five minutes
        for _second in range(20):
            if not under_way(site):
                return
            time.sleep(1)


def test_none_is_told_twice_and_none_is_lost_though_workers_are_killed(capsys):
    with running.started() as site:
        shell(site, ASK % {"people": PEOPLE})
        killed = kill_while_they_send(site)
        let_them_end(site)
        texts = json.loads(shell(site, COUNT % {"people": PEOPLE}).split("COUNTED ", 1)[1])
        mails = Counter(mail["to"] for mail in site.mails() if mail["to"].startswith("killed-"))
        told = rows(site)

    untold = sum(channel == "EMAIL" and reason == "cannot be told" for channel, _state, reason in told)
    with capsys.disabled():
        arrived = f"{sum(texts.values())} texts and {sum(mails.values())} e-mails arrived"
        counts = f"{PEOPLE} people, {killed} kills: {arrived}, {untold} e-mails of which nobody can tell"
        sys.stdout.write(f"\n{counts}\n")
    assert killed > 0
    assert len(told) == PEOPLE
    assert set(texts.values()) == {1}
    assert set(mails.values()) <= {1}
    assert PEOPLE // 2 - untold <= len(mails) <= PEOPLE // 2
