import re
import xml.etree.ElementTree as ET

import pytest
from django.utils import translation

from resilience.evaluation.reports import chart_of_pairs, charts, drawing, sections

CLASSES = {1: "(1–4)", 5: "(5–9)", 10: "(10 or more)"}


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


def numbers(text: str) -> set[str]:
    """The numbers of a text without their signs: a forest plot turns what is better when lower."""
    return set(re.findall(r"(?<![\w.-])\d+(?:,\d{3})*(?:\.\d+)?(?!\w)", text))


def held(made, key: str) -> set[str]:
    """The numbers that the tables hold which a chart names."""
    tables = [made.tables[name] for name in sections.tables_of(made.charts[key]) if name in made.tables]
    assert tables
    return {
        number
        for table in tables
        for row in table.rows
        for text in (*table.columns, row.head, *row.cells)
        for number in numbers(text)
    }


DRAWN = ("forest", "flow", "attrition", "paired", "scatter", "agreement")


def told(chart) -> str:
    """The words of a chart without what is no figure of it."""
    return chart.alt.replace("95% CI", "")


@pytest.mark.parametrize("which", ["made", "made_by_hand", "made_of_two_arms", "made_without_calls"])
def test_the_tables_that_a_chart_names_hold_every_number_that_it_draws(which, request):
    made = request.getfixturevalue(which)
    finished = str(made.release.figures["plan"]["complete_modules"])  # of the words "finished 4 or more"

    drawn = [key for key in DRAWN if key in made.charts]
    assert len(drawn) >= 5
    for key in drawn:
        assert numbers(told(made.charts[key])) - held(made, key) <= {finished}, made.charts[key].alt


def test_every_way_between_bands_stands_in_the_table_under_the_drawing(made):
    rows = [row for row in made.tables["ways"].rows if not row.part]
    panels = chart_of_pairs.panels(made.release.figures)

    drawn = [CLASSES[at_least] for panel in panels for _before, _after, at_least in panel.cells]
    printed = [way[way.index("(") :] for row in rows for way in row.cells[2].split("; ") if "(" in way]
    assert sorted(printed) == sorted(drawn)


def test_a_chart_of_bands_names_the_table_of_its_ways(made):
    ways = made.tables["ways"].number

    assert f"The figures stand in Tables {made.tables['change'].number} and {ways}." in made.html
    assert f"The figures stand in Tables {ways} and {made.tables['reliable_change'].number}." in made.html


def test_the_flow_by_calls_stands_in_the_table_of_the_flow(made):
    rows = {row.head: row.cells for row in made.tables["flow"].rows}
    flow = made.release.figures["flow"]

    assert rows["Answered at T2, after the modules"][2:] == tuple(
        f"{flow[side]['answered']['t2']} ({100 * flow[side]['answered']['t2'] / flow[side]['started']:.1f}%)"
        for side in ("coached", "not_coached")
    )
