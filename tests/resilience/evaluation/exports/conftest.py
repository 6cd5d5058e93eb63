"""The finished cohort, loaded once for a file, and a way to write an export of it."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from resilience import clock
from resilience.evaluation.exports import writing
from resilience.evaluation.exports.people import Release
from tests.resilience.evaluation.dataset.conftest import take_in  # noqa: F401 - a fixture


@pytest.fixture
def finished(finished_all_along, db):
    """The evaluation of the finished cohort."""
    return finished_all_along()


@pytest.fixture
def write(tmp_path) -> Callable[..., Path]:
    """Write all files of an export into a new folder and return it."""

    def run(evaluation, *, to: str = "export", exact: bool = False) -> Path:
        place = tmp_path / to
        place.mkdir()
        writing.write(Release(evaluation, now=clock.now(), exact=exact), place)
        return place

    return run


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file as they stand in it."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))
