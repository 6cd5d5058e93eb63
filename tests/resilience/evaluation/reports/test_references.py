"""The group that others are set against is named wherever a model adjusts for a category."""

import copy

import pytest
from django.utils import translation

from resilience.evaluation.disclosing import hiding
from resilience.evaluation.reports import tables_of_models, tables_of_time

NURSE = "Groups are set against the commonest one in the model. Profession: Nurse."
TABLES = {
    "predictors": tables_of_time.predictors,
    "analysis of covariance": tables_of_models.coached_difference,
}


@pytest.fixture
def figures(made) -> dict:
    return copy.deepcopy(made.release.figures)


def notes(maker, figures, words) -> str:
    with translation.override("en-gb"):
        return " ".join(maker(figures, words).notes)


@pytest.mark.parametrize("name", TABLES)
def test_the_table_names_the_group_that_the_others_are_set_against(figures, made, name):
    assert NURSE in notes(TABLES[name], figures, made.words)


def test_the_group_that_is_named_is_the_one_without_an_odds_ratio(figures):
    for one in figures["missing"]["predictors"].values():
        for trait, group in one["references"].items():
            assert f"{trait}={group}" not in one["odds"]
            assert group in figures["characteristics"][trait]["groups"]


def test_where_it_differs_between_models_both_are_named(figures, made):
    found = figures["measures"]["coping_confidence"]["coached_difference"]
    found["t3"] = found["t2"] | {"references": {"profession": "doctor", "site": "ICU"}}

    said = notes(tables_of_models.coached_difference, figures, made.words)

    assert "Profession: Doctor or Nurse; Site: ICU." in said


def test_a_group_that_is_hidden_is_not_named(figures, made):
    for measure in figures["measures"].values():
        for when, one in measure.get("coached_difference", {}).items():
            if when != "t2":
                measure["coached_difference"][when] = hiding.blank(one, keep=("n", "coached"))
            else:
                one["references"] = {}

    assert "set against" not in notes(tables_of_models.coached_difference, figures, made.words)
