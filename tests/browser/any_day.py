"""`make any-day`: the whole line once for each day of the week, at another hour each time, since the demonstration
begins at the moment of `make run`: what works on a Tuesday at noon must work on a Saturday night.

python -m tests.browser.any_day [hours ahead ...]
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

HOURS = (
    0.2,
    7.5,
    9.9,
    12.6,
    16.0,
    19.8,
    23.5,
)  # London's night, the quiet hours' edges, a coach's hour begun
TEST = "tests/browser/test_the_whole_line.py"


def main(arguments: Sequence[str]) -> int:
    """Run them one after the other; return 0 where every one passed."""
    failed = 0
    for ahead in [float(each) for each in arguments] or _ahead(datetime.now(UTC)):
        begins = datetime.now(UTC) + timedelta(hours=ahead)
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "--no-header", TEST],
            env={**os.environ, "AHEAD_HOURS": f"{ahead:.4f}"}, capture_output=True, text=True,
        )  # fmt: skip
        failed += done.returncode != 0
        print(f"{begins:%A %H:%M} (UTC): {'failed' if done.returncode else 'passed'}", flush=True)
        if done.returncode:
            print("\n".join(done.stdout.splitlines()[-40:]), flush=True)
    return 1 if failed else 0


def _ahead(now: datetime) -> Iterator[float]:
    """Yield how many hours lie between now and each of seven days at its hour."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    for day, hour in enumerate(HOURS, start=1):
        yield (midnight + timedelta(days=day, hours=hour) - now) / timedelta(hours=1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
