from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.evaluation.exports import generalising

FACTS = st.tuples(
    st.sampled_from(["nurse", "doctor", "midwife"]),
    st.sampled_from(["North", "South", None]),
    st.sampled_from(["woman", "man", None]),
    st.sampled_from(["ICU", "ED"]),
    st.sampled_from([20, 30, 40, None]),
    st.sampled_from([0, 5, None]),
)


def those_who_fit(knows, shown):
    """How many rows somebody must think of who knows everything about one person: nothing shown speaks against it."""
    return sum(
        count
        for facts, count in shown.items()
        if all(
            fact in (None, known)
            for fact, known in zip(generalising.cells(facts).values(), knows, strict=True)
        )
    )


def released(people):
    shown = generalising.shown(Counter(people))
    return Counter(shown[person] for person in people)


@given(st.lists(FACTS, min_size=generalising.FEWEST, max_size=60))
def test_whoever_knows_every_fact_of_somebody_still_has_five_rows_to_choose_from(people):
    rows = released(people)

    assert sum(rows.values()) == len(people)
    for person in people:
        assert those_who_fit(person, rows) >= generalising.FEWEST


def test_the_same_intruder_picks_people_out_of_exact_facts():
    people = [("nurse", "North", "woman", "ICU", 30, 5)] * 6 + [("doctor", "North", "man", "ICU", 30, 5)]

    assert those_who_fit(people[-1], Counter(people)) == 1
    assert those_who_fit(people[-1], released(people)) >= generalising.FEWEST


def test_what_is_shared_by_many_stays():
    people = [("nurse", "North", "woman", None, None, None)] * 5 + [
        ("nurse", "South", "man", None, None, None)
    ] * 5

    assert set(released(people)) == set(people)


@pytest.mark.parametrize("n", [0, 1, 4])
def test_of_fewer_than_five_people_nothing_is_shown(n):
    assert set(released([("nurse", "North", "woman", "ICU", 30, 5)] * n)) <= {()}


def test_ages_stand_in_steps_of_ten_years_and_years_of_work_in_fives():
    assert generalising.coarse({"age": 37, "years_qualified": 12.5, "unit": ""})[3:] == (None, 30, 10)
