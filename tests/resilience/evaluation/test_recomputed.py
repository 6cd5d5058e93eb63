"""The figures of a report, worked out once more from the exported files by a program that knows none of our code."""

import ast
import copy
import csv
import functools
import json
import shutil
import subprocess
from io import StringIO

import pytest
from django.core.management import call_command

from resilience import __version__, clock, pdf
from resilience.evaluation import builder, disclosure, figures, snapshots
from tests.architecture import source
from tests.factories import datasets
from tests.proofs import recompute
from tests.proofs.recomputing import holding, outside
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
    return holding.compare(told, recompute.figures_of(pack, told))


@pytest.fixture(scope="module")
def kept():
    """What was told and exported already, by name: each is made once for all tests of this file."""
    return {}


@pytest.fixture
def cohort(finished, kept, tmp_path_factory):
    """The synthetic cohort: what its report tells, its exported pack, and where that lies."""
    if "cohort" not in kept:
        place = tmp_path_factory.mktemp("cohort")
        kept["cohort"] = told_of(finished), exported(finished, place), place
    return kept["cohort"]


@pytest.fixture
def elsewhere(take_in, kept, tmp_path_factory):  # noqa: F811 - a fixture that is imported by its name
    """The same of a pack from elsewhere: two groups, six coaches, coded comments."""
    from resilience.evaluation.models import Evaluation

    if "elsewhere" not in kept:
        place = tmp_path_factory.mktemp("elsewhere")
        asked = ("who5", "phq8", "olbi", "coping_confidence", "gad7")
        take_in(datasets.write(place / "in", people=230, instruments=asked, coaches=6))
        evaluation = Evaluation.objects.get(slug="elsewhere")
        evaluation.complaints = 2
        evaluation.save(update_fields=["complaints"])
        kept["elsewhere"] = told_of(evaluation), exported(evaluation, place / "out")
    return kept["elsewhere"]


@pytest.fixture
def coping(take_in, kept, tmp_path_factory):  # noqa: F811 - a fixture that is imported by its name
    """The same of a small pack that asked for ways of coping people seldom speak of, with the climate of a unit."""
    from resilience.evaluation.models import Evaluation

    if "coping" not in kept:
        place = tmp_path_factory.mktemp("coping")
        climate = {"system": {"climate_asking": {"ICU": {"2026 Q1": 3.5}}}}
        asked, meta = ("who5", "brief_cope"), datasets.META | climate
        take_in(datasets.write(place / "in", people=60, instruments=asked, meta=meta), programme="coping")
        evaluation = Evaluation.objects.get(slug="coping")
        kept["coping"] = told_of(evaluation), exported(evaluation, place / "out")
    return kept["coping"]


