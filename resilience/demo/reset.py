"""`make demo-reset`: takes the demonstration's data away. Secrets, backups and logs stay."""

import os
import shutil
import sys
from pathlib import Path

from resilience.demo import standing

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("mail", "reports", "snapshots", "media", "report")
FILES = (
    "clock",
    "prepared",
    "simulator.jsonl",
    "resilience.sqlite3",
    "resilience.sqlite3-wal",
    "resilience.sqlite3-shm",
)


class NotOurs(Exception):
    """The database holds something, and not the demonstration."""


def main() -> int:
    """Take it away; return the exit code, after one clear line where it could not."""
    try:
        plan = standing.Plan.from_environment(os.environ, root=ROOT)
        with standing.only_one(plan):
            if plan.database_url:
                _empty(plan)
            _remove(plan.var)
    except (standing.CannotStand, NotOurs) as refused:
        print(refused, file=sys.stderr)
        return 1
    print("The demonstration's data are gone. `make run` loads it afresh.")
    return 0


def _remove(var: Path) -> None:
    for name in FOLDERS:
        shutil.rmtree(var / name, ignore_errors=True)
    for name in FILES:
        (var / name).unlink(missing_ok=True)


def _empty(plan: standing.Plan) -> None:
    """Empty the database that DATABASE_URL names, where it holds the demonstration or nothing. Raises NotOurs."""
    os.environ.update(plan.environment)
    import django

    django.setup()
    from django.db import connection

    tables = connection.introspection.table_names()
    if not tables:
        return
    if "participants_programme" not in tables or not _holds_demonstration():
        raise NotOurs(
            "DATABASE_URL names a database that does not hold the demonstration; nothing was changed."
        )
    if connection.vendor == "sqlite":
        connection.close()
        for ending in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{ending}").unlink(missing_ok=True)
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def _holds_demonstration() -> bool:
    from resilience.demo import load

    return load.is_loaded()


if __name__ == "__main__":
    sys.exit(main())
