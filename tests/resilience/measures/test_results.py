"""My results over time: for the person alone, with how much of a change can be chance; no label, no colour."""

from datetime import timedelta

import pytest

from resilience.accounts.models import Role
from resilience.measures import responses, results, results_drawing
from resilience.measures.models import ResultsSeen
from resilience.measures.scoring import noise
from resilience.participants.models import Programme, ResultsShown
from tests.factories.accounts import UserFactory
from tests.factories.measures import OccasionFactory, TimepointFactory

pytestmark = pytest.mark.django_db
PAGE = "/my/results/"


@pytest.fixture
def plan():
    """Two time points that ask the WHO-5 and the PHQ-8."""
    first = TimepointFactory(key="t1", position=1, label="Before", asks=["who5", "phq8"])
    second = TimepointFactory(
        key="t2", position=2, label="Later", offset_days=10, window_days=20, asks=["who5", "phq8"]
    )
    return first, second


def answer(ada, timepoint, value: int, tuesday, instrument: str = "who5") -> None:
    occasion = OccasionFactory(
        respondent=ada.respondent,
        timepoint=timepoint,
        instrument=instrument,
        due_at=tuesday - timedelta(hours=1),
    )
    items = range(1, 6 if instrument == "who5" else 8)
    responses.submit(occasion=occasion, answers={str(item): value for item in items}, at=tuesday)


def shown(when: str) -> None:
    Programme.objects.update(results_shown=when)


def test_they_wait_until_the_last_questions_are_answered(as_participant, ada, plan, tuesday):
    answer(ada, plan[0], 2, tuesday)
    before = as_participant.get(PAGE).content.decode()
    answer(ada, plan[1], 3, tuesday)

    after = as_participant.get(PAGE).content.decode()

    assert "once the last questions are behind you" in before
    assert "40" not in before.split("<main", 1)[1].split("</main", 1)[0]
    assert "your number rose by 20" in after


def test_they_are_shown_once_the_last_window_is_over_answered_or_not(ada, plan, tuesday):
    assert results.standing(ada, now=ada.joined_at + timedelta(days=29)) == results.Open.LATER
    assert results.standing(ada, now=ada.joined_at + timedelta(days=30)) == results.Open.SHOWN


def test_the_plan_may_show_them_earlier_or_never(as_participant, ada, plan, tuesday):
    answer(ada, plan[0], 2, tuesday)
    shown(ResultsShown.ALWAYS)
    always = as_participant.get(PAGE).content.decode()
    shown(ResultsShown.NEVER)
    never = as_participant.get(PAGE).content.decode()

    assert "Your own numbers over time" in always
    assert "does not show results of single people" in never


def test_a_change_within_the_error_of_measurement_is_said_to_be_possibly_chance(
    as_participant, ada, plan, tuesday
):
    shown(ResultsShown.ALWAYS)
    answer(ada, plan[0], 2, tuesday)
    answer(ada, plan[1], 3, tuesday)

    page = as_participant.get(PAGE).content.decode()

    assert "A change smaller than 24 points can be chance." in page.replace(
        "than 24 can", "than 24 points can"
    )
    assert "That can be chance." in page
    assert "Danish sample" in page


def test_a_larger_change_is_not_called_chance_and_not_called_anything_else(
    as_participant, ada, plan, tuesday
):
    shown(ResultsShown.ALWAYS)
    answer(ada, plan[0], 5, tuesday)
    answer(ada, plan[1], 1, tuesday)

    page = as_participant.get(PAGE).content.decode()

    assert "your number fell by 80" in page
    assert "Chance alone seldom makes that much." in page
    for label in ("depress", "low wellbeing", "improved", "deteriorat", "caseness", "severe", "cut-off"):
        assert label not in page.lower().replace("depression scale", "")


def test_where_the_error_is_not_known_the_page_says_so(as_participant, ada, plan, tuesday):
    shown(ResultsShown.ALWAYS)
    answer(ada, plan[0], 1, tuesday, instrument="coping_confidence")

    page = as_participant.get(PAGE).content.decode()

    assert "is not known for these questions" in page


def test_before_anything_was_answered_the_page_says_what_will_stand_there(as_participant, ada, plan):
    shown(ResultsShown.ALWAYS)

    assert "There is nothing to show yet" in as_participant.get(PAGE).content.decode()
    assert not ResultsSeen.objects.exists()


def test_the_first_look_is_kept_once_for_the_report(as_participant, ada, plan, tuesday, time_passes):
    shown(ResultsShown.ALWAYS)
    answer(ada, plan[0], 2, tuesday)
    as_participant.get(PAGE)
    time_passes(minutes=5)
    as_participant.get(PAGE)

    assert results.seen([ada.respondent_id], as_of=tuesday + timedelta(days=1)) == {
        ada.respondent_id: tuesday
    }


def test_a_page_that_shows_none_is_no_look(as_participant, ada, plan, tuesday):
    answer(ada, plan[0], 2, tuesday)

    as_participant.get(PAGE)

    assert not ResultsSeen.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PARTICIPANT])
def test_nobody_else_opens_the_page(sign_in, ada, plan, role):
    somebody = UserFactory(email="somebody@example.org", roles=[role])

    assert sign_in(somebody).get(PAGE).status_code == 404


def test_a_participant_sees_their_own_alone(sign_in, ada, plan, tuesday):
    from tests.factories.participants import EnrolmentFactory

    shown(ResultsShown.ALWAYS)
    answer(ada, plan[0], 2, tuesday)
    other = EnrolmentFactory()

    assert "There is nothing to show yet" in sign_in(other.participant.user).get(PAGE).content.decode()


def test_after_stopping_what_was_answered_can_still_be_looked_at(as_participant, ada, plan, tuesday):
    answer(ada, plan[0], 2, tuesday)
    as_participant.post("/my/data/", {"choice": "STOP_CONTACT"})

    assert "Your own numbers over time" in as_participant.get(PAGE).content.decode()


def test_the_queries_do_not_grow_with_the_time_points(ada, tuesday, django_assert_max_num_queries):
    for number in range(1, 11):
        answer(ada, TimepointFactory(key=f"t{number}", position=number, asks=["who5"]), 2, tuesday)

    with django_assert_max_num_queries(1):
        (line,) = results.of(ada)
    assert len(line.points) == 10


def test_the_drawing_lies_within_its_frame_also_at_the_ends_of_the_scale(ada, plan, tuesday):
    answer(ada, plan[0], 0, tuesday)
    answer(ada, plan[1], 5, tuesday)

    drawing = results_drawing.of(results.of(ada)[0])

    assert [dot.y for dot in drawing.dots] == [results_drawing.BOTTOM, results_drawing.TOP]
    assert all(
        results_drawing.TOP <= dot.upper <= dot.y <= dot.lower <= results_drawing.BOTTOM
        for dot in drawing.dots
    )


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ({"mdc": 23.6}, 23.6),
        ({"sem": 1.03}, 2.855),  # SWEMWBS: 2.77 SEM, published as 2.87 with more decimals
        ({"reliability": 0.69, "sd": 0.75}, 1.1575),  # BRS: 1.16 in EVALUATION 1.2
        ({"reliability": 0.85, "sd": 0.75}, 0.8052),  # BRS: .81
        ({"reliability": 0.84}, None),
        ({}, None),
    ],
)
def test_the_smallest_change_beyond_chance(published, expected):
    found = noise.smallest_change(published)

    assert found == (None if expected is None else pytest.approx(expected, abs=0.001))
