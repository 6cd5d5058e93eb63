"""The evaluator's guide is followed: its commands are run as they stand there, from a pack to the PDF."""

import io
import json
import re
import shlex

import pytest
from django.core.management import call_command

from resilience.evaluation.dataset import meta
from resilience.evaluation.dataset.staging import Stage
from tests.architecture import source
from tests.proofs import recompute

pytestmark = pytest.mark.django_db
GUIDE = source.ROOT / "docs" / "guides" / "evaluator.md"


@pytest.fixture
def finished(finished_all_along, db):
    return finished_all_along()


def commands():
    """The first block of commands of the guide, word by word."""
    block = re.search(r"```sh\n(.*?)```", GUIDE.read_text(), re.DOTALL).group(1)
    return [shlex.split(line) for line in block.splitlines()]


def test_the_guide_leads_from_a_pack_to_the_pdf(finished, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    done = []

    for python, *words in commands():
        assert python == ".venv/bin/python"
        if words[0] == "manage.py":
            call_command(*words[1:])
        else:
            assert words[:2] == ["-m", "tests.proofs.recompute"]
            assert recompute.main(*words[2:]) == 0
        done.append(words[1])

    assert done == [
        "export_dataset", "import_dataset", "build_report", "tests.proofs.recompute", "export_dataset",
    ]  # fmt: skip
    assert (tmp_path / "var/my-report/report.pdf").read_bytes().startswith(b"%PDF")
    assert json.loads((tmp_path / "var/my-report/figures.json").read_text())["flow"]["consented"] == 66
    assert (tmp_path / "var/my-rows/codebook.csv").exists()
    assert "figures agree, 0 differ" in capsys.readouterr().out


def test_the_guide_names_the_files_that_an_export_has():
    from resilience.evaluation.exports import writing

    text = GUIDE.read_text()
    for name in (
        writing.LONG, writing.WIDE, writing.SAV, writing.CODEBOOK, writing.WORKBOOK, writing.DICTIONARY,
        writing.EVENTS, writing.FORMS, writing.RECORDS, writing.PACK, writing.ABOUT,
    ):  # fmt: skip
        assert f"`{name}`" in text


def test_what_stands_in_bold_stands_on_a_page():
    pages = (source.ROOT / "resilience" / "evaluation").rglob("*")
    written = "".join(path.read_text() for path in pages if path.suffix in (".html", ".py"))

    bold = set(re.findall(r"\*\*([^*]+)\*\*", GUIDE.read_text())) - {"bold"}

    assert len(bold) > 40
    assert {words for words in bold if words not in written} == set()


def test_each_command_of_the_guide_is_run_by_the_sites_own_python():
    for line in GUIDE.read_text().splitlines():
        assert line.count("manage.py") == line.count(".venv/bin/python manage.py"), line


def test_the_small_plan_of_the_guide_can_be_taken_in():
    block = re.search(r"```json\n(.*?)```", GUIDE.read_text(), re.DOTALL).group(1)

    with Stage() as stage:
        given = meta.read(io.BytesIO(block.encode()), stage)
        assert not [*map(str, stage.problems()), *stage.notes]

    assert given["primary"] == ["who5"]
