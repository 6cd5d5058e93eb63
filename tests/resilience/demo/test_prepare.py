"""Before an older database is brought up to date a copy of it is kept, and its data stay."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import ConnectionHandler

from resilience.demo import prepare
from resilience.settings.base import sqlite_or_postgresql


@pytest.fixture
def database(tmp_path: Path, django_db_blocker) -> Iterator[BaseDatabaseWrapper]:
    """A connection to an SQLite file of its own."""
    entry = sqlite_or_postgresql(f"sqlite:///{tmp_path / 'resilience.sqlite3'}")
    with django_db_blocker.unblock():
        opened = ConnectionHandler({"default": entry})["default"]
        yield opened
        opened.close()


def migrate(database: BaseDatabaseWrapper, *, to: str) -> None:
    MigrationExecutor(database).migrate([("contenttypes", to)])


def ask(path: Path, question: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute(question).fetchall()


def test_an_older_database_is_copied_and_keeps_its_data(database, tmp_path, capsys):
    migrate(database, to="0001_initial")
    with database.cursor() as cursor:
        cursor.execute("INSERT INTO django_content_type (name, app_label, model) VALUES ('a', 'b', 'kept')")
    (tmp_path / "resilience.sqlite3").chmod(0o600)

    prepare._back_up(database, "20261103T100000")
    migrate(database, to="0002_remove_content_type_name")

    copy = tmp_path / "backup" / "resilience-20261103T100000.sqlite3"
    assert ask(copy, "SELECT name, model FROM django_content_type") == [("a", "kept")]
    assert ask(tmp_path / "resilience.sqlite3", "SELECT model FROM django_content_type") == [("kept",)]
    assert copy.stat().st_mode & 0o777 == 0o600
    assert str(copy) in capsys.readouterr().out


def test_a_database_that_holds_nothing_is_not_copied(database, tmp_path):
    database.ensure_connection()

    prepare._back_up(database, "20261103T100000")

    assert not (tmp_path / "backup").exists()
