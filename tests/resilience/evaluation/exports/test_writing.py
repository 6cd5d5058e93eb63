"""What stands in the files of an export, and what never does."""

import csv
import io
import json
import re
import zipfile
from codecs import BOM_UTF8

import openpyxl
import pyreadstat
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resilience import clock
from resilience.evaluation import gather
from resilience.evaluation.exports import redcap, variables, writing
from resilience.evaluation.models import Evaluation, ImportedPerson
from resilience.participants.models import Enrolment
from tests.factories import datasets
from tests.resilience.evaluation.exports.conftest import table

pytestmark = pytest.mark.django_db

HOSTILE = (
    "=1+1",
    "+1",
    "@x",
    "-2",
    'Ward "7", left',
    "مستشفى الملك",
    "x" * 300,
    "  spaced",
    "'tis",
    "a\u202eb",
)


@pytest.fixture
def dataset(finished):
    return gather.dataset(gather.Cohort(finished, as_of=clock.now()))


def people_in(place):
    return {row["participant"] for row in table(place / writing.WIDE)}


def test_every_file_of_an_export_is_there(finished, write):
    assert {path.name for path in write(finished).iterdir()} == {
        "about.txt", "codebook.csv", "codebook.xlsx", "data.sav", "dataset.zip", "long.csv", "wide.csv",
        "redcap_data_dictionary.csv", "redcap_event_forms.csv", "redcap_events.csv", "redcap_records.csv",
    }  # fmt: skip


def test_each_answer_stands_once_in_the_long_file_and_once_in_the_wide_one(finished, dataset, write):
    place = write(finished)

    long = table(place / writing.LONG)
    wide = table(place / writing.WIDE)
    assert len(long) == len(dataset.answers)
    cells = {
        (row["participant"], name): value
        for row in wide
        for name, value in row.items()
        if re.search(r"_\d+$", name)
    }
    told = {
        (row["participant"], f"{row['timepoint']}_{row['instrument']}_{row['item']}"): row["value"]
        for row in long
    }
    assert {place: value for place, value in cells.items() if value} == told


def test_scores_in_the_wide_file_are_the_stored_ones(finished, dataset, write):
    rows = table(write(finished) / writing.WIDE)

    for measure, column in (("who5", "t1_who5_score"), ("leaving.job", "t4_leaving_job")):
        timepoint = column.split("_")[0]
        stored = [one.value for one in dataset.scores if (one.measure, one.timepoint) == (measure, timepoint)]
        assert sorted(float(row[column]) for row in rows if row[column]) == sorted(
            v for v in stored if v is not None
        )


def test_only_those_who_agreed_are_in_it_and_under_other_codes_each_time(finished, write):
    first, second = write(finished, to="first"), write(finished, to="second")

    assert len(people_in(first)) == 66
    assert not people_in(first) & people_in(second)
    assert not people_in(first) & {str(row.respondent_id) for row in Enrolment.objects.all()}


def test_nobody_is_in_the_same_place_of_the_next_export(finished, write):
    """Who stands where must not tell who it is."""
    asked = ("t1_who5_1", "t1_phq8_1", "t1_coping_confidence_1")
    answers = [
        [tuple(row[name] for name in asked) for row in table(write(finished, to=to) / writing.WIDE)]
        for to in ("first", "second")
    ]

    assert sorted(answers[0]) == sorted(answers[1])
    assert answers[0] != answers[1]


@pytest.mark.parametrize("mark", ["is_test", "erased_at"])
def test_test_people_and_erased_ones_are_never_in_it(finished, write, tuesday, mark):
    respondent = gather.Cohort(finished, as_of=tuesday).people[0].respondent
    setattr(respondent, mark, True if mark == "is_test" else tuesday)
    respondent.save()

    assert len(people_in(write(finished))) == 65


def test_days_count_from_joining_and_no_date_leaves(finished, write):
    place = write(finished)

    days = {row["study_day"] for row in table(place / writing.LONG)}
    assert min(map(int, days)) >= 0
    assert max(map(int, days)) > 28
    for path in place.glob("*.csv"):
        if path.name not in ("codebook.csv", "redcap_data_dictionary.csv"):
            assert not re.search(r"20\d\d-\d\d", path.read_text()), path.name


