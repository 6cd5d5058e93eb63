"""Nobody with all published figures and a solver can work out a hidden count.

Here it is enough that each has a value other than the true one, and of two reports after each other four programmes do;
`make long` takes all twenty and says how wide each hidden count stays.
"""

from statistics import median

import pytest

from resilience.evaluation import disclosure
from tests.resilience.evaluation.disclosing import programmes
from tests.resilience.evaluation.disclosing.attacker import Attack, truth

SEEDS = range(20)


def laid_bare(raw: list[dict], shown: list[dict]) -> list[str]:
    """The hidden counts that have no value but the true one, and the hidden means that follow from others."""
    attack = Attack(*shown)
    found = attack.others(truth(*raw))
    return [name for name, others in found.items() if not others] + attack.known_sums()


def two_reports(seed: int, *, below: tuple[int, int] = (10, 10), remembered: bool = True):
    came = (1, 3, 8, 15, 40)[seed % 5]
    first = programmes.figures(programmes.grow(seed), below=below[0])
    second = programmes.figures(programmes.grow(seed, people=came), below=below[1], day=2)
    shown = disclosure.release(first).figures
    then = disclosure.release(second, before=[shown] if remembered else []).figures
    return [first, second], [shown, then]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_hidden_count_of_a_report_can_be_worked_out(seed):
    raw = programmes.figures(programmes.grow(seed))

    shown = disclosure.release(raw).figures

    assert laid_bare([raw], [shown]) == []


@pytest.mark.parametrize(
    "seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(4, 20))]
)
def test_no_hidden_count_can_be_worked_out_from_two_reports_after_each_other(seed):
    raw, shown = two_reports(seed)

    assert laid_bare(raw, shown) == []


def test_without_hiding_more_than_the_small_groups_they_can_be_worked_out():
    """The positive control: the attack is able to succeed."""
    found = []
    for seed in range(5):
        raw = programmes.figures(programmes.grow(seed))
        found += laid_bare([raw], [disclosure.release(raw, secondary=False).figures])

    assert len(found) > 20


def test_a_later_plan_that_shows_more_gives_an_earlier_report_away_unless_it_is_remembered():
    """The positive control of two reports: the same people, groups of 6 and 7 hidden below 10, then shown below 5."""
    data = programmes.with_sizes(6, 7, 80)
    raw = [programmes.figures(data, below=10), programmes.figures(data, below=5, day=2)]
    first = disclosure.release(raw[0]).figures
    group = "0.characteristics.profession.groups.nurse.n"

    forgotten = Attack(first, disclosure.release(raw[1]).figures).others(truth(*raw))
    remembered = Attack(first, disclosure.release(raw[1], before=[first]).figures).others(truth(*raw))

    assert forgotten[group] == set()
    assert all(remembered.values())


@pytest.mark.long
def test_every_hidden_count_stays_wide(record_property):
    widths = []
    for seed in SEEDS:
        _raw, shown = two_reports(seed)
        attack = Attack(*shown)
        widths += [attack.width(name) for name in attack.unknown]

    record_property("least", min(widths))
    record_property("median", median(widths))
    assert min(widths) >= 2
    assert median(widths) >= 10
