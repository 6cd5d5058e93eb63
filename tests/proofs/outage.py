"""`make outage`: the carrier is out of reach for three hours while a thousand reminders fall due, on a real site.

python -m tests.proofs.outage [reminders]

OUTAGE_DATABASE may name a migrated file in which nothing stands, which saves a minute.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.browser import running
from tests.proofs import outage_counting

REMINDERS, SEED, SHOWN = 1_000, 20261126, 40


def main(arguments: list[str]) -> int:
    """Run the proof; return 0 where nothing differs and every planted fault was found."""
    folder = Path(tempfile.mkdtemp(prefix="outage-"))
    try:
        given = os.environ.pop("OUTAGE_DATABASE", "")
        if not given:
            _migrate(folder)
        with running.started(database=Path(given) if given else folder / "resilience.sqlite3") as site:
            return _live(site, int(arguments[0]) if arguments else REMINDERS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _migrate(folder: Path) -> None:
    environment = running.environment(folder, 8000) | {"DJANGO_SETTINGS_MODULE": "resilience.settings.demo"}
    command = [sys.executable, "manage.py", "migrate", "-v", "0"]
    subprocess.run(command, cwd=running.ROOT, env=environment, check=True)


def _live(site: running.Site, how_many: int) -> int:
    os.environ |= running.environment(site.var, int(site.address.rsplit(":", 1)[1]))
    os.environ["DJANGO_SETTINGS_MODULE"] = "resilience.settings.demo"
    import django

    django.setup()
    from tests.proofs import outage_site
    from tests.proofs.resting import Killer

    began = time.monotonic()
    planned = outage_site.plan(how_many)
    killer = Killer(site, random.Random(SEED))
    ended_at = outage_site.live_through(killer)
    rested_at = outage_site.come_to_rest(ended_at)
    arrived = list(outage_site.arrived())
    found = outage_counting.compare(planned, arrived, ended_at=ended_at)
    planted = outage_counting.planted(planned, arrived, ended_at=ended_at)
    unfound = [
        what
        for what, faulty in planted.items()
        if len(outage_counting.compare(planned, faulty, ended_at=ended_at).faults) <= len(found.faults)
    ]
    lines = [
        f"{len(planned)} reminders due within three hours without a carrier; {len(arrived)} texts at the carrier.",
        f"  killed: {', '.join(killer.killed) or 'none'}; "
        f"at rest {(rested_at - ended_at).total_seconds() / 60:.0f} minutes of the site's time after the outage",
        *(f"  {what}: {often}" for what, often in sorted(found.counts.items())),
        f"  differences: {len(found.faults)}",
        *(f"    {fault}" for fault in found.faults[:SHOWN]),
        f"  planted faults found: {len(planted) - len(unfound)} of {len(planted)}",
        f"  {time.monotonic() - began:.0f} s",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if found.faults or unfound else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
