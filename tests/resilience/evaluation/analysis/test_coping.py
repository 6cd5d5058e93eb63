"""Ways of coping that people seldom speak of (R10): means of groups beside the climate, and never alone."""

from dataclasses import replace

import pytest

from resilience.evaluation import disclosure, figures
from resilience.evaluation.analysis import coping
from resilience.evaluation.analysis.frozen import Measure
from tests.resilience.evaluation.analysis.columns_by_hand import MOOD, columns

DENIAL = Measure(
    "brief_cope.denial", "brief_cope", "Denial", (3, 8), 2, 8, 1, 4, 1, timepoints=("t1", "t2"), apart=True
)
CLIMATE = {"climate_asking": {"Ward A": {"2026 Q1": 3.4}}}


def asked(n: int, *, system: dict | None):
    """So many people with a mood, of whom all answered the two questions as well: 3 and 5 by turns."""
    import numpy

    table = columns({"t1": [4.0] * n, "t2": [5.0] * n})
    scores = numpy.array([3.0, 5.0] * n)[:n]
    return replace(
        table,
        apart=(DENIAL,),
        scores={**table.scores, (DENIAL.key, "t1"): scores},
        context={"system": system} if system else {},
    )


def test_each_time_point_gives_the_mean_of_everybody_who_was_asked():
    found = coping.summarise(asked(12, system=CLIMATE))[DENIAL.key]

    assert (found["t1"].n, found["t1"].mean, found["t1"].sd) == (12, 4.0, pytest.approx(1.0445, abs=1e-4))
    assert (found["t2"].n, found["t2"].why) == (0, "no answers")


@pytest.mark.parametrize("system", [None, {"absence": {"Ward A": {"2026 Q1": 4.1}}}])
def test_without_the_climate_no_figure_of_it_is_worked_out(system):
    found = figures.of_columns(asked(12, system=system))["coping"]

    assert found == {"why": "no unit told of its climate: ways of coping are not shown alone"}


def test_they_are_in_no_other_table():
    found = figures.of_columns(asked(12, system=CLIMATE))

    assert set(found["measures"]) == {MOOD.key}
    assert [
        path for path, _one in figures.leaves(found) if "denial" in path and not path.startswith("coping")
    ] == []


def test_where_nobody_was_asked_there_is_nothing():
    assert "coping" not in figures.of_columns(columns({"t1": [4.0] * 12, "t2": [5.0] * 12}))


@pytest.mark.parametrize(("n", "hidden"), [(9, True), (10, False)])
def test_of_fewer_than_ten_people_no_mean_leaves(n, hidden):
    told = disclosure.release(figures.of_columns(asked(n, system=CLIMATE))).figures["coping"][DENIAL.key][
        "t1"
    ]

    assert (told["mean"] is None, told["n"] is None, bool(told.get("hidden"))) == (hidden, hidden, hidden)
