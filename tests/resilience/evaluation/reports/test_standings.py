from dataclasses import replace

import pytest

from resilience.evaluation import plan_words
from resilience.evaluation.analysis import frozen_plan
from resilience.evaluation.reports import sections, standings, table


def test_every_table_and_every_chart_of_the_report_is_of_a_kind_that_a_plan_can_name():
    tables = {key for keys in standings.OF_TABLES.values() for key in keys}
    charts = {key for keys in standings.OF_CHARTS.values() for key in keys}

    assert set(sections.keys_of_tables()) - tables == set(standings.NO_FIGURES)
    assert set(sections.keys_of_charts()) == charts
    assert {*standings.OF_TABLES, *standings.OF_CHARTS} == set(frozen_plan.ANALYSES)


def test_the_form_has_words_for_every_kind():
    assert set(plan_words.ANALYSES) == set(frozen_plan.ANALYSES)


@pytest.mark.parametrize("which", ["made", "made_by_hand", "made_of_two_arms", "made_without_calls"])
def test_every_table_and_chart_says_whether_it_was_planned(which, request):
    made = request.getfixturevalue(which)

    silent = [one.key for one in (*made.tables.values(), *made.charts.values()) if not one.standing]

    assert silent == list(standings.NO_FIGURES)
    assert made.html.count('<span class="standing">') == len(made.tables) + len(made.charts) - 1


def test_a_kind_that_an_older_plan_could_not_name_was_not_planned(snapshot):
    older = replace(snapshot.dataset.plan, analyses=frozen_plan.FIRST_ANALYSES)
    figures = {"plan": {"analyses": list(older.analyses)}}

    assert standings.of_table(figures, "change") == "planned"
    assert standings.of_table(figures, "last_score") == "not planned"
    assert table.standing({"plan": {}}, "change") == ""
