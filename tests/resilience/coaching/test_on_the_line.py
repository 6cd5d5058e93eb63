"""A coach stays signed in through a call, and no longer."""

from datetime import timedelta

import pytest

from resilience.coaching import guides, on_the_line
from tests.factories.participants import EnrolmentFactory
from tests.resilience.coaching.conftest import STAGES, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(sign_in, ben, line, announced):
    """Ben's browser, in which he opened the call's page eight minutes before it began; both talk now."""
    line.pass_on(hours=4, minutes=12)
    browser = sign_in(ben.user)
    assert browser.get(f"/coach/calls/{announced.pk}/").status_code == 200
    line.pass_on(minutes=8)
    line.answer_and_press(line.ben)
    line.answer_and_press(line.ada)
    return browser


@pytest.mark.parametrize("way", ["worried", "patients", "other-help"])
def test_seventeen_minutes_into_a_call_the_coach_still_says_that_they_are_worried(
    opened, announced, line, way
):
    line.pass_on(minutes=17)

    page = opened.get(f"/coach/calls/{announced.pk}/{'help' if way == 'other-help' else way}/")

    assert page.status_code == 200


def test_while_they_talk_the_page_says_what_to_do_in_danger_and_how_to_come_back(opened, announced, ada):
    guides.load(
        programme=ada.cohort.programme, role="", guidance="<p>If someone may be in danger: stop the guide.</p>",
        calls=[{"title": "First", "stages": STAGES}, {"title": "Second", "stages": STAGES}],
    )  # fmt: skip

    page = words(opened.get(f"/coach/calls/{announced.pk}/"))

    assert "If someone may be in danger" in page
    assert "If the line drops, ring" in page
    assert "star and then 9 once you talk" in page
    assert "Call guide: First" in page
    assert "After the call" not in page


def test_a_call_that_goes_on_is_not_called_the_next_one(opened):
    page = words(opened.get("/coach/"))

    assert '<p class="eyebrow">Now</p>' in page
    assert "Next call" not in page


def test_the_page_after_a_call_opens_once_the_half_hour_is_over(opened, announced, line):
    line.pass_on(minutes=30)
    line.ben.hang_up()
    line.pass_on(minutes=8)

    assert "Your own part" in words(opened.get(f"/coach/calls/{announced.pk}/"))


def test_a_call_that_ended_early_keeps_nobody_signed_in_longer(opened, announced, line):
    line.pass_on(minutes=15)
    line.ben.hang_up()
    line.pass_on(minutes=11)

    assert opened.get(f"/coach/calls/{announced.pk}/").status_code == 302


def test_a_call_keeps_only_its_own_coach_signed_in(talking, as_coach_lead, line):
    as_coach_lead.get("/coach/")
    line.pass_on(minutes=11)

    assert as_coach_lead.get("/coach/").status_code == 302


def test_minutes_of_two_calls_in_a_row_count_once(ben, book, ada, tuesday):
    first = book(tuesday)
    book(tuesday, at=first.starts_at + timedelta(minutes=40), enrolment=EnrolmentFactory(cohort=ada.cohort))
    span = {"since": first.starts_at, "now": first.starts_at + timedelta(minutes=70)}

    assert on_the_line.in_calls(ben.user_id, **span) == timedelta(minutes=70)
