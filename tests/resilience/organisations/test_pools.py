"""Whatever was ever shown, and whatever is taken from what: ten people or more are left, or none."""

from collections.abc import Callable, Mapping
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from resilience.organisations import pools
from resilience.organisations.pools import PEOPLE, WHOLE, Pools, Sums

EMPTY = Pools({}, {})
PLACES = ("", "ward 4", "theatre", "maternity")
PEOPLE_WHO_TELL = st.lists(
    st.tuples(st.sampled_from(PLACES), st.sets(st.sampled_from(["STAFFING", "ROTA"]), min_size=1)),
    max_size=120,
)
Tables = list[Mapping[str, Sums]]


def tables(told: list[tuple[str, set[str]]], add: Callable = pools.add) -> Tables:
    """Return each table that was shown while these people told, one after the other."""
    now, found = EMPTY, [{}]
    for place, factors in told:
        now = add(now, place=place, factors=factors)
        if now.shown != found[-1]:
            found.append(now.shown)
    return found


def shown_at_once(before: Pools, *, place: str, factors: set[str]) -> Pools:
    """Show each place from ten people on, as it stands: what a first idea would do."""
    counted = pools._with(before.waiting, place, dict.fromkeys([PEOPLE, *factors], 1))
    whole = pools._sum(counted.values())
    there = {key: sums for key, sums in counted.items() if key and sums[PEOPLE] >= 10}
    return Pools(counted, {WHOLE: whole, **there} if whole[PEOPLE] >= 10 else {})


def smallest_group(found: Tables) -> int:
    """Return the fewest people whom somebody can tell apart by taking one shown number from another."""
    sizes = {0}
    for later in range(len(found)):
        for earlier in range(later + 1):
            grown = {place: _grown(found, place, earlier, later) for place in PLACES}
            sizes |= _left(grown)
            sizes |= _left({**{place: found[earlier].get(place, {}).get(PEOPLE, 0) for place in PLACES[1:]},
                            WHOLE: found[later].get(WHOLE, {}).get(PEOPLE, 0)})  # fmt: skip
    return min(size for size in sizes if size) if sizes != {0} else 0


def _grown(found: Tables, place: str, earlier: int, later: int) -> int:
    return found[later].get(place, {}).get(PEOPLE, 0) - found[earlier].get(place, {}).get(PEOPLE, 0)


def _left(people: Mapping[str, int]) -> set[int]:
    units = [people[place] for place in PLACES[1:]]
    subsets = [sum(some) for size in range(len(units) + 1) for some in combinations(units, size)]
    return {*units, *(people[WHOLE] - taken for taken in subsets)}


@given(PEOPLE_WHO_TELL)
def test_no_difference_between_what_was_ever_shown_leaves_fewer_than_ten(told):
    assert smallest_group(tables(told)) in {0, *range(10, 121)}


def test_the_same_attack_finds_single_people_where_each_place_is_shown_as_it_stands():
    told = [("ward 4", {"STAFFING"})] * 10 + [("theatre", {"ROTA"})] + [("ward 4", {"STAFFING"})]

    assert smallest_group(tables(told, shown_at_once)) == 1
    assert smallest_group(tables(told)) == 10


@given(PEOPLE_WHO_TELL)
def test_everybody_is_counted_once_waiting_or_shown(told):
    now = EMPTY
    for place, factors in told:
        now = pools.add(now, place=place, factors=factors)

    waiting = sum(sums[PEOPLE] for sums in now.waiting.values())
    assert waiting + now.shown.get(WHOLE, {PEOPLE: 0})[PEOPLE] == len(told)


def test_nine_are_not_shown_and_ten_are_shown_for_the_organisation_alone():
    nine = tables([("ward 4", {"STAFFING"})] * 9)
    ten = tables([("ward 4", {"STAFFING"})] * 10)

    assert nine == [{}]
    assert ten[-1] == {WHOLE: {PEOPLE: 10, "STAFFING": 10}}


def test_a_unit_is_shown_once_ten_more_of_its_own_have_told():
    shown = tables([("ward 4", {"STAFFING"})] * 19)[-1], tables([("ward 4", {"STAFFING"})] * 20)[-1]

    assert "ward 4" not in shown[0]
    assert shown[1] == {
        WHOLE: {PEOPLE: 20, "STAFFING": 20},
        "ward 4": {PEOPLE: 10, "STAFFING": 10},
    }


def test_people_of_many_small_units_are_shown_together_in_the_end():
    told = [(f"unit {number}", {"ROTA"}) for number in range(40)]

    assert [table[WHOLE][PEOPLE] for table in tables(told)[1:]] == [10, 40]
