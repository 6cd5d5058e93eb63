import json
from codecs import BOM_UTF8
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience import clock
from resilience.evaluation import disclosure, published, releases, runs
from resilience.evaluation.disclosing import ten_five
from resilience.evaluation.models import (
    AnalysisRun,
    DatasetSnapshot,
    OrganisationRelease,
    PublishedFigures,
    RunState,
)
from resilience.measures import catalogue
from tests.resilience.evaluation.disclosing import programmes


@pytest.fixture(scope="module")
def shown() -> dict:
    raw = programmes.figures(programmes.grow(0))
    raw |= {"programme": "p", "synthetic": True, "version": "1"}
    raw["plan"]["primary"] = ["mood"]
    raw["measures"]["mood"]["reliable_change"] = {
        "t2": {"n": 60, "improved": 33, "unchanged": 21, "worse": 6}
    }
    return disclosure.release(raw).figures


@given(st.integers(0, 10_000))
def test_counts_under_ten_are_hidden_and_all_others_rounded_to_five(n):
    found = ten_five.count(n)["n"]

    assert (found is None) == (n < 10)
    assert found is None or (found % 5 == 0 and abs(found - n) <= 2.5)


def test_percentages_are_of_the_rounded_numbers_alone():
    assert ten_five.share(33, 62) == {"n": 35, "of": 60, "percent": 100 * 35 / 60}
    assert ten_five.share(9, 62) == {"n": None, "hidden": True, "of": 60, "percent": None}


def test_rounded_counts_never_say_that_it_was_everybody_or_nobody():
    assert ten_five.share(63, 67) == {"n": 65, "of": 65, "percent": None, "percent_at_least": 94}
    assert ten_five.share(67, 67) == ten_five.share(63, 67)
    assert ten_five.share(10, 5_000) == {"n": 10, "of": 5_000, "percent": None, "percent_below": 1}


@given(st.integers(10, 2_000), st.integers(0, 2_000))
def test_a_limit_is_true_of_every_count_that_is_rounded_so(part, others):
    found, exact = ten_five.share(part, part + others), 100 * part / (part + others)

    assert exact >= found.get("percent_at_least", 0)
    assert exact < found.get("percent_below", 101)
    assert found["percent"] is None or 0.5 <= found["percent"] < 99.5


def test_a_share_follows_from_what_is_printed_and_from_nothing_else():
    told = {}
    for whole in range(10, 120):
        for part in range(10, whole + 1):
            found = ten_five.share(part, whole)
            assert told.setdefault((found["n"], found["of"]), found) == found


def test_a_release_holds_no_number_that_is_no_multiple_of_five(shown):
    for path, value in _numbers(ten_five.figures(shown)):
        assert "percent" in path or value % 5 == 0, path


def _numbers(found, path=""):
    if isinstance(found, dict):
        for key, one in found.items():
            yield from _numbers(one, f"{path}.{key}")
    elif isinstance(found, int | float) and not isinstance(found, bool):
        yield path, found


def finished_report(evaluation, figures: dict, *, days: int = 0) -> AnalysisRun:
    now = clock.now() + timedelta(days=days)
    snapshot = DatasetSnapshot.objects.create(
        evaluation=evaluation, as_of=now, taken_at=now, checksum=f"{days}"
    )
    run = AnalysisRun.objects.create(
        evaluation=evaluation,
        snapshot=snapshot,
        as_of=now,
        asked_at=now,
        state=RunState.DONE,
        finished_at=now,
    )
    place = runs.folder(run)
    place.mkdir(parents=True)
    origin = {"as_of": now.isoformat(), "checksum": f"{days}", "left_out": {}}
    (place / "figures.json").write_text(json.dumps(figures | {"snapshot": origin}))
    return run


@pytest.mark.django_db
class TestMaking:
    def test_a_release_is_made_once_for_a_day(self, unanswered, shown, chi):
        finished_report(unanswered, shown)
        made = releases.make(evaluation=unanswered, by=chi, now=clock.now())

        with pytest.raises(releases.MadeAlready):
            releases.make(evaluation=unanswered, by=chi, now=clock.now())

        assert list(OrganisationRelease.objects.all()) == [made]

    def test_a_release_waits_until_ten_people_came_or_went(self, unanswered, shown, chi):
        finished_report(unanswered, shown)
        releases.make(evaluation=unanswered, by=chi, now=clock.now())
        few = shown | {"flow": shown["flow"] | {"consented": shown["flow"]["consented"] + 9}}
        finished_report(unanswered, few, days=1)

        with pytest.raises(releases.TooFewChanged):
            releases.make(evaluation=unanswered, by=chi, now=clock.now())

        many = shown | {"flow": shown["flow"] | {"consented": shown["flow"]["consented"] + 10}}
        finished_report(unanswered, many, days=2)
        assert releases.make(evaluation=unanswered, by=chi, now=clock.now())

    def test_without_a_report_there_is_nothing_to_release(self, unanswered, chi):
        with pytest.raises(releases.NoReport):
            releases.make(evaluation=unanswered, by=chi, now=clock.now())

    def test_what_a_report_showed_is_kept_and_bears_on_the_next_alone(self, unanswered, shown):
        first, second = (finished_report(unanswered, shown, days=day).snapshot for day in (0, 1))
        published.keep(first, disclosure.Release(shown), now=clock.now())

        assert published.before(first, version="1") == []
        assert len(published.before(second, version="1")) == 1
        published.keep(second, disclosure.Release(shown), now=clock.now() + timedelta(hours=1))
        assert published.before(first, version="1") == []
        assert PublishedFigures.objects.count() == 2

    def test_what_is_kept_is_enough_to_protect_what_was_hidden(self, unanswered, shown):
        snapshot = finished_report(unanswered, shown).snapshot
        published.keep(snapshot, disclosure.Release(shown), now=clock.now())
        kept = PublishedFigures.objects.get().figures
        raw = programmes.figures(programmes.grow(0), below=5, day=2)

        assert (
            disclosure.release(raw, before=[kept]).figures == disclosure.release(raw, before=[shown]).figures
        )


