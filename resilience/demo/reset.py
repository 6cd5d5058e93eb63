"""`make demo-reset`: takes the demonstration's data away. Secrets, backups and logs stay."""

import os
import shutil
import sys
from pathlib import Path

from resilience.demo import standing

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("mail", "reports", "snapshots", "media", "report", "help-now")
FILES = ("clock", "prepared", "simulator.jsonl")
DATABASE = "resilience.sqlite3"


class NotOurs(Exception):
    """The database cannot be read, or holds something that is not the demonstration."""


def main() -> int:
    """Take it away and say what was; return the exit code, after one clear line where it could not."""
    try:
        plan = standing.Plan.from_environment(os.environ, root=ROOT)
        with standing.only_one(plan):
            done = _remove_file(plan.var / DATABASE) if plan.own_database else _empty(plan)
            _remove(plan.var)
    except (standing.CannotStand, NotOurs) as refused:
        print(refused, file=sys.stderr)
        return 1
    print(done)
    if (plan.var / DATABASE).exists():
        print(f"{plan.var / DATABASE} was left alone: DATABASE_URL names another database.")
    print(f"In {plan.var}: e-mails, reports, uploads and the clock are gone; secrets, backups and logs stay.")
    print("`make run` loads the demonstration afresh.")
    return 0


def _remove_file(database: Path) -> str:
    for ending in ("", "-wal", "-shm"):
        Path(f"{database}{ending}").unlink(missing_ok=True)
    return f"The database {database} is gone."


def _remove(var: Path) -> None:
    for name in FOLDERS:
        shutil.rmtree(var / name, ignore_errors=True)
    for name in FILES:
        (var / name).unlink(missing_ok=True)


def _empty(plan: standing.Plan) -> str:
    """Empty the database that DATABASE_URL names, where it holds the demonstration or nothing. Raises NotOurs."""
    os.environ.update(plan.environment)
    import django

    django.setup()
    from django.db import Error, connection

    try:
        return _emptied(connection)
    except Error:
        raise NotOurs("The database that DATABASE_URL names cannot be used; nothing was changed.") from None


def _emptied(connection: object) -> str:
    tables = connection.introspection.table_names()
    if not tables:
        return "The database that DATABASE_URL names held nothing."
    if not _holds_demonstration(tables):
        raise NotOurs(
            "DATABASE_URL names a database that does not hold the demonstration; nothing was changed."
        )
    _drop(connection)
    return "The database that DATABASE_URL names is empty now."


def _drop(connection: object) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        _remove_file(Path(connection.settings_dict["NAME"]))
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def _holds_demonstration(tables: list[str]) -> bool:
    from resilience.demo import load

    return "participants_programme" in tables and load.is_loaded()


if __name__ == "__main__":
    sys.exit(main())