def test_no_background_fact_is_shown_that_fewer_than_five_share_unless_somebody_asks(finished, write):
    facts = ("profession", "site", "gender")
    safe, exact = (table(write(finished, to=str(kept), exact=kept) / writing.WIDE) for kept in (False, True))

    def shared(rows):
        told = [tuple(row[name] for name in facts) for row in rows]
        return min(told.count(one) for one in told)

    assert shared(safe) >= 5
    assert shared(exact) < 5


def test_the_sav_file_holds_labels_and_codes_for_what_is_missing(finished, write):
    place = write(finished)

    frame, meta = pyreadstat.read_sav(str(place / writing.SAV), user_missing=True)
    rows = {row["participant"]: row for row in table(place / writing.WIDE)}
    assert list(frame.columns) == list(next(iter(rows.values())))
    assert meta.column_names_to_labels["t1_who5_1"].startswith("Before: ")
    assert meta.variable_value_labels["t1_who5_1"][5] == "All of the time"
    assert meta.variable_value_labels["t1_who5_1"][-99] == "left unanswered, or not known"
    assert meta.missing_ranges["t1_who5_1"] == [{"lo": v, "hi": v} for v in (-99, -98, -97)]
    assert meta.variable_measure["t1_who5_1"] == "ordinal"
    for told in frame.to_dict("records"):
        row = rows[told["participant"]]
        for name, value in told.items():
            if isinstance(value, str):
                assert value == row[name].removeprefix("'")
            else:
                assert ("" if value <= -97 else float(value)) == (float(row[name]) if row[name] else ""), name


def test_a_program_that_knows_the_codes_reads_them_as_missing(finished, write):
    frame, _meta = pyreadstat.read_sav(str(write(finished) / writing.SAV))

    assert frame.drop(columns=["participant", "site", "profession", "gender"]).min().min() >= 0


def test_the_codebook_names_every_column_of_the_wide_file(finished, write):
    place = write(finished)

    book = table(place / writing.CODEBOOK)
    assert [row["variable"] for row in book] == list(table(place / writing.WIDE)[0])
    sheet = openpyxl.load_workbook(place / writing.WORKBOOK)["Variables"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [row["variable"] for row in book]
    who5 = next(row for row in book if row["variable"] == "t1_who5_1")
    assert who5["values"].startswith("5 = All of the time")
    score = next(row for row in book if row["variable"] == "t1_who5_score")
    assert (score["method"], score["range"], score["direction"]) == ("who5.total.1", "0 to 100", "1")


def test_redcap_gets_its_eighteen_columns_and_no_field_twice(finished, write):
    place = write(finished)

    with (place / writing.DICTIONARY).open(newline="") as file:
        heads, *rows = csv.reader(file)
    assert tuple(heads) == redcap.DICTIONARY
    assert len(heads) == 18
    names = [row[0] for row in rows]
    assert names[0] == "record_id"
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,99}", name) for name in names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", row[1]) for row in rows)
    assert all(row[3] in ("text", "radio", "yesno") for row in rows)
    who5 = rows[names.index("who5_1")]
    assert who5[5].startswith("5, All of the time | 4, ")


def test_redcap_records_fit_the_dictionary_and_the_events(finished, write):
    place = write(finished)

    records = table(place / writing.RECORDS)
    fields = {row["Variable / Field Name"]: row for row in table(place / writing.DICTIONARY)}
    events = {row["unique_event_name"] for row in table(place / writing.EVENTS)}
    forms = {(row["unique_event_name"], row["form"]) for row in table(place / writing.FORMS)}
    assert set(records[0]) == {*fields, "redcap_event_name"}
    for row in records:
        assert row["redcap_event_name"] in events
        for name, value in row.items():
            if value and name not in ("record_id", "redcap_event_name"):
                assert (row["redcap_event_name"], fields[name]["Form Name"]) in forms
                choices = fields[name]["Choices, Calculations, OR Slider Labels"]
                assert not choices or value in [one.split(",")[0].strip() for one in choices.split("|")]


def test_the_pack_of_an_export_can_be_taken_in_elsewhere(finished, dataset, write, tmp_path, take_in):
    given = len(dataset.answers)
    with zipfile.ZipFile(write(finished, exact=True) / writing.PACK) as archive:
        archive.extractall(tmp_path / "pack")

    said = take_in(tmp_path / "pack", programme="taken-over")

    assert said.words == "calls.csv: column “way” is for your own analysis and is not taken in\n"
    assert said.counts["participants"] == 66
    assert said.counts["answers"] == given


