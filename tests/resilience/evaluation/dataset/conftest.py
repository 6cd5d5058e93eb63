"""Taking packs in by the command, and giving them out."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import datasets


class Said:
    """What a command wrote: its last line as JSON, and its words."""

    def __init__(self, out: str, words: str) -> None:
        self.counts = json.loads(out.splitlines()[-1]) if out else None
        self.words = words


@pytest.fixture
def take_in(db) -> Callable[..., Said]:
    """Run import_dataset on a folder; a refusal ends up among the words."""

    def run(folder: Path, *, programme: str = "elsewhere", leave_out: bool = False) -> Said:
        out, words = StringIO(), StringIO()
        more = ["--leave-out-bad-rows"] if leave_out else []
        try:
            call_command(
                "import_dataset", str(folder), "--programme", programme, *more, stdout=out, stderr=words
            )
        except CommandError as refused:
            words.write(str(refused))
        return Said(out.getvalue(), words.getvalue())

    return run


@pytest.fixture
def give_out(db, tmp_path) -> Callable[..., Path]:
    """Run export_dataset into a new folder and return it."""

    def run(evaluation: str = "elsewhere", *, to: str = "out") -> Path:
        call_command("export_dataset", evaluation=evaluation, out=tmp_path / to, stdout=StringIO())
        return tmp_path / to

    return run


@pytest.fixture
def small(tmp_path) -> Path:
    """A pack of 30 people."""
    return datasets.write(tmp_path / "pack", people=30)
