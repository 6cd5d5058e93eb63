"""No mark of a drawing can be shown to be one person, with all that a report tells of bands and of who is in them."""

import numpy
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from resilience.evaluation import disclosure, figures

NEXT = {1: 5, 5: 10, 10: numpy.inf}
ABOUT = 2  # how far the nearest five may be from what it stands for


@pytest.fixture
def raw(snapshot):
    return figures.compose(snapshot, version="1")


def alone(found: dict, about: int) -> list:
    """The marks, by measure and time point, that no solution lets stand for more than one person."""
    told = []
    for measure, one in found["measures"].items():
        first = next(iter(one["bands"]["scores"].values()), {}).get("counts")
        for when, moves in one["bands"]["pairs"].items():
            later = one["bands"]["scores"][when]["counts"]
            if moves["cells"] and first and later:
                told += [(measure, when, *cell) for cell in _forced(moves, first, later, about)]
    return told


def _forced(moves: dict, first: list, later: list, about: int) -> list:
    cells = moves["cells"]
    rows = [numpy.array([cell[0] == band for cell in cells], dtype=float) for band in range(len(first))]
    rows += [numpy.array([cell[1] == band for cell in cells], dtype=float) for band in range(len(later))]
    sums = LinearConstraint(numpy.array(rows), 0, numpy.array([*first, *later], dtype=float) + about)
    everybody = LinearConstraint(numpy.ones((1, len(cells))), moves["n"], moves["n"])
    bounds = Bounds([least for *_way, least in cells], [NEXT[least] - 1 for *_way, least in cells])
    found = []
    for place, cell in enumerate(cells):
        goal = numpy.zeros(len(cells))
        goal[place] = -1
        best = milp(goal, integrality=numpy.ones(len(cells)), bounds=bounds, constraints=[sums, everybody])
        if cell[2] == 1 and best.x is not None and round(best.x[place]) == 1:
            found.append(cell)
    return found


def test_no_mark_can_be_shown_to_be_one_person(raw):
    assert alone(disclosure.release(raw).figures, ABOUT) == []


def test_with_exact_counts_of_bands_many_marks_can(raw):
    """The positive control: what was told before."""
    assert len(alone(figures.plain(raw), 0)) > 20


def test_where_everybody_went_a_way_of_their_own_no_way_is_drawn(raw):
    moves = raw["measures"]["coping_confidence"]["bands"]["pairs"]["t4"]
    moves["cells"] = [[place, place + 1, 1] for place in range(10)]
    moves["n"] = 10

    found = disclosure.release(raw).figures["measures"]["coping_confidence"]["bands"]["pairs"]["t4"]

    assert (found["cells"], found["why"]) == (None, "everybody went a way of their own")
