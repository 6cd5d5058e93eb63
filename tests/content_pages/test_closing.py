"""When all parts are behind somebody: what they made, until when it stays, and when we ask again."""

import re

import pytest

from content_pages import closing, returning
from content_pages.outline import Activity, Module
from content_pages.progress import LATER, NEXT, Step
from resilience.participants.models import Purpose
from tests.factories.content_pages import LAST, READING, WRITING
from tests.factories.measures import TimepointFactory
from tests.factories.participants import EnrolmentFactory


@pytest.fixture
def finished(steady, as_participant) -> str:
    """The page of somebody who has every part behind them."""
    TimepointFactory(
        asks=["who5"], key="t3", position=3, label="After the calls", anchor="CALLS_DONE", latest_days=56
    )
    for address in (READING, WRITING, LAST):
        as_participant.post(address, {"do": "done"})
    return re.sub(r"\s+", " ", as_participant.get("/my/").content.decode())


def test_the_end_leads_to_the_plan_the_certificate_and_the_calls(finished):
    for address in ("/my/plan/", "/my/certificate/", "/calls/"):
        assert f'href="{address}"' in finished


def test_the_end_says_until_when_things_stay(finished):
    assert 'until <time datetime="2027-11-03">3 November 2027</time>' in finished


def test_the_end_says_when_we_ask_again(finished):
    assert (
        'After the calls: at the latest from <time datetime="2026-12-29">29 December 2026</time>' in finished
    )


def test_before_the_end_none_of_it_is_shown(steady, as_participant):
    assert "When we ask again" not in as_participant.get("/my/").content.decode()


def test_a_page_that_waits_for_something_has_no_day_yet(ada, tuesday):
    TimepointFactory(asks=["who5"], key="t3", position=3, label="After the parts", anchor="MODULES_DONE")

    (asked,) = closing.of(ada, now=tuesday).to_come

    assert (asked.label, asked.day) == ("After the parts", None)


def test_whoever_is_not_in_the_evaluation_is_told_of_no_pages_to_come(db, tuesday):
    TimepointFactory(asks=["who5"], key="t3", position=3, anchor="CALLS_DONE", latest_days=56)
    enrolment = EnrolmentFactory(consents=[Purpose.TAKE_PART])

    assert closing.of(enrolment, now=tuesday).to_come == ()


def piece(number: int, minutes: int) -> Activity:
    from uuid import UUID

    return Activity(
        UUID(int=number), f"Piece {number}", f"piece-{number}", f"/{number}/", minutes, False, "", ""
    )


def step(state: str, *pieces: Activity) -> Step:
    module = Module(
        piece(90, 1).key, "Part", "part", "/part/", 1, 25, "", "", "", "", "", activities=tuple(pieces)
    )
    return Step(module, state, 0, 0, None)


def test_little_time_finds_a_short_piece_where_the_next_one_is_long():
    long, short = piece(1, 8), piece(2, 5)

    assert returning.short_piece([step(NEXT, long, short)], {}, instead_of=long) == short


@pytest.mark.parametrize(
    ("steps", "behind", "next_one"),
    [
        pytest.param(
            [step(NEXT, piece(1, 5), piece(2, 4))], {}, piece(1, 5), id="the next one is short already"
        ),
        pytest.param(
            [step(NEXT, piece(1, 8)), step(LATER, piece(2, 5))], {}, piece(1, 8), id="it is not open yet"
        ),
        pytest.param(
            [step(NEXT, piece(1, 8), piece(2, 5))], {piece(2, 5).key: "DONE"}, piece(1, 8), id="it is done"
        ),
        pytest.param([], {}, None, id="all is done"),
    ],
)
def test_no_short_piece_is_offered(steps, behind, next_one):
    assert returning.short_piece(steps, behind, instead_of=next_one) is None
