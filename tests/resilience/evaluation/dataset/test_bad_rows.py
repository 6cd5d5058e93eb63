"""Each oddity is named by file, row and column, and nothing is stored; or all but the named rows is."""

import json

import pytest

from resilience.evaluation.models import Evaluation, ImportedPerson
from resilience.measures.models import Response
from resilience.participants.models import Programme

pytestmark = pytest.mark.django_db

PEOPLE = "participant,age,consented,modules_completed,withdrew\nA,34,1,5,0\nB,,1,2,0\n"
ITEMS = "participant,timepoint,instrument,item,value\n" + "".join(
    f"{who},{when},who5,{item},{3 if when == 'pre' else 4}\n"
    for who in "AB"
    for when in ("pre", "post")
    for item in range(1, 6)
)
CALLS = "participant,call_no,coach,minutes,outcome\nA,1,C1,30,attended\n"
TOLD = "participant,call_no,coach,minutes,outcome,coach_background\nA,1,C1,30,attended,\n"
CODING = "comment,participant,coder,time\nc1,A,X,1\nc1,A,Y,0\n"
META = '{"timepoints": ["pre", "post"]}'
GOOD = {
    "participants.csv": PEOPLE,
    "items_long.csv": ITEMS,
    "calls.csv": CALLS,
    "comments_coding.csv": CODING,
    "meta.json": META,
}


@pytest.fixture
def pack(tmp_path):
    """Write a good pack, with other words in place of some files."""

    def write(**differs):
        names = {"people": "participants.csv", "items": "items_long.csv", "calls": "calls.csv"}
        names |= {"coding": "comments_coding.csv", "meta": "meta.json"}
        for name, text in (GOOD | {names[key]: text for key, text in differs.items()}).items():
            data = text if isinstance(text, bytes) else text.encode()
            (tmp_path / name).write_bytes(data)
        return tmp_path

    return write


def test_a_good_pack_goes_in_without_a_word(pack, take_in):
    said = take_in(pack())

    assert said.counts == {"participants": 2, "answers": 20, "calls": 1, "left_out": 0, "already_there": 0}
    assert said.words == ""


