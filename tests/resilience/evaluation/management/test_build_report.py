from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from resilience import clock
from resilience.evaluation import versions
from resilience.evaluation.models import AnalysisRun, DatasetSnapshot

pytestmark = pytest.mark.django_db


def test_the_command_prints_the_path_of_each_file(unanswered, tmp_path):
    out, words = StringIO(), StringIO()

    call_command("build_report", evaluation="new", out=tmp_path / "r", stdout=out, stderr=words)

    paths = [Path(line) for line in out.getvalue().splitlines()]
    assert all(path.is_file() for path in paths)
    assert {path.name for path in paths} >= {"report.pdf", "report.html", "figures.json", "figures.csv"}
    assert "%" in words.getvalue()


def test_a_report_built_by_the_command_stands_on_the_page_with_the_others(
    being_planned, chi, tmp_path, as_evaluator
):
    versions.freeze(being_planned.plan, by=chi, now=clock.now())

    call_command(
        "build_report", evaluation="spring", out=tmp_path / "r", stdout=StringIO(), stderr=StringIO()
    )

    run = AnalysisRun.objects.get()
    assert f"/reports/{run.pk}/" in as_evaluator.get("/evaluations/spring/").content.decode()
    handed_out = as_evaluator.get(f"/evaluations/spring/reports/{run.pk}/figures.json").content
    assert handed_out == (tmp_path / "r" / "figures.json").read_bytes()


def test_a_folder_that_is_there_keeps_what_else_it_holds(unanswered, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")

    call_command("build_report", evaluation="new", out=tmp_path, stdout=StringIO(), stderr=StringIO())

    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert (tmp_path / "figures.json").exists()


def test_an_unknown_evaluation_is_refused_with_the_ones_there_are(finished, tmp_path):
    with pytest.raises(CommandError, match="There are: demonstration"):
        call_command("build_report", evaluation="nothing", out=tmp_path / "r")

    assert not (tmp_path / "r").exists()


def test_a_file_in_the_place_of_the_folder_is_refused_before_anything_is_done(finished, tmp_path):
    (tmp_path / "r").write_text("a file")

    with pytest.raises(CommandError, match="Name a folder"):
        call_command("build_report", evaluation="demonstration", out=tmp_path / "r")

    assert not DatasetSnapshot.objects.exists()


def test_the_data_can_be_those_of_an_earlier_day(finished, tmp_path):
    call_command(
        "build_report",
        "--evaluation=demonstration",
        "--as-of=2026-01-25",
        f"--out={tmp_path / 'r'}",
        stdout=StringIO(),
        stderr=StringIO(),
    )

    assert DatasetSnapshot.objects.get().as_of.date().isoformat() == "2026-01-25"
    assert "T2" not in (tmp_path / "r" / "tables" / "01_flow.csv").read_text()


def test_a_plan_that_would_show_too_small_groups_is_refused(unanswered, tmp_path):
    unanswered.plan.content["suppress_below"] = 2
    unanswered.plan.save()

    with pytest.raises(CommandError, match="Make a new plan"):
        call_command(
            "build_report", evaluation="new", out=tmp_path / "r", stdout=StringIO(), stderr=StringIO()
        )

    assert not (tmp_path / "r").exists()
