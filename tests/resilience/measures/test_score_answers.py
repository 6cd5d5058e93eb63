import csv
import io

import pytest
from django.core.management import CommandError, call_command

from resilience.measures import answers_file

pytestmark = pytest.mark.django_db
WHO5 = [("a", "who5", str(item), value) for item, value in enumerate("54321", start=1)]


@pytest.fixture
def score(tmp_path):
    """Return what the command writes for rows: the rows of its output, and what it said beside them."""

    def run(rows, *, text: str | None = None, encoding: str = "utf-8") -> tuple[list[dict], str]:
        made = text or "\n".join(",".join(row) for row in [answers_file.ASKED_FOR, *rows]) + "\n"
        path = tmp_path / "answers.csv"
        path.write_text(made, encoding=encoding)
        out, err = io.StringIO(), io.StringIO()
        call_command("score_answers", path, stdout=out, stderr=err)
        return list(csv.DictReader(io.StringIO(out.getvalue()))), err.getvalue()

    return run


def test_answers_in_a_file_are_scored_without_a_person_or_a_licence(score):
    brs = [("b", "brs", str(item), value) for item, value in enumerate("425132", start=1)]

    scores, said = score([*WHO5, *brs])

    assert scores[0] == {
        "record": "a", "instrument": "who5", "scale": "total", "score": "60.0", "n_answered": "5", "prorated": "0",
        "invalid": "0",
    }  # fmt: skip
    assert float(scores[1]["score"]) == pytest.approx(25 / 6)
    assert said == ""


def test_an_unanswered_item_is_empty_and_what_is_filled_in_is_marked(score):
    rows = [("a", "phq9", str(item), "" if item > 7 else "2") for item in range(1, 10)]

    (scored,), _said = score(rows)

    assert (scored["score"], scored["n_answered"], scored["prorated"]) == ("18.0", "7", "1")


def test_a_record_that_cannot_be_scored_stands_there_without_a_score(score):
    (scored,), _said = score(WHO5[:4])

    assert (scored["score"], scored["n_answered"], scored["invalid"]) == ("", "4", "0")


@pytest.mark.parametrize("value", ["6", "-1", "abc", "2.5"])
def test_a_value_that_is_not_offered_makes_its_record_invalid_and_the_rest_go_on(score, value):
    good = [("b", *row[1:]) for row in WHO5]

    scores, said = score([*WHO5[:4], ("a", "who5", "5", value), *good])

    assert [(row["record"], row["score"], row["invalid"]) for row in scores] == [
        ("a", "", "1"),
        ("b", "60.0", "0"),
    ]
    assert f"row 6: item 5: {value} is not one of its answers; record a, who5 is not scored" in said


def test_one_answer_given_twice_counts_once_and_two_different_ones_make_the_record_invalid(score):
    assert score([*WHO5, WHO5[0]])[0][0]["score"] == "60.0"
    scores, said = score([*WHO5, ("a", "who5", "1", "0")])

    assert scores[0]["invalid"] == "1"
    assert "row 7: item 1 is answered twice, differently" in said


def test_unknown_instruments_and_items_are_named_by_row_and_left_out(score):
    scores, said = score([*WHO5, ("a", "mbi", "1", "3"), ("a", "who5", "6", "3"), ("", "who5", "1", "3")])

    assert len(scores) == 1
    assert "row 7: there is no instrument “mbi”" in said
    assert "row 8: who5 has no item 6" in said
    assert "row 9: the record has no name" in said


def test_rows_in_any_order_give_the_same_scores(score):
    rows = [(record, *row[1:]) for row in WHO5 for record in ("c", "a", "b")]

    scores, _said = score(rows)

    assert [(row["record"], row["score"]) for row in scores] == [("c", "60.0"), ("a", "60.0"), ("b", "60.0")]


def test_a_file_saved_by_a_spreadsheet_with_a_mark_and_semicolons_is_read(score):
    text = "record;instrument;item;value\n" + "".join(";".join(row) + "\n" for row in WHO5)

    scores, _said = score([], text=text, encoding="utf-8-sig")

    assert scores[0]["score"] == "60.0"


def test_a_sorted_file_is_never_held_as_a_whole(tmp_path, monkeypatch):
    path = tmp_path / "answers.csv"
    lines = [",".join((f"r{number:05}", *row[1:])) for number in range(300) for row in WHO5]
    path.write_text("\n".join([",".join(answers_file.ASKED_FOR), *lines]))
    monkeypatch.setattr(answers_file, "_gathered", None)

    scores = answers_file.scored(path, say=pytest.fail)

    assert next(scores)[3] == 60.0
    assert sum(1 for _row in scores) == 299


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"record,instrument,item\n", "the column value is missing"),
        (b"record,instrument\xff", "cannot be read as CSV"),
    ],
    ids=["a column missing", "not UTF-8"],
)
def test_a_file_that_is_none_is_refused_with_the_reason(tmp_path, written, said):
    path = tmp_path / "answers.csv"
    path.write_bytes(written)

    with pytest.raises(CommandError, match=said):
        call_command("score_answers", path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("score_answers", tmp_path / "nowhere.csv")
