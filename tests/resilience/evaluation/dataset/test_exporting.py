import csv
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from resilience.coaching.models import Booking, Coach
from resilience.evaluation import gather
from resilience.evaluation.dataset import exporting, values
from resilience.participants.models import Enrolment
from tests.factories import datasets

pytestmark = pytest.mark.django_db


def codes(folder):
    return {row["participant"] for row in datasets.rows(folder / "participants.csv")}


def test_this_sites_people_get_other_codes_in_each_release(finished, give_out):
    first, second = give_out("demonstration", to="first"), give_out("demonstration", to="second")

    assert len(codes(first)) == 66
    assert not codes(first) & codes(second)
    assert not codes(first) & {str(row.respondent_id) for row in Enrolment.objects.all()}


def test_an_export_holds_those_who_let_us_use_their_answers_and_their_answers(finished, give_out, tuesday):
    out = give_out("demonstration")

    frozen = gather.dataset(gather.Cohort(finished, as_of=tuesday))
    assert len(datasets.rows(out / "items_long.csv")) == len(frozen.answers)
    assert len(datasets.rows(out / "calls.csv")) == len(frozen.calls)
    scored = [row for row in datasets.rows(out / "scores.csv") if row["instrument"] == "who5"]
    assert sorted(float(row["score"]) for row in scored if row["score"]) == sorted(
        row.value for row in frozen.scores if row.measure == "who5" and row.value is not None
    )


def test_the_way_in_which_two_talked_is_in_the_export(finished, give_out):
    first = Booking.objects.filter(calls__outcome="FULFILLED").first()
    Booking.objects.filter(pk=first.pk).update(way="VIDEO")

    ways = [row["way"] for row in datasets.rows(give_out("demonstration") / "calls.csv")]

    assert (ways.count("video"), set(ways)) == (1, {"video", "phone"})


def test_the_coachs_background_is_in_the_export_where_it_is_written_down(finished, give_out):
    first = Coach.objects.filter(slug__startswith="finished-coach").order_by("slug").first()
    Coach.objects.filter(pk=first.pk).update(is_clinical=True)

    rows = datasets.rows(give_out("demonstration") / "calls.csv")

    assert len({row["coach"] for row in rows if row["coach_background"] == "clinical"}) == 1
    assert {row["coach_background"] for row in rows} == {"clinical", ""}


def test_an_export_holds_no_date(finished, give_out):
    out = give_out("demonstration")

    for name in ("participants.csv", "items_long.csv", "calls.csv", "scores.csv", "meta.json"):
        assert not re.search(r"20\d\d-\d\d", (out / name).read_text())


def test_what_this_site_gives_out_another_can_take_in(finished, give_out, take_in):
    said = take_in(give_out("demonstration"))

    assert said.words == "calls.csv: column “way” is for your own analysis and is not taken in\n"
    assert said.counts["participants"] == 66


def test_the_codebook_tells_each_item_and_scale(finished, give_out):
    rows = datasets.rows(give_out("demonstration") / "codebook.csv")

    items = [row for row in rows if row["instrument"] == "who5" and row["item"]]
    assert [row["values"].split("; ")[0] for row in items] == ["5 = All of the time"] * 5
    (scale,) = [row for row in rows if row["instrument"] == "who5" and row["scale"]]
    assert (scale["method"], scale["range"], scale["direction"]) == ("who5.total.1", "0 to 100", "1")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\t=1", "'=1", "''=1", "＝1", "|calc", "plain", "'tis"]
)
def test_a_text_is_never_a_formula_and_comes_back_as_it_was(text):
    written = exporting.cell(text)

    assert not written.startswith(values.FORMULA)
    assert values.unmarked(written) == text


def test_a_planted_formula_goes_through_an_export_and_back(tmp_path, take_in, give_out):
    pack = datasets.write(tmp_path / "pack", people=3, extras=False)
    people = pack / "participants.csv"
    people.write_text(
        people.read_text().replace('"Ward ""7"""', "=cmd()").replace("ICU", "=cmd()").replace("ED", "=cmd()")
    )
    take_in(pack)

    out = give_out()

    with (out / "participants.csv").open(newline="") as file:
        assert {row["unit"] for row in csv.DictReader(file)} == {"'=cmd()"}
    take_in(out, programme="again")
    assert (give_out("again", to="again") / "participants.csv").read_text() == (
        out / "participants.csv"
    ).read_text()


def test_a_folder_keeps_what_else_it_holds_and_a_file_in_its_place_is_refused(finished, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")

    call_command("export_dataset", evaluation="demonstration", out=tmp_path, stdout=StringIO())

    assert (tmp_path / "notes.txt").read_text() == "mine"
    with pytest.raises(CommandError, match="is a file"):
        call_command("export_dataset", evaluation="demonstration", out=tmp_path / "notes.txt")
    with pytest.raises(CommandError, match="There are: demonstration"):
        call_command("export_dataset", evaluation="nothing", out=tmp_path)
