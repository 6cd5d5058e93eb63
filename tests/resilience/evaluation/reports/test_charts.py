import xml.etree.ElementTree as ET

import pytest
from django.utils import translation

from resilience.evaluation.reports import charts, drawing


@pytest.mark.parametrize("key", ["flow", "forest", "paired"])
def test_a_chart_has_a_sentence_its_words_and_a_table_of_its_figures(made, key):
    chart = made.charts[key]

    assert chart.sentence.endswith(".")
    assert len(chart.alt) > 60
    assert chart.table in made.tables


@pytest.mark.parametrize("key", ["flow", "forest", "paired"])
def test_a_chart_is_text_in_our_font_and_says_nothing_of_when_it_was_made(made, key):
    svg = made.charts[key].svg

    assert "<text" in svg
    assert "Inter, InterExt" in svg
    assert "<dc:date>" not in svg
    assert ET.fromstring(svg).tag.endswith("svg")  # noqa: S314 - our own drawing


def test_the_same_figures_draw_the_same_bytes(made):
    again = charts.make(made.release, made.words)

    assert {key: chart.svg for key, chart in again.items()} == {
        key: chart.svg for key, chart in made.charts.items()
    }


@pytest.mark.parametrize(("language", "mark"), [("en-gb", "."), ("fr", ",")])
def test_numbers_along_an_axis_have_the_mark_of_the_reports_language(language, mark):
    with translation.override(language):
        drawn = drawing.draw(lambda figure: figure.subplots().plot([0, 1]), height=2, title="Change")

    assert f">0{mark}2<" in drawn


def test_the_forest_plot_turns_measures_where_lower_is_better(made):
    change = made.release.figures["measures"]["phq8"]["change"]["t4"]

    assert change["dz"] < 0
    assert f"PHQ-8 depression, T4 (n = {change['n']}): {-change['dz']:.2f}" in made.charts["forest"].alt


def test_nothing_is_drawn_of_nobody(made_of_nothing):
    assert made_of_nothing.charts == {}
