"""The evaluator's guide is followed: its commands are run as they stand there, from a pack to the PDF."""

import json
import re
import shlex

import pytest
from django.core.management import call_command

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

    for first, *words in commands():
        if first == "manage.py":
            call_command(*words)
        else:
            assert words[:2] == ["-m", "tests.proofs.recompute"]
            assert recompute.main(*words[2:]) == 0
        done.append(words[0])

    assert done == ["export_dataset", "import_dataset", "build_report", "-m", "export_dataset"]
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
