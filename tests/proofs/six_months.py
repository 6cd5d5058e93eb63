"""`make six-months`: both published timetables on a real site, a hundred people each, half a year by the site's clock.

python -m tests.proofs.six_months [five | four] [people] [kills]
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.browser import running
from tests.proofs import characters, comparing
from tests.proofs.timetables import BOTH

PEOPLE, KILLS, SEED = 100, 10, 20261126
SHOWN = 40


def main(arguments: list[str]) -> int:
    """Run both, each in a process of its own; return 0 where each is as expected and each planted fault was found."""
    if arguments:
        slug, people, kills = (*arguments, PEOPLE, KILLS)[:1] + tuple(
            map(int, (*arguments[1:], PEOPLE, KILLS)[:2])
        )
        return _one(slug, people=people, kills=kills)
    folder = Path(tempfile.mkdtemp(prefix="six-months-"))
    try:
        _migrate(folder)
        ended = [_in_a_process(slug, folder) for slug in BOTH]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return max(ended)


def _in_a_process(slug: str, folder: Path) -> int:
    environment = {**os.environ, "SIX_MONTHS_DATABASE": str(folder / "resilience.sqlite3")}
    return subprocess.run([sys.executable, "-m", "tests.proofs.six_months", slug], env=environment).returncode


def _migrate(folder: Path) -> None:
    """Make the database of a site in which nothing stands."""
    environment = running.environment(folder, 8000) | {"DJANGO_SETTINGS_MODULE": "resilience.settings.demo"}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v", "0"], cwd=running.ROOT, env=environment, check=True
    )


def _one(slug: str, *, people: int, kills: int) -> int:
    folder = Path(tempfile.mkdtemp(prefix="six-months-"))
    try:
        given = os.environ.pop("SIX_MONTHS_DATABASE", "")
        if not given:
            _migrate(folder)
        with running.started(database=Path(given) if given else folder / "resilience.sqlite3") as site:
            return _live(site, slug, people=people, kills=kills)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _live(site: running.Site, slug: str, *, people: int, kills: int) -> int:
    os.environ |= running.environment(site.var, int(site.address.rsplit(":", 1)[1]))
    os.environ["DJANGO_SETTINGS_MODULE"] = "resilience.settings.demo"
    import django

    django.setup()
    from tests.proofs.journey import Journey

    other = next(each for name, each in BOTH.items() if name != slug)
    crowd = characters.people(BOTH[slug], other, count=people, seed=SEED)
    journey = Journey(site, BOTH[slug], other, crowd, kills=kills, seed=SEED)
    began = time.monotonic()
    ledger = journey.run()
    return _say(slug, journey, comparing.compare(ledger), _unfound(ledger), time.monotonic() - began)


def _unfound(ledger: comparing.Ledger) -> list[str]:
    """Return the planted faults that the comparison did not find."""
    before = len(comparing.compare(ledger).faults)
    return [
        what
        for what, faulty in comparing.planted(ledger).items()
        if len(comparing.compare(faulty).faults) <= before
    ]


def _say(slug: str, journey: object, found: comparing.Found, unfound: list[str], seconds: float) -> int:
    stops, killed = journey.standing.stops, journey.killer.killed
    faults = [*found.faults, *journey.odd]
    lines = [
        f"Timetable “{slug}”: {len(journey.people)} people, {stops.moved[0]:%d %b %Y} to {stops.moved[-1]:%d %b %Y}, "
        f"{len(stops.moved)} stops of the clock, {seconds:.0f} s.",
        f"  killed: {len(killed)} ({', '.join(sorted(killed)) or 'none'}); "
        f"nudged on by six minutes: {journey.standing.nudges}; queue stood still: {journey.standing.stalls}",
        f"  seconds until at rest {journey.standing.seconds:.0f}, of people's visits {journey.seconds:.0f}",
        *(f"  {what}: {often}" for what, often in sorted(found.counts.items())),
        f"  differences: {len(faults)}",
        *(f"    {fault}" for fault in faults[:SHOWN]),
        f"  planted faults not found: {', '.join(unfound) or 'none'}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
    return 1 if faults or unfound else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