def test_people_of_a_pack_get_new_codes_and_test_people_stay_out(tmp_path, take_in, write):
    pack = datasets.write(tmp_path / "pack", people=220)
    take_in(pack)
    evaluation = Evaluation.objects.get(slug="elsewhere")

    place = write(evaluation)

    with zipfile.ZipFile(place / writing.PACK) as archive:
        people = list(csv.DictReader(io.TextIOWrapper(archive.open("participants.csv"), "utf-8")))
        coding = archive.read("comments_coding.csv").decode()
    assert len(people_in(place)) == len(people) == 220 - 2 - 2
    assert not people_in(place) & {row.code for row in ImportedPerson.objects.all()}
    assert "c-P0" not in coding
    assert not {"is_test", "erased", "consented"} & set(people[0])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_no_formula_and_stays_whole(tmp_path, take_in, write, text):
    pack = datasets.write(tmp_path / "pack", people=12, extras=False)
    take_in(pack)
    evaluation = Evaluation.objects.get(slug="elsewhere")
    ImportedPerson.objects.update(site=text, unit=text, profession="nurse", gender="")
    Evaluation.objects.update(name=text)
    evaluation.refresh_from_db()

    place = write(evaluation)

    for row in table(place / writing.WIDE):
        assert row["site"].lstrip("'") in (text, text.lstrip("'"))
        assert not row["site"].startswith(("=", "+", "-", "@"))
    frame, _meta = pyreadstat.read_sav(str(place / writing.SAV))
    assert set(frame["site"]) == {text}
    book = openpyxl.load_workbook(place / writing.WORKBOOK)
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_redcap_gets_a_text_as_it_is(tmp_path, take_in, write):
    take_in(datasets.write(tmp_path / "pack", people=3, extras=False))
    ImportedPerson.objects.update(site="-7 East")

    place = write(Evaluation.objects.get(slug="elsewhere"), exact=True)

    assert {row["site"] for row in table(place / writing.RECORDS)} == {"-7 East", ""}
    assert {row["site"] for row in table(place / writing.WIDE)} == {"'-7 East"}


def test_the_codebook_opens_in_a_spreadsheet_and_says_where_missing_codes_stand(finished, write):
    place = write(finished)

    assert (place / writing.CODEBOOK).read_bytes().startswith(BOM_UTF8)
    assert not (place / writing.WIDE).read_bytes().startswith(BOM_UTF8)
    told = {row["missing_codes"] for row in table(place / writing.CODEBOOK)}
    assert any(words.startswith("in data.sav -99") and words.endswith("in wide.csv empty") for words in told)


def test_a_planted_formula_would_be_seen_in_a_workbook(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    book.save(tmp_path / "planted.xlsx")

    sheet = openpyxl.load_workbook(tmp_path / "planted.xlsx").active
    assert sheet["A1"].data_type == "f"


def test_words_that_this_site_alone_may_show_do_not_leave(finished, write, monkeypatch):
    monkeypatch.setattr(variables, "may_print", lambda instrument: instrument != "who5")

    place = write(finished)

    for name in (writing.CODEBOOK, writing.DICTIONARY):
        text = (place / name).read_text()
        assert "All of the time" not in text
        assert "who5 item 1" in text


def test_nobody_has_answered_yet_and_the_files_are_there_all_the_same(unanswered, write):
    place = write(unanswered)

    assert table(place / writing.WIDE) == []
    assert pyreadstat.read_sav(str(place / writing.SAV))[0].shape[0] == 0
    assert json.loads(zipfile.ZipFile(place / writing.PACK).read("meta.json"))["timepoints"] == ["t1", "t2"]


def test_an_export_is_written_with_the_same_number_of_queries_for_ten_people_and_for_two_hundred(
    tmp_path, take_in, write
):
    counted = []
    for people in (10, 200):
        take_in(datasets.write(tmp_path / str(people), people=people, extras=False), programme=f"p{people}")
        with CaptureQueriesContext(connection) as queries:
            write(Evaluation.objects.get(slug=f"p{people}"), to=f"out{people}")
        counted.append(len(queries))

    assert counted[0] == counted[1]
