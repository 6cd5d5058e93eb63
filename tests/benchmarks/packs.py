"""How much memory taking a pack in and giving it out needs: python -m tests.benchmarks.packs [PEOPLE ...]

Each size runs in processes of its own, on a database of its own; 90 answers a person. It prints the peak of each
process and how long it took. Our SQLite settings map up to 128 MiB of the database's file into memory, which counts
into the peak of a large export though it is the system's to take back. DATABASE_URL is not used: nothing of anybody's
is filled with made-up people.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (1_000, 10_000)
ASKED = ("who5", "phq8", "coping_confidence", "leaving", "acceptability", "time_used", "unwanted_effects")
FOLDER = "BENCH_DIR"


def main(sizes: tuple[int, ...]) -> None:
    """Measure each size in a folder that is thrown away."""
    for people in sizes:
        folder = tempfile.mkdtemp(prefix="bench-packs-", dir=os.environ.get("TMPDIR"))
        try:
            for step in ("prepare", "import", "export"):
                environment = os.environ | {
                    FOLDER: folder,
                    "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
                }
                command = [sys.executable, "-m", "tests.benchmarks.packs", step, str(people)]
                subprocess.run(command, env=environment, check=True)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def step(name: str, people: int) -> None:
    """Do one step in this process, and say what it cost."""
    import django

    django.setup()
    pack = Path(os.environ[FOLDER]) / "pack"
    idle, began = _peak(), time.perf_counter()
    {"prepare": _prepare, "import": _take_in, "export": _give_out}[name](pack, people)
    print(
        json.dumps(
            {
                "step": name,
                "people": people,
                "seconds": round(time.perf_counter() - began, 1),
                "peak_mib": _peak(),
                "above_idle_mib": _peak() - idle,
            }
        ),
        flush=True,
    )


def _prepare(pack: Path, people: int) -> None:
    from django.core.management import call_command

    from tests.factories import datasets

    call_command("migrate", verbosity=0)
    datasets.write(pack, people=people, instruments=ASKED)


def _take_in(pack: Path, people: int) -> None:
    from django.core.management import call_command

    call_command("import_dataset", pack, programme="bench")


def _give_out(pack: Path, people: int) -> None:
    from django.core.management import call_command

    call_command("export_dataset", evaluation="bench", out=pack.with_name("out"))


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    given = sys.argv[1:]
    if given and not given[0].isdigit():
        step(given[0], int(given[1]))
    else:
        main(tuple(map(int, given)) or SIZES)
