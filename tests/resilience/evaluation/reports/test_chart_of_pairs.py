"""Clouds show how many scored in each band, and lines what they stand for at the least."""

import copy

import pytest
from django.utils import translation

from resilience.evaluation.reports import chart_of_pairs

BEFORE = [0, 5, 10, 40, 20, 5, 0, 0, 0, 0, 0, 0]
AFTER = [0, 0, 5, 20, 30, 20, 5, 0, 0, 0, 0, 0]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en-gb"):
        yield


def with_clouds(made, *, before=BEFORE, after=AFTER, cells=((3, 4, 10), (2, 3, 1))) -> dict:
    """Figures of more people than lines are drawn of, on the primary measure alone."""
    figures = copy.deepcopy(made.release.figures)
    measure = figures["measures"]["coping_confidence"]
    figures["measures"] = {"coping_confidence": measure}
    measure["change"] = {"t2": measure["change"]["t2"] | {"n": 75}}
    measure["bands"] |= {
        "scores": {"t1": {"n": 82, "counts": before}, "t2": {"n": 79, "counts": after}},
        "pairs": {"t2": {"n": 75, "cells": [list(cell) for cell in cells]}},
    }
    return figures


def test_a_clouds_width_follows_how_many_scored_in_each_band(made):
    panel = chart_of_pairs.panels(with_clouds(made))[0]

    before, after = chart_of_pairs.cloud_widths(panel)

    assert before == pytest.approx([chart_of_pairs.WIDEST * n / 40 for n in BEFORE])
    assert after == pytest.approx([chart_of_pairs.WIDEST * n / 40 for n in AFTER])


def test_the_classes_of_ways_between_bands_change_no_cloud(made):
    first = chart_of_pairs.pairs(with_clouds(made), made.words)
    second = chart_of_pairs.pairs(with_clouds(made, cells=[(0, 9, 10), (9, 0, 5)]), made.words)
    third = chart_of_pairs.pairs(with_clouds(made, after=AFTER[::-1]), made.words)

    assert first.svg == second.svg
    assert first.svg != third.svg


def test_the_words_of_a_cloud_are_those_of_its_shape(made):
    chart = chart_of_pairs.pairs(with_clouds(made), made.words)

    assert "T1 about 0, 5, 10, 40, 20, 5, 0" in chart.alt
    assert "T2 about 0, 0, 5, 20, 30, 20, 5" in chart.alt
    assert "n = 82" in chart.svg
    assert "n = 79" in chart.svg
    assert "about how many of all who answered then scored in each band" in chart.sentence


def test_a_band_of_nobody_is_not_drawn(made):
    drawn = chart_of_pairs.pairs(with_clouds(made), made.words).svg.count("<path")
    fewer = chart_of_pairs.pairs(with_clouds(made, before=[0] * 3 + BEFORE[3:]), made.words).svg.count(
        "<path"
    )

    assert drawn - fewer == 2


@pytest.mark.parametrize("gone", ["before", "after"])
def test_where_it_is_not_told_how_many_scored_in_each_band_no_cloud_is_drawn(made, gone):
    assert chart_of_pairs.pairs(with_clouds(made, **{gone: None}), made.words) is None


def test_lines_say_how_many_they_stand_for_at_the_least(made):
    figures = with_clouds(made)
    figures["measures"]["coping_confidence"]["change"]["t2"]["n"] = 40

    chart = chart_of_pairs.pairs(figures, made.words)

    assert "40 people: 2 ways between bands, at least 11 people to a better band" in chart.alt
