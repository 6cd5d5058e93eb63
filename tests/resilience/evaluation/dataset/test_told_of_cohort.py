"""A pack carries what its rows cannot: who is not in it, that people do not exist, when nobody had had a call."""

import csv
import json
import shutil

import pytest

from resilience import clock
from resilience.evaluation import figures, snapshots
from resilience.evaluation.models import Evaluation
from tests.factories import datasets

pytestmark = pytest.mark.django_db


def told_of(slug: str) -> figures.Figures:
    """What a report of an evaluation would say."""
    evaluation, now = Evaluation.objects.get(slug=slug), clock.now()
    frozen = snapshots.load(snapshots.take(evaluation=evaluation, as_of=now, now=now))
    return figures.compose(frozen, version="1")


def without_meta(pack):
    shutil.copytree(pack, pack.with_name("bare"))
    (pack.with_name("bare") / "meta.json").unlink()
    return pack.with_name("bare")


@pytest.fixture
def pack(finished, give_out):
    """The pack of the finished synthetic cohort."""
    return give_out("demonstration")


def test_a_report_of_the_pack_has_the_flow_of_the_original(pack, take_in):
    before = told_of("demonstration")

    assert "“way”" in take_in(pack).words

    after = told_of("elsewhere")
    others = {"declined_because", "stopped_because"}  # reasons are in no pack
    for key in set(before["flow"]) - others:
        assert after["flow"][key] == before["flow"][key], key
    assert before["flow"]["registered"] == 70
    assert after["snapshot"]["left_out"] == before["snapshot"]["left_out"]
    assert after["snapshot"]["not_told"] == ["reasons"]
    assert after["context"]["calls_before"] == before["context"]["calls_before"]


def test_nobody_of_the_finished_cohort_had_a_call_before_t2(pack):
    told = json.loads((pack / "meta.json").read_text())

    assert told["calls_before"] == {"t2": False, "t3": True, "t4": True}
    assert told["not_in_pack"] == {"no_consent": 4, "test": 0, "erased": 0}


def test_every_row_about_people_who_do_not_exist_says_so(pack):
    for name in ("participants.csv", "items_long.csv", "calls.csv", "scores.csv"):
        assert all(row["participant"].startswith("synthetic-") for row in datasets.rows(pack / name)), name


def test_a_pack_that_lost_its_meta_keeps_its_synthetic_mark(pack, take_in):
    take_in(without_meta(pack))

    told = told_of("elsewhere")
    assert told["synthetic"] is True
    assert told["snapshot"]["not_told"] == ["no_consent", "test", "erased", "reasons"]


def test_people_who_do_not_exist_are_not_taken_in_among_those_who_do(pack, small, take_in):
    take_in(small)

    said = take_in(without_meta(pack))

    assert said.counts is None
    assert "these people do not exist" in said.words


def test_a_pack_from_elsewhere_does_not_tell_whether_its_people_exist(small, take_in, give_out):
    take_in(small)

    assert told_of("elsewhere")["synthetic"] is False
    assert "synthetic" in told_of("elsewhere")["snapshot"]["not_told"]
    assert "synthetic" not in json.loads((give_out() / "meta.json").read_text())


def test_who_said_no_in_a_pack_counts_among_those_who_are_not_in_the_next(small, take_in, give_out):
    meta = json.loads((small / "meta.json").read_text())
    (small / "meta.json").write_text(json.dumps(meta | {"not_in_pack": {"no_consent": 2}}))
    rows = datasets.rows(small / "participants.csv")
    rows[0]["consented"] = "0"
    with (small / "participants.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)

    take_in(small)

    assert told_of("elsewhere")["snapshot"]["left_out"]["no_consent"] == 3
    assert json.loads((give_out() / "meta.json").read_text())["not_in_pack"]["no_consent"] == 3


@pytest.mark.parametrize(
    "wrong",
    [{"not_in_pack": {"no_consent": -1}}, {"not_in_pack": {"ghosts": 1}}, {"calls_before": {"t2": "no"}}],
    ids="".join,
)
def test_what_is_told_oddly_is_refused(small, take_in, wrong):
    meta = json.loads((small / "meta.json").read_text())
    (small / "meta.json").write_text(json.dumps(meta | wrong))

    said = take_in(small)

    assert said.counts is None
    assert "meta.json" in said.words