@pytest.mark.parametrize(
    ("differs", "named"),
    [
        ({"people": PEOPLE + "C,1234,1,1,0\n"}, "participants.csv, row 4, column age: 1234 is not between"),
        ({"people": PEOPLE + "C,old,1,1,0\n"}, "participants.csv, row 4, column age: “old” is not a number"),
        ({"people": PEOPLE + "C,3,maybe,1,0\n"}, "participants.csv, row 4, column consented: “maybe” is neither"),
        ({"people": PEOPLE + "C,3,1,1.5,0\n"}, "participants.csv, row 4, column modules_completed: 1.5 is not"),
        ({"people": PEOPLE + "A,3,1,1,0\n"}, "participants.csv, row 4, column participant: “A” is there twice"),
        ({"people": PEOPLE + ",3,1,1,0\n"}, "participants.csv, row 4, column participant: is empty"),
        ({"people": PEOPLE + "C,3,1,1,0,9\n"}, "participants.csv, row 4: has more cells"),
        ({"items": ITEMS + "A,pre,who5,1,3\n"}, "items_long.csv, row 22, column item: this was answered in row 2"),
        ({"items": ITEMS + "C,pre,who5,1,3\n"}, "items_long.csv, row 22, column participant: “C” is not in"),
        ({"items": ITEMS + "A,later,who5,1,3\n"}, "items_long.csv, row 22, column timepoint: “later” is not among"),
        ({"items": ITEMS + "A,pre,xyz,1,3\n"}, "items_long.csv, row 22, column instrument: there are no rules"),
        ({"items": ITEMS + "A,pre,who5,6,3\n"}, "items_long.csv, row 22, column item: who5 has no item “6”"),
        ({"items": ITEMS + "A,pre,phq8,1,4\n"}, "items_long.csv, row 22, column value: 4 is not an answer of phq8"),
        ({"items": ITEMS + "A,pre,phq8,1,two\n"}, "items_long.csv, row 22, column value: “two” is not a number"),
        ({"items": ITEMS + "A,pre,phq8,1,1.5\n"}, "items_long.csv, row 22, column value: 1.5 is not an answer"),
        ({"items": ITEMS + "A,pre,phq8,1,1,5\n"}, "items_long.csv, row 22: has more cells"),
        ({"calls": CALLS + "A,1,C1,30,attended\n"}, "calls.csv, row 3, column call_no: this call is there twice"),
        ({"calls": CALLS + "A,2,C1,30,came\n"}, "calls.csv, row 3, column outcome: “came” is not known"),
        ({"calls": CALLS + "Z,1,C1,30,attended\n"}, "calls.csv, row 3, column participant: “Z” is not in"),
        ({"calls": CALLS + "A,2,C1,-3,attended\n"}, "calls.csv, row 3, column minutes: -3 is not between"),
        ({"calls": TOLD + "A,2,C1,30,attended,doctor\n"}, "calls.csv, row 3, column coach_background: “doctor” is"),
        ({"coding": CODING + "c1,A,X,1\n"}, "comments_coding.csv, row 4, column comment: this coder has coded"),
        ({"coding": CODING + "c2,A,X,2\n"}, "comments_coding.csv, row 4, column time: “2” is neither"),
        ({"coding": CODING + "c2,A,X,\n"}, "comments_coding.csv, row 4, column time: is empty"),
    ],
)  # fmt: skip
def test_a_bad_row_is_named_and_nothing_is_taken_in_unless_the_row_is_left_out(pack, take_in, differs, named):
    refused = take_in(pack(**differs))

    assert named in refused.words
    assert "--leave-out-bad-rows" in refused.words.splitlines()[-1]
    assert refused.counts is None
    assert not ImportedPerson.objects.exists()
    assert not Programme.objects.exists()

    taken = take_in(pack(**differs), leave_out=True)

    assert named in taken.words
    assert taken.counts == {"participants": 2, "answers": 20, "calls": 1, "left_out": 1, "already_there": 0}


