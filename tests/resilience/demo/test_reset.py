"""`make demo-reset` takes the demonstration away, says what it took and what not, and nothing that is not its own."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from resilience.demo import standing
from tests.architecture import source

pytestmark = pytest.mark.real_time


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """A folder of state as a used demonstration leaves it."""
    for name in (
        "mail/1.eml",
        "backup/old.sqlite3",
        "log/run.jsonl",
        "resilience.sqlite3",
        "clock",
        "prepared",
    ):
        (tmp_path / "var" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "var" / name).write_text("0")
    return tmp_path / "var"


def database(path: Path, *, made_by: str) -> Path:
    with closing(sqlite3.connect(path)) as file:
        file.executescript(made_by)
    return path


def reset(var: Path, **more: str) -> subprocess.CompletedProcess:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "DJANGO_"))
    }
    command = [sys.executable, "-m", "resilience.demo.reset"]
    environment = {**kept, "VAR_DIR": str(var), **more}
    return subprocess.run(command, cwd=source.ROOT, env=environment, capture_output=True, text=True)


def left(var: Path) -> set[str]:
    return {path.name for path in var.iterdir()} - {"run.lock", "secrets.env"}


def test_the_demonstrations_own_data_go_and_backups_and_logs_stay(var):
    done = reset(var)

    assert done.returncode == 0, done.stderr
    assert left(var) == {"backup", "log"}
    assert done.stdout.splitlines()[0] == f"The database {var / 'resilience.sqlite3'} is gone."


def test_a_database_with_something_else_stops_it_before_anything_is_taken(var, tmp_path):
    other = database(tmp_path / "other.sqlite3", made_by="CREATE TABLE wages (id)")

    refused = reset(var, DATABASE_URL=f"sqlite:///{other}")

    assert refused.returncode == 1
    assert "does not hold the demonstration; nothing was changed" in refused.stderr
    assert other.exists()
    assert "resilience.sqlite3" in left(var)


def test_the_database_that_a_file_names_is_the_one_that_is_emptied(var, tmp_path):
    holds = "CREATE TABLE participants_programme (slug); INSERT INTO participants_programme VALUES ('demonstration')"
    other = database(tmp_path / "other.sqlite3", made_by=holds)
    (tmp_path / "url").write_text(f"sqlite:///{other}")

    done = reset(var, DATABASE_URL_FILE=str(tmp_path / "url"))

    assert done.returncode == 0, done.stderr
    assert not other.exists()
    assert left(var) == {"backup", "log", "resilience.sqlite3"}
    assert f"{var / 'resilience.sqlite3'} was left alone" in done.stdout


def test_a_database_that_does_not_answer_is_told_in_one_line(var):
    refused = reset(var, DATABASE_URL="sqlite:////proc/nowhere/x.sqlite3")

    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        "The database that DATABASE_URL names cannot be used; nothing was changed."
    ]


@pytest.mark.parametrize("name", ["DATABASE_URL", "DATABASE_URL_FILE"])
def test_another_database_is_prepared_at_each_start(tmp_path, name):
    (tmp_path / "resilience.sqlite3").touch()
    (tmp_path / "help-now").mkdir()
    (tmp_path / "help-now" / "routes.json").touch()

    def plan(**more: str) -> standing.Plan:
        return standing.Plan.from_environment({"VAR_DIR": str(tmp_path), **more}, root=source.ROOT)

    plan().note_prepared()

    assert plan().is_prepared()
    assert not plan(**{name: "somewhere else"}).is_prepared()
