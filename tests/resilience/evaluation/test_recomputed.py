"""The figures of a report, worked out once more from the exported files by a program that knows none of our code."""

import ast
import copy
import csv
import json
import subprocess
from io import StringIO

import pytest
from django.core.management import call_command

from resilience import __version__, clock, pdf
from resilience.evaluation import builder, disclosure, figures, snapshots
from tests.architecture import source
from tests.factories import datasets
from tests.proofs import recompute
from tests.proofs.recomputing.reading import read
from tests.resilience.evaluation.dataset.conftest import take_in  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def finished(finished_all_along, db):
    return finished_all_along()


def frozen(evaluation):
    now = clock.now()
    return snapshots.load(snapshots.take(evaluation=evaluation, as_of=now, now=now))


def told_of(evaluation):
    """What figures.json says."""
    composed = figures.compose(frozen(evaluation), version=__version__)
    return json.loads(figures.dump(disclosure.release(composed).figures))


def exported(evaluation, place):
    call_command("export_dataset", evaluation=evaluation.slug, out=place, stdout=StringIO())
    return read(place)


def compared(told, pack):
    return recompute.compare(told, recompute.figures_of(pack, told))


@pytest.fixture
def cohort(finished, tmp_path):
    """The synthetic cohort: what its report tells, and its exported pack."""
    return told_of(finished), exported(finished, tmp_path / "pack"), tmp_path / "pack"


def test_the_figures_of_the_synthetic_cohort_agree_and_one_changed_answer_is_found(cohort):
    told, pack, place = cohort

    result = compared(told, pack)

    print(result)  # noqa: T201 - what was covered, for whoever reads the log
    assert result.differ == []
    assert result.agree > 1200

    with (place / "items_long.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    row = next(row for row in rows[1:] if row[2] == "who5" and row[4] == "2")
    row[4] = "3"
    with (place / "items_long.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    assert compared(told, read(place)).differ


def test_a_figure_that_was_changed_by_a_millionth_is_found(cohort):
    told, pack, _place = cohort
    wrong = copy.deepcopy(told)
    change = next(iter(wrong["measures"]["who5"]["change"].values()))
    change["t"] *= 1 + 1e-6

    (found,) = compared(wrong, pack).differ

    assert found.startswith("measures.who5.change.")


def test_the_figures_of_a_pack_from_elsewhere_agree(tmp_path, take_in):  # noqa: F811
    from resilience.evaluation.models import Evaluation

    take_in(
        datasets.write(
            tmp_path / "in", people=230, instruments=("who5", "phq8", "olbi", "coping_confidence", "gad7")
        )
    )
    evaluation = Evaluation.objects.get(slug="elsewhere")

    result = compared(told_of(evaluation), exported(evaluation, tmp_path / "out"))

    print(result)  # noqa: T201
    assert result.differ == []
    assert result.agree > 1000


def test_the_program_knows_nothing_of_the_product():
    folder = source.ROOT / "tests" / "proofs"
    files = [folder / "recompute.py", *(folder / "recomputing").glob("*.py")]

    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            assert not [
                name for name in names if name.startswith(("resilience", "content_pages", "django"))
            ], path


def test_two_reports_of_the_same_data_agree_to_the_byte(finished, monkeypatch):
    monkeypatch.setattr(pdf, "render", lambda **document: b"")

    first, second = two_reports(finished)

    assert first == second
    assert len(first) > 10


@pytest.mark.long
def test_two_reports_of_the_same_data_are_printed_alike_to_the_word(finished, tmp_path):
    first, second = two_reports(finished)

    assert {name for name in first if first[name] != second[name]} <= {"report.pdf"}
    assert words(first["report.pdf"], tmp_path / "a.pdf") == words(second["report.pdf"], tmp_path / "b.pdf")


def two_reports(evaluation):
    snapshot = frozen(evaluation)
    return [builder.build(snapshot, site="http://x").files for _ in range(2)]


def words(printed, path):
    path.write_bytes(printed)
    return subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    ).stdout