@pytest.mark.parametrize(
    ("differs", "named"),
    [
        ({"people": "code,age\nA,3\n"}, "participants.csv, row 1, column participant: the column is missing"),
        ({"items": "participant;timepoint\n"}, "items_long.csv, row 1, column instrument: the column is missing"),
        ({"people": "participant,age,age\nA,3,4\n"}, "participants.csv, row 1, column age: the column is there twice"),
        ({"people": PEOPLE.encode("utf-16")}, "participants.csv, row 1: is not in UTF-8"),
        ({"people": PEOPLE.encode() + b"M\xfcller,3,1,1,0\n"}, "participants.csv, row"),
        ({"items": ITEMS + 'A,pre,who5,"1,3\n'}, "items_long.csv, row 22: has a quotation mark"),
        ({"meta": "{"}, "meta.json: is not JSON"),
        ({"meta": "[]"}, "meta.json: must hold one object"),
        ({"meta": '{"timepoints": ["pre", "pre"]}'}, "meta.json, column timepoints: name each time point once"),
        ({"meta": '{"suppress_below": 4}'}, "meta.json, column suppress_below: write a number of 5 or more"),
        ({"meta": '{"direction": {"who5": 2}}'}, "meta.json, column direction: write 1 where higher"),
        ({"meta": '{"cutoff": {"who5": [50, ">"]}}'}, "meta.json, column cutoff: write the healthy side"),
        ({"meta": '{"reliability": {"who5": NaN}}'}, "meta.json: is not JSON"),
        ({"meta": '{"primary": ["phq8"]}'}, "meta.json, column primary: “phq8” is in no answer"),
        ({"meta": '{"covariates": ["shoe"]}'}, "meta.json, column covariates: “shoe” is none of"),
        ({"items": "participant,timepoint,instrument,item,value\n"}, "items_long.csv: holds no answer"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_whole_file_cannot_be_left_out(pack, take_in, differs, named):
    refused = take_in(pack(**differs), leave_out=True)

    assert named in refused.words
    assert "Nothing was taken in" in refused.words.splitlines()[-1]
    assert not Programme.objects.exists()


def test_a_missing_file_is_named(pack, take_in):
    folder = pack()
    (folder / "items_long.csv").unlink()

    assert "items_long.csv: the file is missing" in take_in(folder).words


def test_rows_of_somebody_who_is_left_out_are_left_out_too(pack, take_in):
    said = take_in(pack(people=PEOPLE.replace("B,,1", "B,x,1")), leave_out=True)

    assert said.counts == {"participants": 1, "answers": 10, "calls": 1, "left_out": 11, "already_there": 0}


def test_what_follows_from_a_person_who_is_left_out_is_counted_and_not_listed(pack, take_in):
    said = take_in(pack(people=PEOPLE.replace("A,34", "A,old"))).words.splitlines()

    assert (
        said[0] == "participants.csv, row 2, column age: “old” is not a number: write one, or leave it empty"
    )
    assert said[1] == "items_long.csv: rows of people whose row in participants.csv is left out: 10"
    assert said[2].startswith("calls.csv: rows of people")
    assert len(said) == 5


@pytest.mark.parametrize(
    "people", [PEOPLE.encode("utf-16"), PEOPLE.replace("A", "Ä").encode("latin-1"), b"code\nA\n"]
)
def test_a_file_of_people_that_cannot_be_read_makes_no_answer_odd(pack, take_in, people):
    said = take_in(pack(people=people, calls=CALLS + "A,2,C1,-3,attended\n")).words.splitlines()

    assert [line.partition(",")[0] for line in said[:-1]] == ["participants.csv", "calls.csv"]


def test_a_column_under_another_name_is_named_beside_the_one_that_is_missing(pack, take_in):
    said = take_in(pack(items=ITEMS.replace("item,value", "item,answer")))

    assert "column value: the column is missing" in said.words
    assert "Not known here: “answer”" in said.words


@pytest.mark.parametrize("name", ["name", "e-mail", "Phone number", "nhs_number", "firstName", "DOB"])
def test_a_column_by_which_somebody_could_be_known_is_warned_of(pack, take_in, name):
    said = take_in(pack(people=PEOPLE.replace("age", name)))

    assert f"somebody could be known by column “{name}”" in said.words


@pytest.mark.parametrize("name", ["shift", "grade", "nhsx", "renamed"])
def test_another_column_is_only_named(pack, take_in, name):
    assert "could be known" not in take_in(pack(people=PEOPLE.replace("age", name))).words


def test_an_unknown_column_of_answers_is_named_too(pack, take_in):
    said = take_in(pack(items=ITEMS.replace("item,value", "item,value,asked_on").replace("\n", ",\n")))

    assert "items_long.csv: column" in said.words


@pytest.mark.parametrize("code", ["=1+1", "+44", "-2", "@x", "'=1"])
def test_a_code_that_begins_like_a_formula_is_refused(pack, take_in, code):
    said = take_in(pack(people=PEOPLE + f"{code},3,1,1,0\n"))

    assert "begins like a formula" in said.words


def test_files_and_columns_that_are_not_known_are_named_and_left_alone(pack, take_in):
    folder = pack(
        people=PEOPLE.replace("age", "shoe size"),
        calls=CALLS.replace("minutes", "length"),
        meta='{"timepoints": ["pre", "post"], "colour": "blue"}',
    )
    (folder / "notes.txt").write_text("mine")

    said = take_in(folder)

    assert said.counts["participants"] == 2
    assert said.words.splitlines() == [
        "notes.txt is not part of a pack and stays where it is",
        "meta.json: “colour” is not known and stays where it is",
        "participants.csv: column “shoe size” is not known and stays where it is",
        "calls.csv: column “length” is not known and stays where it is",
    ]
    assert (folder / "notes.txt").read_text() == "mine"


def test_a_pack_as_a_spreadsheet_saves_it_is_read(pack, take_in):
    people = '\ufeff"participant";"site";"years_qualified"\r\nA;"North\r\n"; 3,5\r\n\r\nB;South;12\r\n'

    said = take_in(pack(people=people.replace("North\r\n", "North"), items=ITEMS.replace(",", ";")))

    person = ImportedPerson.objects.get(code="A")
    assert said.counts["participants"] == 2
    assert (person.site, person.years_qualified) == ("North", 3.5)


def test_a_line_break_within_quotes_does_not_shift_the_rows(pack, take_in):
    said = take_in(pack(coding='comment,participant,coder,time\n"two\nlines",A,X,1\nc2,A,X,9\n'))

    assert "comments_coding.csv, row 3, column time" in said.words


def test_a_number_that_can_be_read_in_two_ways_is_refused(pack, take_in):
    said = take_in(pack(people=PEOPLE.replace("A,34,", 'A,"1,234",')))

    assert "column age: “1,234” can be read in two ways" in said.words


def test_unsorted_answers_are_the_same_as_sorted_ones(pack, take_in):
    head, *rows = ITEMS.splitlines(keepends=True)

    take_in(pack(items=head + "".join(sorted(rows, key=lambda row: row[::-1]))))

    assert Response.objects.count() == 4
    assert {tuple(one.answers) for one in Response.objects.all()} == {("1", "2", "3", "4", "5")}


def test_what_differs_from_an_earlier_import_is_named_and_the_first_stays(pack, take_in):
    take_in(pack())

    said = take_in(
        pack(items=ITEMS.replace("A,pre,who5,1,3", "A,pre,who5,1,2"), people=PEOPLE.replace("34", "35"))
    )

    assert "items_long.csv, row 2, column value: differs from what was taken in before" in said.words
    assert "participants.csv, row 2, column age: differs from what was taken in before" in said.words
    assert ImportedPerson.objects.get(code="A").age == 34


def test_a_longer_pack_adds_what_is_new(pack, take_in):
    take_in(pack())

    more = take_in(
        pack(
            people=PEOPLE + "C,50,1,5,0\n",
            items=ITEMS + "C,pre,who5,1,3\n",
            calls=CALLS + "B,1,C1,20,attended\n",
        )
    )

    assert more.counts == {"participants": 1, "answers": 1, "calls": 1, "left_out": 0, "already_there": 23}


def test_a_plan_that_is_frozen_is_not_changed_by_another_meta(pack, take_in):
    take_in(pack())

    said = take_in(pack(meta='{"timepoints": ["pre", "post"], "suppress_below": 20}'))

    assert "meta.json, column suppress_below: differs from the frozen plan" in said.words
    assert Evaluation.objects.get().plan.content["suppress_below"] == 10


def test_meta_json_is_the_plan_and_taking_it_in_freezes_it(pack, take_in):
    meta = {
        "timepoints": ["pre", "post"], "labels": {"pre": "Before"}, "reliability": {"who5": 0.7},
        "direction": {"who5": -1},
        "cutoff": {"who5": [">=", 51]}, "mcid": {"who5": 9}, "primary": ["who5"], "complete_modules": 3,
        "suppress_below": 12,
        "cost": {"fixed": 100}, "covariates": ["age"], "no_system_outcomes": "nobody counted",
    }  # fmt: skip

    take_in(pack(meta=json.dumps(meta)))

    plan = Evaluation.objects.get(slug="elsewhere").plan
    assert {key: plan.content[key] for key in meta} == meta | {"labels": {"pre": "Before", "post": "POST"}}
    assert plan.frozen_at is not None


def test_the_evaluation_of_this_sites_people_takes_no_pack(pack, take_in, finished):
    said = take_in(pack(), programme="demonstration")

    assert "is about people of this site. Choose another name." in said.words


def test_an_empty_cell_is_an_unanswered_question(pack, take_in, give_out):
    said = take_in(pack(items=ITEMS.replace("A,pre,who5,1,3", "A,pre,who5,1,")))

    assert said.counts["answers"] == 19
    assert "A,pre,who5,1,\n" in (give_out() / "items_long.csv").read_text()
