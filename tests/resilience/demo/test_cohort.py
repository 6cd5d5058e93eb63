from collections import Counter

import pytest

from resilience.demo import cohort


@pytest.fixture(scope="module")
def people():
    return cohort.generate()


def test_the_same_seed_gives_the_same_people(people):
    assert cohort.generate() == people
    assert cohort.generate(seed=1) != people


def test_as_many_answer_as_in_the_published_study(people):
    answering = {when: sum(when in person.answers for person in people) for when in cohort.ANSWERING}

    assert answering == {"t1": 66, "t2": 62, "t3": 47, "t4": 33}


@pytest.mark.parametrize(("when", "published"), [("t2", 2.43), ("t3", 2.81), ("t4", 2.75)])
def test_coping_confidence_rises_by_about_as_much_as_published(people, when, published):
    """Johnson and others 2020, abstract: unadjusted coefficients against T1."""
    changes = [_confidence(p, when) - _confidence(p, "t1") for p in people if when in p.answers]

    assert sum(changes) / len(changes) == pytest.approx(published, abs=0.15)


def test_every_answer_lies_on_its_scale(people):
    scales = {scale.instrument: scale for scale in cohort.SCALES}
    choices = {choice.instrument: choice for choice in cohort.CHOICES}

    for person in people:
        for instruments in person.answers.values():
            for instrument, answers in instruments.items():
                if instrument in choices:
                    assert answers[1] in choices[instrument].weights
                    continue
                scale = scales[instrument]
                assert all(scale.low <= value <= scale.high for value in answers.values())
                assert set(answers) <= set(range(1, len(scale.items) + 1))


def test_about_two_thirds_take_a_call_and_some_calls_are_missed(people):
    outcomes = Counter(call.outcome for person in people for call in person.calls)
    coached = sum(any(call.outcome == "FULFILLED" for call in person.calls) for person in people)

    assert 0.6 < coached / len(people) < 0.72
    assert 3 <= outcomes["PARTICIPANT_NO_SHOW"] <= 8
    assert all(call.minutes >= 14 for p in people for call in p.calls if call.outcome == "FULFILLED")


def _confidence(person, when):
    answers = person.answers[when]["coping_confidence"]
    return sum(answers.values()) / len(answers)
