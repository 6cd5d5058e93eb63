from dataclasses import replace

from resilience.evaluation.analysis import windows
from resilience.evaluation.analysis.frozen import Wave
from resilience.evaluation.analysis.turning import turn


def test_days_are_counted_from_joining_and_against_each_persons_own_window(five):
    waves = (
        Wave("ann", "t1", 0, 0, 7),
        Wave("bo", "t1", 2, 0, 7),
        Wave("ann", "t2", 20, 28, 42),
        Wave("bo", "t2", 30, 28, 42),
        Wave("cy", "t2", 50, 28, 42),
    )
    found = windows.summarise(turn(replace(five, waves=waves, joined=("2026-01-01", "2026-01-09"))))

    second = found.waves["t2"]
    assert found.joined == ("2026-01-01", "2026-01-09")
    assert (second.n, second.median, second.q1, second.q3) == (3, 30, 25, 40)
    assert (second.early, second.late, second.out_of_window) == (1, 1, 2)
    assert second.from_baseline_median == 24


def test_data_without_dates_say_so(five):
    found = windows.summarise(turn(five))

    assert (found.waves, found.why) == ({}, "the data hold no dates")
