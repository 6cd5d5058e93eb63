"""Many ask for the same time at once, and exactly one gets it.

    python -m tests.proofs.race [--slots 50] [--attempts 1000] [--races 1000] [--part control | database | web]

`control`: the same without locks and constraints, which must book one time more than once. `database`: each slot is
asked for so often, over a hundred connections of PostgreSQL. `web`: races of thirty-two browsers for one slot, over
four web processes, on SQLite and on PostgreSQL. Winners are counted in what was answered and in the database.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests import cluster
from tests.plugins.database import in_database

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
TEMPLATE = "race_template"


def main() -> int:
    """Run the parts, each in a process and a database of its own; return 1 where one counted what it should not."""
    asked = _arguments()
    folder = Path(tempfile.mkdtemp(prefix="race-"))
    try:
        with cluster.server() as server:
            _migrated(folder, server)
            codes = [
                _run(part, database, asked, folder=folder / f"{part}-{database}", server=server)
                for part, database in _parts(asked.part or ["control", "database", "web"])
            ]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if any(codes) else 0


def _parts(wanted: list[str]) -> Iterator[tuple[str, str]]:
    for part in wanted:
        if part == "web":
            yield part, SQLITE
        yield part, POSTGRESQL


def _migrated(folder: Path, server: str) -> None:
    """Make the database of PostgreSQL that each part gets a copy of."""
    _sql(server, f"CREATE DATABASE {TEMPLATE}")
    _child("migrate", [], in_database(server, TEMPLATE), folder / "template", check=True)


def _sql(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


def _run(part: str, database: str, asked: argparse.Namespace, *, folder: Path, server: str) -> int:
    address = f"sqlite:///{folder / 'race.sqlite3'}"
    if database == POSTGRESQL:
        _sql(server, f"CREATE DATABASE race_{part} TEMPLATE {TEMPLATE}")
        address = in_database(server, f"race_{part}")
    print(f"{part}, {database}:", flush=True)
    return _child(part, [asked.slots, asked.attempts, asked.races], address, folder)


def _child(part: str, numbers: list[int], address: str, folder: Path, *, check: bool = False) -> int:
    folder.mkdir(parents=True)
    more = {
        "BENCH_DIR": str(folder),
        "RACE_DATABASE": address,
        "DJANGO_SETTINGS_MODULE": "tests.proofs.race_settings",
    }
    command = [sys.executable, "-m", "tests.proofs.racing", part, *map(str, numbers)]
    return subprocess.run(command, env=os.environ | more, check=check).returncode


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--slots", type=int, default=50)
    parser.add_argument("--attempts", type=int, default=1000)
    parser.add_argument("--races", type=int, default=1000)
    parser.add_argument("--part", action="append", choices=["control", "database", "web"])
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
