"""Nobody with all published figures and a solver can work out a hidden count.

`make long` says how wide each hidden count stays; here it is enough that each has a value other than the true one.
"""

from statistics import median

import pytest

from resilience.evaluation import disclosure
from tests.resilience.evaluation.disclosing import programmes
from tests.resilience.evaluation.disclosing.attacker import Attack, truth

SEEDS = range(20)


def laid_bare(raw: list[dict], shown: list[dict]) -> list[str]:
    """The hidden counts that have no value but the true one."""
    found = Attack(*shown).others(truth(*raw))
    return [name for name, others in found.items() if not others]


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


@pytest.mark.parametrize("seed", SEEDS)
def test_no_hidden_count_can_be_worked_out_from_two_reports_after_each_other(seed):
    raw, shown = two_reports(seed)

    assert laid_bare(raw, shown) == []


def test_without_hiding_more_than_the_small_groups_they_can_be_worked_out():
    """The positive control: the attack is able to succeed."""
    found = []
    for seed in SEEDS:
        raw = programmes.figures(programmes.grow(seed))
        found += laid_bare([raw], [disclosure.release(raw, secondary=False).figures])

    assert len(found) > 20


def test_a_later_plan_that_shows_more_gives_an_earlier_report_away_unless_it_is_remembered():
    """The positive control of successive reports: the same people, first hidden below 10, then below 5."""
    forgotten, remembered = [], []
    for seed in range(6):
        raw = [
            programmes.figures(programmes.grow(seed), below=10),
            programmes.figures(programmes.grow(seed), below=5, day=2),
        ]
        first = disclosure.release(raw[0]).figures
        forgotten += laid_bare(raw, [first, disclosure.release(raw[1]).figures])
        remembered += laid_bare(raw, [first, disclosure.release(raw[1], before=[first]).figures])

    assert forgotten
    assert remembered == []


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
