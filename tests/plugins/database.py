"""A migrated template database, copied for each run and worker; `postgres` for tests that need real connections.

Marks: `postgresql` runs on PostgreSQL alone; `postgres_too` runs on both. On PostgreSQL (DATABASE_URL, or
`python -m tests.cluster -- ...`) the second part of `make test` runs exactly these two.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
import time_machine

from tests import cluster
from tests.plugins.time import TUESDAY


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, and say so in the summary, what needs PostgreSQL where the run is on SQLite."""
    if _on_postgresql():
        return
    left = [item for item in items if item.get_closest_marker("postgresql")]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def _on_postgresql() -> bool:
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_use_migrations) -> Iterator[None]:
    """Give this worker a copy of the migrated template; afterwards it is thrown away."""
    from django.test import TransactionTestCase

    store = _Postgres() if _on_postgresql() else _Sqlite()
    with django_db_blocker.unblock():
        store.prepare(migrations=django_db_use_migrations)
        store.fresh()
    # a flush would take Wagtail's root page away too
    TransactionTestCase._fixture_teardown = lambda case: store.fresh()
    _stores.append(store)
    yield
    _stores.remove(store)
    with django_db_blocker.unblock():
        store.drop()


_stores: list["_Sqlite | _Postgres"] = []


@pytest.fixture
def empty_database(django_db_setup) -> Path:
    """A file with a migrated database in which nothing stands; copy it before you write."""
    if _on_postgresql():
        pytest.skip("the file is SQLite's")
    return _stores[-1].template


@pytest.fixture
def another_site(transactional_db) -> Callable[[], None]:
    """Put a migrated, empty database in place of this test's own: `another_site()` is a second installation."""
    return _stores[-1].fresh


@pytest.fixture(scope="session")
def loaded_once(django_db_setup, django_db_blocker) -> Callable[..., contextlib.AbstractContextManager[None]]:
    """`with loaded_once(load):` in a fixture of a module: `load()` runs once for its tests, each begins from there."""
    from django.db import transaction
    from django.utils import translation

    @contextlib.contextmanager
    def standing(load: Callable[[], None]) -> Iterator[None]:
        with django_db_blocker.unblock(), transaction.atomic():
            translation.deactivate()  # the last test of another file may have spoken French
            with time_machine.travel(TUESDAY, tick=False):
                load()
            yield
            transaction.set_rollback(True)

    return standing


class _Sqlite:
    """Files: the template below var/, the copy in the folder of this worker."""

    def __init__(self) -> None:
        from django.conf import settings

        self.path = Path(settings.VAR_DIR) / "test.sqlite3"
        self.shelf = Path(settings.BASE_DIR) / "var" / "test-templates"

    def prepare(self, *, migrations: bool) -> None:
        self.template = self.shelf / f"{_migration_hash() if migrations else uuid.uuid4().hex}.sqlite3"
        self.kept = migrations
        self.shelf.mkdir(parents=True, exist_ok=True)
        with _locked(self.shelf / "lock"):
            if not self.template.exists():
                self._make(migrations=migrations)

    def _make(self, *, migrations: bool) -> None:
        for older in sorted(self.shelf.glob("*.sqlite3"), key=lambda file: file.stat().st_mtime)[:-5]:
            older.unlink()
        fresh = self.shelf / f"{uuid.uuid4().hex}.new"
        _use(str(fresh))
        _migrate(migrations=migrations)
        _use(str(fresh))
        fresh.replace(self.template)

    def fresh(self) -> None:
        _use(str(self.path))
        for ending in ("", "-wal", "-shm"):
            Path(f"{self.path}{ending}").unlink(missing_ok=True)
        shutil.copyfile(self.template, self.path)
        _forget_what_was_cached()

    def drop(self) -> None:
        _use(str(self.path))
        if not self.kept:
            self.template.unlink()


