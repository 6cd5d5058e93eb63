"""Names that people gave are printed as they gave them; codes of our own are made into words."""

import copy
from dataclasses import replace

import pytest
from django.utils import translation

from resilience.evaluation.reports import plain_change, sentences, tables_of_traits
from resilience.evaluation.reports.words import Words

WORDS = Words({"arm:a": "Calls now"}, {"pre": "Before", "t2": "After the modules"}, {})


@pytest.mark.parametrize(
    ("kind", "key", "printed"),
    [
        ("site", "ICU", "ICU"),
        ("site", "St Mary's Hospital", "St Mary's Hospital"),
        ("unit", "ward_7 North", "ward_7 North"),
        ("workplace", "ITU, Leeds", "ITU, Leeds"),
        ("arm", "wait_list A", "wait_list A"),
        ("arm", "a", "Calls now"),
        ("theme", "being heard by HR", "being heard by HR"),
        ("profession", "ODP", "ODP"),
        ("gender", "non-binary", "non-binary"),
        ("profession", "care_assistant", "Care assistant"),
        ("level", "first_years", "First years"),
        ("shifts", "days_and_nights", "Days and nights"),
        ("workplace", "other", "Other"),
        ("characteristic", "years_qualified", "Years qualified"),
        ("reason", "NO_TIME", "No time"),
    ],
)
def test_a_name_stands_as_it_was_given_and_a_code_as_words(kind, key, printed):
    assert WORDS.label(kind, key) == printed


@pytest.mark.parametrize(("key", "printed"), [("t2", "T2: After the modules"), ("pre", "pre: Before")])
def test_a_time_point_of_data_from_elsewhere_is_called_as_it_was_there(key, printed):
    assert WORDS.timepoint(key) == printed


def test_a_name_is_not_put_into_small_letters_within_a_sentence(made):
    figures = copy.deepcopy(made.release.figures)
    figures["characteristics"] |= {
        "site": {
            "missing": 0,
            "groups": {"ICU": {"n": 40, "percent": 60.6}, "St Mary's": {"n": 26, "percent": 39.4}},
        }
    }

    with translation.override("en-gb"):
        rows = [row.head for row in tables_of_traits.characteristics(figures, made.words).rows]
        said = sentences.characteristics(figures, made.words)

    assert {"Site", "ICU", "St Mary's"} <= set(rows)
    assert "ICU (60.6%)" in said
    assert "nurse (39.1%)" in said


def test_a_measures_title_is_not_put_into_small_letters(made):
    measure = replace(made.words.measures["coping_confidence"], title="Maslach ICU Inventory", short="")
    words = replace(made.words, measures=made.words.measures | {"coping_confidence": measure})

    with translation.override("en-gb"):
        said = " ".join(plain_change.told(made.release.figures, words))

    assert "We asked about “Maslach ICU Inventory”, on a scale" in said
