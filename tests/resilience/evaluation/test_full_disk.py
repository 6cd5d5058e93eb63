import errno
import os
import sqlite3
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError

from resilience import clock
from resilience.evaluation import builder, full_disk, imports, runs, snapshots
from resilience.evaluation.models import DatasetSnapshot, RunState

NO_SPACE = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture
def full_after(monkeypatch):
    """A disk that takes so many files more and is full then."""

    def fill(taken: int) -> None:
        real, written = Path.write_bytes, []

        def write(path: Path, data: bytes) -> int:
            if len(written) >= taken:
                raise NO_SPACE
            written.append(path)
            return real(path, data)

        monkeypatch.setattr(Path, "write_bytes", write)

    return fill


def test_a_full_disk_is_said_in_words():
    with pytest.raises(full_disk.FullDisk), full_disk.in_words():
        raise NO_SPACE


@pytest.mark.parametrize("name", ["sqlite_errorcode", "sqlstate"])
def test_a_database_that_finds_the_disk_full_is_understood(name):
    code = {"sqlite_errorcode": sqlite3.SQLITE_FULL, "sqlstate": full_disk.DISK_FULL}[name]
    cause = type("Full", (Exception,), {name: code})()

    with pytest.raises(full_disk.FullDisk), full_disk.in_words():
        raise OperationalError from cause


@pytest.mark.django_db
def test_an_upload_that_does_not_fit_is_refused_and_leaves_nothing(as_evaluator, monkeypatch, settings):
    def full(*args: object) -> None:
        raise NO_SPACE

    monkeypatch.setattr(imports.sources, "zipped", full)
    place = Path(settings.VAR_DIR) / "imports"
    before = set(place.glob("*"))
    pack = SimpleUploadedFile("pack.zip", b"PK")

    answer = as_evaluator.post("/evaluations/import/", {"slug": "elsewhere", "pack": pack})

    assert answer.status_code == 422
    assert "no room left on the disk" in answer.content.decode()
    assert set(place.glob("*")) == before


def test_every_other_fault_of_a_disk_goes_on_as_it_is():
    with pytest.raises(PermissionError), full_disk.in_words():
        raise PermissionError(errno.EACCES, "no")


@pytest.mark.django_db
def test_frozen_data_that_do_not_fit_leave_no_half_folder_and_no_row(
    unanswered, tuesday, full_after, settings, tmp_path
):
    settings.VAR_DIR = tmp_path  # where nobody has frozen the same data yet
    full_after(2)

    with pytest.raises(OSError, match="No space"):
        snapshots.take(evaluation=unanswered, as_of=tuesday, now=tuesday)

    assert list((Path(settings.VAR_DIR) / "snapshots").glob("*.new")) == []
    assert not DatasetSnapshot.objects.exists()


@pytest.mark.django_db
def test_a_report_that_does_not_fit_fails_in_words_and_leaves_nothing(unanswered, chi, tuesday, full_after):
    run = runs.start(evaluation=unanswered, as_of=tuesday, by=chi, now=tuesday)
    full_after(8)

    runs.advance(run.pk, clock=clock.now)

    run.refresh_from_db()
    assert (run.state, "no room left" in run.why) == (RunState.FAILED, True)
    assert not runs.folder(run).exists()
    assert list(runs.folder(run).parent.glob("*.new")) == []


def test_a_folder_that_is_there_keeps_its_old_report_where_the_new_one_does_not_fit(tmp_path, full_after):
    builder.store({"a": b"old", "tables/b": b"old"}, tmp_path)
    full_after(1)

    with pytest.raises(OSError, match="No space"):
        builder.store({"a": b"new", "tables/b": b"new"}, tmp_path)

    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == {
        "a": b"old", "b": b"old",
    }  # fmt: skip


def test_a_folder_that_is_there_gets_the_new_report_and_keeps_what_else_it_holds(tmp_path):
    (tmp_path / "mine").write_bytes(b"mine")

    paths = builder.store({"a": b"new", "tables/b": b"new"}, tmp_path)

    assert paths == [tmp_path / "a", tmp_path / "tables/b"]
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"a", "b", "mine"}
