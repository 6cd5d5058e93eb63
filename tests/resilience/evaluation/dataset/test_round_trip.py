import json

import pytest

from resilience.evaluation.models import ImportedPerson
from resilience.measures.models import Response, Score
from tests.factories import datasets

pytestmark = pytest.mark.django_db
FILES = ("participants.csv", "items_long.csv", "calls.csv", "comments_coding.csv")


@pytest.mark.postgres_too
@pytest.mark.parametrize("people", [150, pytest.param(1500, marks=pytest.mark.long)])
def test_a_pack_goes_in_and_comes_out_equal(people, tmp_path, take_in, give_out):
    pack = datasets.write(tmp_path / "pack", people=people)

    said = take_in(pack)
    out = give_out()

    answers = [row for row in datasets.rows(pack / "items_long.csv") if row["value"]]
    assert said.counts == {
        "participants": people,
        "answers": len(answers),
        "calls": len(datasets.rows(pack / "calls.csv")),
        "left_out": 0,
        "already_there": 0,
    }
    for name in FILES[:3]:
        assert datasets.rows(out / name) == datasets.rows(pack / name)
    assert _themes(out) == _themes(pack)
    given, told = (json.loads((place / "meta.json").read_text()) for place in (pack, out))
    assert {key: _of_those_given(told[key], value) for key, value in given.items()} == given


def _themes(place):
    """The coded comments; an export marks a theme that a spreadsheet would take for a formula."""
    rows = datasets.rows(place / "comments_coding.csv")
    return [{key.removeprefix("'"): value for key, value in row.items()} for row in rows]


def _of_those_given(told, given):
    return {key: told[key] for key in given} if isinstance(given, dict) else told


def test_what_came_out_goes_in_elsewhere_and_comes_out_the_same(small, take_in, give_out):
    take_in(small)
    first = give_out(to="first")

    take_in(first, programme="another")

    second = give_out("another", to="second")
    names = {path.name for path in first.iterdir()}
    assert names == {path.name for path in second.iterdir()}
    for name in names:
        assert (first / name).read_text() == (second / name).read_text()


def test_a_pack_that_does_not_tell_the_coachs_background_comes_out_without_it(small, take_in, give_out):
    rows = [line.rpartition(",")[0] for line in (small / "calls.csv").read_text().splitlines()]
    (small / "calls.csv").write_text("\n".join(rows) + "\n")

    said = take_in(small)

    assert said.words == ""
    assert datasets.rows(give_out() / "calls.csv") == datasets.rows(small / "calls.csv")


def test_a_call_with_another_background_than_before_stays_as_it_was(small, take_in, give_out):
    take_in(small)
    calls = small / "calls.csv"
    calls.write_text(calls.read_text().replace(",not_clinical", ",clinical"))

    said = take_in(small, leave_out=True)

    assert said.counts["left_out"] > 0
    assert "not_clinical" in (give_out() / "calls.csv").read_text()


def test_the_same_pack_twice_changes_nothing(small, take_in):
    first = take_in(small).counts
    stored = [model.objects.count() for model in (ImportedPerson, Response, Score)]

    second = take_in(small).counts

    assert second == {
        "participants": 0,
        "answers": 0,
        "calls": 0,
        "left_out": 0,
        "already_there": first["participants"] + first["answers"] + first["calls"],
    }
    assert [model.objects.count() for model in (ImportedPerson, Response, Score)] == stored


OF_NOBODY = {
    "kind": "research",
    "approval": "=26/NW/0123",
    "exposure": 2,
    "analyses": ["change"],
    "approached": {"email": 160},
    "complaints": 0,
    "system": {"absence": {'وحدة "1"': {"2026 Q1": 4.5}}, "climate_unsure": {"Ward 2": {"2026 Q1": 3}}},
}


def test_what_a_pack_tells_of_the_plan_and_of_units_comes_out_again(small, take_in, give_out):
    meta = json.loads((small / "meta.json").read_text())
    meta.pop("no_system_outcomes", None)
    (small / "meta.json").write_text(json.dumps(meta | OF_NOBODY))

    take_in(small)

    told = json.loads((give_out() / "meta.json").read_text())
    assert {key: told[key] for key in OF_NOBODY} == OF_NOBODY
    assert "no_system_outcomes" not in told


@pytest.mark.parametrize(
    "wrong",
    [
        {"system": {"sickness": {"Ward 1": {"2026 Q1": 4}}}},
        {"system": {"absence": {"Ward 1": {"2026 Q1": 101}}}},
        {"system": {"absence": {"Ward 1": 4}}},
        {"system": {"absence": {"w" * 301: {"2026 Q1": 4}}}},
        {"kind": "trial"},
        {"analyses": ["everything"]},
        {"exposure": 0},
        {"approached": {"email": -1}},
        {"complaints": -1},
        {"complaints": 10**19},
        {"primary_timepoints": ["never"]},
    ],
    ids="".join,
)
def test_a_pack_that_tells_it_oddly_is_refused(small, take_in, wrong):
    meta = json.loads((small / "meta.json").read_text())
    (small / "meta.json").write_text(json.dumps(meta | wrong))

    said = take_in(small)

    assert said.counts is None
    assert "meta.json" in said.words
    assert not ImportedPerson.objects.exists()
