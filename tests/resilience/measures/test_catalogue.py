import pytest

from resilience.measures import catalogue
from resilience.participants import about_you

GRID = {
    "t1": ["who5", "phq8", "coping_confidence", "leaving"],
    "t2": ["coping_confidence"],
    "t3": ["who5", "coping_confidence", "acceptability", "unwanted_effects", "time_used"],
    "t4": ["who5", "phq8", "coping_confidence", "leaving", "unwanted_effects", "used", "passed_on"],
    "t5": ["who5", "coping_confidence", "leaving"],
}


@pytest.mark.parametrize(
    ("timepoint", "questions"), [("t1", 22), ("t2", 7), ("t3", 20), ("t4", 25), ("t5", 14)]
)
def test_each_sitting_asks_as_many_questions_as_the_information_sheet_says(timepoint, questions):
    assert sum(len(catalogue.get(key).asked) for key in GRID[timepoint]) == questions


def test_every_scale_uses_items_that_the_instrument_has():
    for instrument in catalogue.load().values():
        keys = {item.key for item in instrument.items}
        assert all(set(rule.items) <= keys for rule in instrument.scales), instrument.key


def test_the_order_of_who5_answers_is_as_published_from_all_of_the_time_down():
    item = catalogue.get("who5").items[0]

    assert [option.value for option in item.options] == [5, 4, 3, 2, 1, 0]


def test_a_student_is_asked_about_the_course():
    item = catalogue.get("leaving").item("1")

    assert "course" in item.words("student")
    assert "job" in item.words("nurse")


@pytest.mark.django_db
def test_an_instrument_that_is_not_there_is_named():
    with pytest.raises(catalogue.UnknownInstrument, match="mbi"):
        catalogue.get("mbi")


def test_our_own_items_say_that_they_are_new():
    assert catalogue.get("coping_confidence").new
    assert not catalogue.get("who5").new


def test_a_senior_is_named_as_each_profession_names_one():
    senior = catalogue.get("workplace_forces").item("2")
    professions = [
        code for code, _label in about_you.PROFESSIONS if code not in ("other", about_you.PREFER_NOT)
    ]

    words = {code: senior.words(code) for code in professions}

    assert "placement" in words["student"]
    assert "co-ordinator" in words["midwife"]
    assert len(set(words.values()) - {senior.text}) == len(professions)


def test_the_three_forces_are_one_to_five_without_a_sum_and_may_stand_in_an_activity():
    forces = catalogue.get("workplace_forces")

    assert [[option.value for option in item.options] for item in forces.asked] == [[1, 2, 3, 4, 5]] * 3
    assert forces.scales == ()
    assert [each.key for each in catalogue.for_activities()] == ["workplace_forces"]