@pytest.mark.django_db
class TestPages:
    def test_the_pages_of_releases_make_show_and_hand_out(self, unanswered, shown, as_evaluator):
        finished_report(unanswered, shown)
        page = as_evaluator.post("/evaluations/new/releases/", follow=True)

        address = page.redirect_chain[-1][0]
        assert "Release of" in page.content.decode()
        assert as_evaluator.post("/evaluations/new/releases/").status_code == 422
        sheet = as_evaluator.get(f"{address}release.csv")
        assert sheet["Content-Type"].startswith("text/csv")
        assert b"part,what,people,of,percent" in sheet.content
        assert b"Synthetic data.,These people do not exist." in sheet.content
        assert b"100%" not in sheet.content
        assert as_evaluator.get("/evaluations/new/releases/2020-01-01/").status_code == 404
        assert as_evaluator.get("/evaluations/new/releases/today/").status_code == 404

    def test_a_release_is_in_words_and_not_in_keys(self, unanswered, shown, chi, as_evaluator):
        count = {"n": 40, "of": 60, "percent": 66.7}
        figures = ten_five.figures(shown) | {
            "acceptability": {"1": count},
            "characteristics": {"profession": {"nurse, ICU": count}},
            "reliable_change": {"who5": {"t2": {"improved": count}}},
        }
        OrganisationRelease.objects.create(
            evaluation=unanswered, day=clock.now().date(), made_at=clock.now(), made_by=chi, figures=figures
        )
        address = f"/evaluations/new/releases/{clock.now().date()}/"

        page = as_evaluator.get(address).content.decode()
        sheet = as_evaluator.get(f"{address}release.csv").content

        statement = catalogue.get("acceptability").items[0].text
        for words in (f"{catalogue.get('who5').name}, After", statement, "Nurse, ICU", "Reliably better"):
            assert words in page
        assert sheet.startswith(BOM_UTF8)

    def test_those_whose_group_nobody_told_are_called_so(self, unanswered, shown, as_evaluator):
        known = shown["core_or_optional"]
        told = next(iter(known["groups"].values()))
        finished_report(
            unanswered, shown | {"core_or_optional": known | {"groups": known["groups"] | {"not_told": told}}}
        )

        page = as_evaluator.get("/evaluations/new/core-or-optional/").content.decode()

        assert "Not told" in page
        assert "not_told" not in page

    def test_the_pages_on_calls_stand_before_any_report(self, unanswered, as_evaluator):
        assert b"No report is finished yet" in as_evaluator.get("/evaluations/new/core-or-optional/").content
        assert as_evaluator.get("/evaluations/new/scale-up/").status_code == 200

    def test_core_or_optional_is_read_from_the_newest_report(self, unanswered, shown, as_evaluator):
        finished_report(unanswered, shown)
        page = as_evaluator.get("/evaluations/new/core-or-optional/").content.decode()

        assert "People came into groups by chance" in page
        assert "Uptake and rating" in page

    def test_others_meet_nothing(self, unanswered, as_coach):
        for path in ("core-or-optional", "scale-up", "releases"):
            assert as_coach.get(f"/evaluations/new/{path}/").status_code == 404


@pytest.mark.django_db
class TestPlanner:
    def test_the_page_prints_each_input_and_what_follows_from_them(self, unanswered, as_evaluator):
        """Worked out again from the printed inputs alone."""
        asked = {"staff": "200", "uptake_central": "50", "missed_central": "20", "minutes_central": "30"}
        page = as_evaluator.get("/evaluations/new/scale-up/", asked)

        given = {field.name: float(field.value()) for field in page.context["form"]}
        people = given["staff"] * given["uptake_central"] / 100
        held = people * given["calls_each"]
        missed = held * given["missed_central"] / (100 - given["missed_central"])
        minutes = held * (given["minutes_central"] + given["preparation_central"] + given["notes"])
        minutes += missed * (given["minutes_lost"] + given["preparation_central"])
        printed = {head: cells[1] for head, cells in page.context["rows"]}
        assert printed["People with a call"] == f"{people:.1f}" == "100.0"
        assert printed["Coach hours in all"] == f"{minutes / 60:.1f}"
        cost = minutes / 60 * given["rate"] * (1 + given["supervision"] / 100) + given["fixed"]
        assert printed["Cost in all"] == f"{cost:,.0f}"
        for name in given:
            assert f'name="{name}"' in page.content.decode()

    def test_a_number_that_cannot_be_is_named_and_all_that_was_typed_stays(self, unanswered, as_evaluator):
        page = as_evaluator.get("/evaluations/new/scale-up/", {"staff": "many", "rate": "55"})

        assert page.status_code == 422
        assert 'value="many"' in page.content.decode()
        assert 'value="55"' in page.content.decode()