def test_every_number_of_the_synthetic_cohort_agrees_or_is_listed_and_one_changed_answer_is_found(
    cohort, tmp_path
):
    told, pack, place = cohort

    result = compared(told, pack)

    print(result)  # noqa: T201 - what was covered, for whoever reads the log
    assert (result.differ, result.unlisted) == ([], [])
    assert result.agree > 2500

    with (place / "items_long.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    row = next(row for row in rows[1:] if row[2] == "who5" and row[4] == "2")
    row[4] = "3"
    changed = shutil.copytree(place, tmp_path / "changed")
    with (changed / "items_long.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    assert compared(told, read(changed)).differ


def test_every_number_of_a_pack_from_elsewhere_agrees_or_is_listed(elsewhere):
    result = compared(*elsewhere)

    print(result)  # noqa: T201 - what was counted is for whoever runs it
    assert (result.differ, result.unlisted) == ([], [])
    assert result.agree > 5400


def test_ways_of_coping_that_people_seldom_speak_of_are_worked_out_again_and_a_wrong_mean_is_found(coping):
    told, pack = coping
    result = compared(told, pack)
    assert (result.differ, result.unlisted) == ([], [])
    assert set(told["coping"]) == {
        f"brief_cope.{scale}"
        for scale in ("self_distraction", "denial", "substance_use", "behavioral_disengagement")
    }

    wrong = copy.deepcopy(told)
    wrong["coping"]["brief_cope.denial"]["post"]["mean"] += 1e-6

    assert [line.split(": ")[0] for line in compared(wrong, pack).differ] == [
        "coping.brief_cope.denial.post.mean"
    ]


def test_no_reason_is_listed_for_a_number_that_no_report_has(cohort, elsewhere):
    told, pack, _place = cohort

    used = compared(told, pack).listed.keys() | compared(*elsewhere).listed.keys()

    assert set(outside.REASONS) - used == set()


def test_a_number_that_nobody_works_out_and_no_list_names_is_found(cohort):
    told, pack, _place = cohort
    wrong = copy.deepcopy(told)
    wrong["fairness"]["gap"] = 3.5
    wrong["heard"] = {"from": [1, 2]}

    assert compared(wrong, pack).unlisted == ["fairness.gap", "heard.from.0", "heard.from.1"]


def test_a_figure_that_was_changed_by_a_millionth_is_found(cohort):
    told, pack, _place = cohort
    wrong = copy.deepcopy(told)
    change = next(iter(wrong["measures"]["who5"]["change"].values()))
    change["t"] *= 1 + 1e-6

    (found,) = compared(wrong, pack).differ

    assert found.startswith("measures.who5.change.")


# One of each family, by keys, of the pack from elsewhere.
FAMILIES = [
    ("measures", "gad7", "reliability", "omega"),
    ("measures", "who5", "by_arm", "post", "as_allocated", "calls", "mean_change"),
    ("measures", "who5", "by_arm", "post", "as_received", "calls", "coached", "mean_change"),
    ("measures", "who5", "by_arm", "post", "differences", "waiting list", "se_hc3"),
    ("measures", "who5", "clustering", "icc"),
    ("measures", "phq8", "clustering", "partly_nested", "coach_variance"),
    ("measures", "who5", "weighted_difference", "post", "se"),
    ("measures", "who5", "bands", "scores", "pre", "counts", 6),
    ("fairness", "by", "gender", "groups", "woman", "took", "percent"),
    ("coach_background", "who5", "post", "groups", "clinical", "mean_change"),
    ("coach_background", "who5", "post", "groups", "not_told", "n"),
    ("coach_background", "who5", "post", "interaction_p"),
    ("coach_background", "who5", "post", "adjusted", "difference"),
    ("coach_background", "who5", "post", "adjusted", "ci_hc3", 1),
    ("core_or_optional", "uptake", "ci", 0),
    ("core_or_optional", "received", "who5", "post", "coached", "sd"),
    ("core_or_optional", "allocated", "who5", "post", "calls", "mean_change"),
    ("core_or_optional", "against", "who5", "post", "waiting list", "difference"),
    ("core_or_optional", "coach_minutes", "call"),
    ("missing", "patterns", 1, "percent"),
    ("missing", "predictors", "fu3m", "odds", "coached", "odds_ratio"),
    ("coding_overall", "krippendorff_alpha"),
    ("flow", "arms", "calls", "started"),
    ("safety", "handling", "complaints"),
]


def test_a_fault_of_a_hundredth_is_found_in_each_family(elsewhere):
    told, pack = elsewhere
    found = recompute.figures_of(pack, told)

    for *keys, last in FAMILIES:
        wrong = copy.deepcopy(told)
        table = functools.reduce(lambda one, key: one[key], keys, wrong)
        table[last] *= 1.01
        path = ".".join(map(str, [*keys, last]))

        assert [line.split(": ")[0] for line in holding.compare(wrong, found).differ] == [path]


def test_a_filled_in_change_that_is_two_errors_off_is_found(elsewhere):
    told, pack = elsewhere
    wrong = copy.deepcopy(told)
    measure = next(key for key, one in told["measures"].items() if "imputed" in one)
    filled_in = wrong["measures"][measure]["imputed"]["post"]
    filled_in["mean"] += 2 * filled_in["se"]

    assert [line.split(": ")[0] for line in compared(wrong, pack).differ] == [
        f"measures.{measure}.imputed.post.mean"
    ]


def test_no_number_is_taken_as_it_stands(cohort, elsewhere, coping):
    """Every number of the reports is changed: each is found, but for those that are listed."""
    for told, pack in (cohort[:2], elsewhere, coping):
        result = holding.compare(moved(told), recompute.figures_of(pack, told))

        listed = {path for paths in result.listed.values() for path in paths}
        found = {line.split(": the report says")[0] for line in result.differ}
        assert set(holding.numbers(told)) - listed - found == set()


def moved(value):
    """The same with every number a good deal larger."""
    if isinstance(value, dict):
        return {key: moved(one) for key, one in value.items()}
    if isinstance(value, list):
        return [moved(one) for one in value]
    return value if isinstance(value, bool | str | None) else value * 1.3 + 4


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
