"""`python -m resilience.demo.prepare`: migrate and load in one process, since each process costs four seconds."""

import gc
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resilience.settings.demo")
# Migrating makes millions of small objects: looking for waste seldom saves a fifth of the time.
SELDOM = (50_000, 50, 100)


def main() -> int:
    """Bring the database to where this code wants it. Exit code 1 and one clear line when that fails."""
    gc.set_threshold(*SELDOM)
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    from resilience import clock
    from resilience.demo import load
    from resilience.organisations import plain

    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            _back_up(connection, clock.machine_now().strftime("%Y%m%dT%H%M%S"))
            print("Preparing the database. The first time this takes about fifteen seconds.", flush=True)
            call_command("migrate", verbosity=0, interactive=False)
        if not load.is_loaded():
            print("Loading the demonstration.", flush=True)
        load.load(now=clock.now())
        plain.renew()
    except DatabaseError as error:
        print(f"The database cannot be used: {error}", file=sys.stderr)
        return 1
    return 0


def _back_up(connection: object, stamp: str) -> None:
    """Copy an SQLite file that holds something before it is migrated."""
    path = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or not path.exists() or "django_migrations" not in _tables(connection):
        return
    folder = path.parent / "backup"
    folder.mkdir(exist_ok=True)
    copy = folder / f"{path.stem}-{stamp}{path.suffix}"
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    shutil.copymode(path, copy)
    print(f"The database is older than this code; a copy is at {copy}", flush=True)


def _tables(connection: object) -> list[str]:
    return connection.introspection.table_names()


if __name__ == "__main__":
    sys.exit(main())
