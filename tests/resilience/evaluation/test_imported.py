from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from resilience import clock
from resilience.evaluation import canonical, disclosure, figures, gather, glance, plans, snapshots
from resilience.evaluation.models import Evaluation
from resilience.measures import scores
from tests.factories import datasets

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def taken_in(loaded_once, tmp_path_factory) -> Iterator[Path]:
    folder = datasets.write(tmp_path_factory.mktemp("elsewhere") / "pack", people=120)
    with loaded_once(
        lambda: call_command(
            "import_dataset", folder, programme="elsewhere", stdout=StringIO(), stderr=StringIO()
        )
    ):
        yield folder


@pytest.fixture
def elsewhere(taken_in, db) -> Evaluation:
    """The evaluation of an imported pack of 120 people, one of them a test person and one erased."""
    return Evaluation.objects.get(slug="elsewhere")


@pytest.fixture
def pack(taken_in):
    return {row["participant"]: row for row in datasets.rows(taken_in / "participants.csv")}


def frozen_by_code(evaluation):
    names = dict(evaluation.imported_people.values_list("respondent_id", "code"))
    cohort = gather.Cohort(evaluation, as_of=clock.now())
    return {names[row.respondent_id]: str(row.respondent_id) for row in cohort.people}, gather.dataset(cohort)


def test_test_people_and_erased_ones_are_counted_and_in_no_figure(elsewhere):
    cohort = gather.Cohort(elsewhere, as_of=clock.now())

    assert (len(cohort.test), len(cohort.erased), len(cohort.people)) == (1, 1, 118)
    assert len({answer.person for answer in gather.dataset(cohort).answers}) == 118


def test_what_the_pack_tells_of_a_person_is_in_the_frozen_data(elsewhere, pack):
    codes, dataset = frozen_by_code(elsewhere)
    people = {person.key: person for person in dataset.people}

    for code, key in codes.items():
        told, person = pack[code], people[key]
        assert {
            name: told[name] for name in ("site", "unit", "profession", "gender")
        } == person.characteristics
        assert {
            name: float(told[name]) for name in ("age", "years_qualified") if told[name]
        } == person.numbers
        assert (int(told["modules_completed"]), told["withdrew"] == "1") == (person.modules, person.withdrew)
        assert (told["arm"], int(told["calls_attended"])) == (person.arm, person.calls_attended)
        assert dataset.attended(key) == person.calls_attended
        assert person.done == {when: told[f"{when}_done"] == "1" for when in datasets.TIMEPOINTS}


def test_the_frozen_data_read_back_are_what_was_written(elsewhere):
    files = snapshots.freeze(evaluation=elsewhere, as_of=clock.now())

    read = canonical.read(files, expected=canonical.checksum(files))

    assert canonical.write(read) == files
    assert any(person.numbers for person in read.dataset.people)


def test_without_calls_csv_the_told_number_of_calls_counts(tmp_path):
    pack = datasets.write(tmp_path / "pack", people=20, extras=False)
    call_command("import_dataset", pack, programme="told", stdout=StringIO(), stderr=StringIO())

    _codes, dataset = frozen_by_code(Evaluation.objects.get(slug="told"))

    told = [int(row["calls_attended"]) for row in datasets.rows(pack / "participants.csv")]
    assert sum(dataset.attended(person.key) for person in dataset.people) == sum(told)


def test_nobody_who_said_no_is_in_the_figures_or_in_an_export(tmp_path):
    pack = datasets.write(tmp_path / "pack", people=20)
    people = pack / "participants.csv"
    head, first, *others = people.read_text().splitlines(keepends=True)
    nothing_more = head.replace("participant", "P000001", 1).replace("consented", "0", 1)
    kept = [cell if cell in ("P000001", "0") else "" for cell in nothing_more.strip().split(",")]
    people.write_text(head + ",".join(kept) + "\n" + "".join(others))
    call_command("import_dataset", pack, programme="told", stdout=StringIO(), stderr=StringIO())
    told = Evaluation.objects.get(slug="told")

    call_command("export_dataset", evaluation="told", out=tmp_path / "out", stdout=StringIO())

    assert len(gather.Cohort(told, as_of=clock.now()).people) == 19
    assert all("P000001" not in path.read_text() for path in (tmp_path / "out").iterdir())


def test_the_figures_of_a_report_are_worked_out_from_an_imported_pack(elsewhere):
    now = clock.now()
    frozen = snapshots.load(snapshots.take(evaluation=elsewhere, as_of=now, now=now))

    told = disclosure.release(figures.compose(frozen, version="1")).figures

    assert told["flow"]["consented"] == 118
    assert told["plan"]["timepoints"] == list(datasets.TIMEPOINTS)
    assert told["measures"]["who5"]["change"]["post"]["n"] > 50
    assert told["snapshot"]["left_out"] == {"test": 1, "erased": 1, "no_consent": 0}


def test_the_page_of_an_imported_evaluation_counts_its_people(elsewhere):
    seen = glance.look(elsewhere, at=clock.now())

    assert (seen.registered, seen.consented) == (118, 118)
    assert [wave.key for wave in seen.waves] == list(datasets.TIMEPOINTS)


def test_everybody_in_a_pack_counts_as_asked_whether_they_answered_or_not(elsewhere):
    post = glance.look(elsewhere, at=clock.now()).waves[1]

    assert post.due == 118 > post.answered >= post.stayed > 50


def test_another_evaluation_of_the_programme_says_where_the_people_of_a_pack_are(
    elsewhere, chi, as_evaluator
):
    plans.open_draft(programme=elsewhere.programme, slug="second", name="Second", by=chi, now=clock.now())

    page = as_evaluator.get("/evaluations/second/").content.decode()

    assert "belong to the evaluation of that pack" in page
    assert f'href="/evaluations/{elsewhere.slug}/"' in page
    assert (
        "belong to the evaluation" not in as_evaluator.get(f"/evaluations/{elsewhere.slug}/").content.decode()
    )


def test_imported_answers_score_the_same_when_they_are_scored_again(elsewhere):
    assert scores.compare() == []


def test_a_reliability_that_the_plan_gives_is_not_printed_with_the_instruments_source(elsewhere):
    measures = {measure.key: measure for measure in frozen_by_code(elsewhere)[1].measures}

    assert (measures["who5"].reliability, measures["who5"].reliability_source) == (
        0.8,
        "as the plan gives it",
    )
    assert "48-hour retest" in measures["phq8"].reliability_source


def test_how_two_coders_agreed_is_frozen_as_counts_and_no_comment_with_it(elsewhere, taken_in):
    counts = frozen_by_code(elsewhere)[1].context["coding"]

    left_out = {row["participant"] for row in datasets.rows(taken_in / "participants.csv")} - set(
        elsewhere.imported_people.filter(respondent__is_test=False, respondent__erased_at=None).values_list(
            "code", flat=True
        )
    )
    rows = [
        row for row in datasets.rows(taken_in / "comments_coding.csv") if row["participant"] not in left_out
    ]
    seen = [row["time"] for row in rows if row["coder"] == sorted({one["coder"] for one in rows})[0]]
    assert set(counts) == set(datasets.THEMES)
    assert sum(counts["time"].values()) == len(seen)
    assert counts["time"]["both"] + counts["time"]["only_a"] == seen.count("1")