class _Postgres:
    """Databases on the server of DATABASE_URL: one template, and a copy for each worker."""

    def __init__(self) -> None:
        self.dsn = os.environ["DATABASE_URL"]
        self.name = f"resilience_{uuid.uuid4().hex[:12]}"

    def prepare(self, *, migrations: bool) -> None:
        self.template = postgres_template(self.dsn, migrations=migrations)

    def fresh(self) -> None:
        _use(self.name)
        self.drop()
        _sql(self.dsn, f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}"')
        _forget_what_was_cached()

    def drop(self) -> None:
        _use(self.name)
        _sql(self.dsn, f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


def postgres_template(dsn: str, *, migrations: bool = True) -> str:
    """Return the name of a migrated database on the server of `dsn`; the first who asks makes it."""
    key = _migration_hash() if migrations else "models"
    name = f"resilience_template_{key}"
    with _locked(Path(os.environ["TEST_RUN_DIR"]) / "postgres-template.lock"):
        if not _sql(dsn, f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):
            making = f"{name}_new"
            _sql(dsn, f'DROP DATABASE IF EXISTS "{making}" WITH (FORCE)')
            _sql(dsn, f'CREATE DATABASE "{making}"')
            with _pointed_at(in_database(dsn, making)):
                _migrate(migrations=migrations)
            _sql(dsn, f'ALTER DATABASE "{making}" RENAME TO "{name}"')
    return name


def in_database(dsn: str, name: str) -> str:
    """Return `dsn` with another database name."""
    parts = urlsplit(dsn)
    return parts._replace(path="/" + quote(name)).geturl()


def _sql(dsn: str, statement: str) -> list[tuple]:
    import psycopg

    with psycopg.connect(dsn, autocommit=True) as connection:
        answer = connection.execute(statement)
        return answer.fetchall() if answer.description else []


def _use(name: str) -> None:
    """Close the default connection and let it, and those that other threads open, name this database."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name
    connection.settings_dict["CONN_MAX_AGE"] = 0


@contextlib.contextmanager
def _pointed_at(dsn: str) -> Iterator[None]:
    """Point the default connection at `dsn`, whatever it was, for the length of a block."""
    from django.conf import settings
    from django.db import connections

    from resilience.settings.base import sqlite_or_postgresql

    before, held = connections.settings["default"], connections["default"]
    held.close()
    entry = connections.configure_settings({"default": sqlite_or_postgresql(dsn)})["default"]
    settings.DATABASES["default"] = connections.settings["default"] = entry
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        settings.DATABASES["default"] = connections.settings["default"] = before
        connections["default"] = held


def _migrate(*, migrations: bool) -> None:
    from django.core.management import call_command
    from pytest_django.fixtures import _disable_migrations

    if not migrations:
        _disable_migrations()
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=not migrations)


def _migration_hash() -> str:
    """Return a word for the list of migrations: names of others' with their versions, the content of ours."""
    from django.apps import apps

    told = hashlib.sha256()
    for package in ("django", "wagtail", "django-q2", "django-allauth"):
        told.update(f"{package} {version(package)}".encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.name):
        for file in sorted(Path(config.path).glob("migrations/0*.py")):
            told.update(f"{config.name} {file.name}".encode())
            if config.name.startswith(("resilience.", "content_pages")):
                told.update(file.read_bytes())
    return told.hexdigest()[:16]


def _forget_what_was_cached() -> None:
    from django.contrib.contenttypes.models import ContentType
    from django.core.cache import cache
    from django.db import connection

    ContentType.objects.clear_cache()
    if connection.settings_dict["ENGINE"].endswith("sqlite3"):
        cache.clear()


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    from django.core.cache import cache

    from resilience.organisations import standing

    cache.clear()
    shutil.rmtree(standing.folder(), ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The DSN of a running PostgreSQL server; skips with the reason where none can be had."""
    with contextlib.ExitStack() as stack:
        try:
            dsn = stack.enter_context(cluster.server())
        except cluster.Unavailable as error:
            pytest.skip(f"no PostgreSQL here ({error})")
        yield dsn


@pytest.fixture
def postgres(postgres_server, django_db_blocker) -> Iterator[str]:
    """The DSN of a fresh migrated database that this test alone uses, for processes and connections of its own."""
    name = f"resilience_{uuid.uuid4().hex[:12]}"
    with django_db_blocker.unblock():
        template = postgres_template(postgres_server)
    _sql(postgres_server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield in_database(postgres_server, name)
    _sql(postgres_server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def child_environment() -> Callable[..., dict[str, str]]:
    """The environment for a process that shares this test's database: `child_environment(PORT="8123")`."""
    from django.db import connection

    def build(**more: str) -> dict[str, str]:
        dsn = os.environ.get("DATABASE_URL", "")
        name = str(connection.settings_dict["NAME"])
        address = in_database(dsn, name) if connection.vendor == "postgresql" else f"sqlite:///{name}"
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "resilience.settings.test",
            "DATABASE_URL": address,
            **more,
        }

    return build
