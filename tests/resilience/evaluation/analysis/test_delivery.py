from dataclasses import replace

from resilience.evaluation.analysis import delivery


def test_only_calls_that_took_place_have_minutes(five):
    found = delivery.total(five)

    assert (found.calls_attended, found.call_minutes, found.minutes_per_call, found.coaches) == (
        3,
        75,
        25.0,
        2,
    )
    assert (found.not_attended, found.cancelled, found.other_outcomes) == (1, 1, 1)


def test_people_are_counted_by_the_modules_they_finished(five):
    assert delivery.total(five).modules == {"0": 1, "1": 1, "4": 2, "5": 1}


def test_without_calls_there_is_no_mean_length(five):
    assert delivery.total(replace(five, calls=())).minutes_per_call is None
