"""What the telephone's notices come to, whatever their order."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from resilience.coaching import outcomes
from resilience.coaching.outcomes import COACH, PARTICIPANT, Seen

START = datetime(2026, 11, 3, 14, 30, tzinfo=UTC)


def seen(kind, minute=0.0, leg="", **facts):
    """One event; a leg's letter names its side, and "in" behind it says that they rang us."""
    side = {"c": COACH, "p": PARTICIPANT}.get(leg[:1], "")
    came_in = leg[1:].startswith("in")
    return Seen(
        kind=kind, at=START + timedelta(minutes=minute), leg=leg, side=side, came_in=came_in, facts=facts
    )


def reached(leg, minute):
    return [
        seen("RINGING", minute, leg), seen("ANSWERED", minute, leg), seen("ACCEPTED", minute, leg),
        seen("JOINED", minute, leg),
    ]  # fmt: skip


def rang_in(leg, minute, until):
    """The carrier tells of a call that came in only what happens in the room."""
    return [seen("ACCEPTED", minute, leg), seen("JOINED", minute, leg), seen("LEFT", until, leg)]


HELD = [
    *reached("c1", 0), *reached("p1", 1), seen("ROOM_STARTED", 1), seen("LEFT", 26, "p1"), seen("ENDED", 26, "p1"),
    seen("LEFT", 26.5, "c1"), seen("ROOM_ENDED", 26.5), seen("ENDED", 26.5, "c1"),
]  # fmt: skip
MISSED = [
    *reached("c1", 0), seen("RINGING", 0, "p1"), seen("NO_ANSWER", 0.5, "p1"), seen("RINGING", 3, "p2"),
    seen("BUSY", 3, "p2"), seen("RINGING", 8, "p3"), seen("NO_ANSWER", 8.5, "p3"),
]  # fmt: skip
COACH_MISSED = [seen("NO_ANSWER", 0.5, "c1"), seen("ENDED", 3.5, "c2"), seen("BUSY", 8, "c3")]
SECOND_TRY = [
    *reached("c1", 0), seen("RINGING", 0, "p1"), seen("NO_ANSWER", 0.5, "p1"), *reached("p2", 3),
    seen("ROOM_STARTED", 3), seen("ROOM_ENDED", 30), seen("ENDED", 30, "p2"), seen("ENDED", 30, "c1"),
]  # fmt: skip
DROPPED_AND_BACK = [
    *reached("c1", 0), *reached("p1", 1), seen("LEFT", 4, "p1"), seen("ENDED", 4, "p1"), *reached("p2", 6),
    seen("LEFT", 20, "p2"), seen("LEFT", 20, "c1"), seen("ROOM_ENDED", 20),
    seen("ENDED", 20, "c1"),
]  # fmt: skip
RANG_IN_EARLY = [*rang_in("pin", -8, -5), seen("ROOM_ENDED", -5)]
COACH_RANG_IN_EARLY = [*rang_in("cin", -8, -5), seen("ROOM_ENDED", -5)]
CUT_OFF = [*reached("c1", 0), seen("ENDED", 1, "c1")]
EARLY_THEN_HELD = [*RANG_IN_EARLY, *HELD]


@pytest.mark.parametrize(
    ("events", "outcome", "minutes", "pending"),
    [
        pytest.param(HELD, "FULFILLED", 25, False, id="both were in the room"),
        pytest.param(MISSED, "PARTICIPANT_NO_SHOW", 0, True, id="rung three times without an answer"),
        pytest.param(COACH_MISSED, "COACH_NO_SHOW", 0, False, id="the coach never pressed 1"),
        pytest.param(SECOND_TRY, "FULFILLED", 27, False, id="reached at the second try"),
        pytest.param(DROPPED_AND_BACK, "FULFILLED", 17, False, id="the line dropped and was made again"),
        pytest.param([seen("NOT_NOW", 0, "c1")], "COACH_NO_SHOW", 0, False, id="the coach pressed 2"),
        pytest.param(
            [*reached("c1", 0), seen("ANSWERED", 0, "p1"), seen("NOT_NOW", 0, "p1")], "PARTICIPANT_NO_SHOW", 0, True,
            id="the participant pressed 2",
        ),
        pytest.param(
            [*reached("c1", 0), *[seen("FAILED", n, f"p{n}") for n in range(3)]], "FAILED", 0, False,
            id="the participant's number could not be rung",
        ),
        pytest.param([seen("FAILED", n, f"c{n}") for n in range(3)], "FAILED", 0, False, id="the coach's line failed"),
        pytest.param(
            [*CUT_OFF, seen("GIVEN_UP", 16)], "FAILED", 0, False,
            id="the coach left before anybody was rung, and did not come back",
        ),
        pytest.param(EARLY_THEN_HELD, "FULFILLED", 25, False, id="the participant rang in early, then was rung"),
        pytest.param(
            [*COACH_RANG_IN_EARLY, *HELD], "FULFILLED", 25, False, id="the coach rang in early, then was rung"
        ),
        pytest.param(
            [*RANG_IN_EARLY, *MISSED], "PARTICIPANT_NO_SHOW", 0, True,
            id="the participant rang in early and was not reached at the agreed time",
        ),
        pytest.param(
            [*RANG_IN_EARLY, *COACH_MISSED], "COACH_NO_SHOW", 0, False,
            id="the participant rang in early and the coach was not reached",
        ),
        pytest.param(
            [*COACH_RANG_IN_EARLY, *COACH_MISSED], "COACH_NO_SHOW", 0, False,
            id="the coach rang in early and was not reached at the agreed time",
        ),
        pytest.param(
            [seen("NOT_NOW", -5, "cin")], "COACH_NO_SHOW", 0, False, id="the coach rang in early and pressed 2"
        ),
        pytest.param(
            [*rang_in("cin", 0, 12), seen("NO_ANSWER", 0.5, "p1"), seen("BUSY", 3, "p2"), seen("BUSY", 8, "p3")],
            "PARTICIPANT_NO_SHOW", 0, True, id="the coach rang in, and nobody answered",
        ),
        pytest.param(
            [*CUT_OFF, *rang_in("cin", 3, 30), *reached("p1", 4), seen("ROOM_ENDED", 30)], "FULFILLED", 26, False,
            id="the coach's line dropped before the participant was rung",
        ),
        pytest.param(
            [*reached("c1", 0), seen("ENDED", 1, "c1"), *reached("p1", 2), seen("LEFT", 3, "p1")], "FAILED", 0, False,
            id="they came one after the other",
        ),
        pytest.param([seen("GIVEN_UP", 45)], "FAILED", 0, False, id="nothing was ever heard of it"),
        pytest.param(
            [*reached("c1", 0), seen("ACCEPTED", 1, "p1"), seen("ENDED", 1, "p1"), seen("ROOM_ENDED", 2)], "FAILED", 0,
            False, id="completed, but never in the room",
        ),
        pytest.param(
            [
                *reached("c1", 0), *reached("p1", 0), seen("ROOM_STARTED", 0), seen("ROOM_ENDED", 0),
                seen("ENDED", 0, "c1"),
            ],
            "FULFILLED", 0, False, id="joined for less than a second",
        ),
        pytest.param(
            [*reached("c1", 0), seen("ROOM_ENDED", 0), *reached("p1", 0)], "FAILED", 0, False,
            id="in the same second, but not together",
        ),
        pytest.param(
            [*MISSED, seen("COACH_SAID", 40, outcome="FULFILLED", minutes=20)], "FULFILLED", 20, False,
            id="the coach says otherwise",
        ),
        pytest.param(
            [*MISSED, seen("COACH_SAID", 40, outcome="FULFILLED"), seen("COACH_SAID", 41, outcome="FAILED")], "FAILED",
            0, False, id="the coach's last word counts",
        ),
        pytest.param([*HELD, seen("KNOWN", 26.6, "c1")], "FAILED", 0, False, id="one of the two knew the other"),
        pytest.param(
            [*HELD, seen("KNOWN", 26.6, "p1"), seen("COACH_SAID", 40, outcome="FULFILLED", minutes=25)], "FAILED", 0,
            False, id="one of the two knew the other, whatever the coach said",
        ),
    ],
)  # fmt: skip
def test_group_37_what_a_call_comes_to(events, outcome, minutes, pending):
    settled = outcomes.settle(events)

    assert (settled.outcome, settled.minutes, settled.pending) == (outcome, minutes, pending)


@pytest.mark.parametrize(
    "events",
    [
        pytest.param([], id="nothing yet"),
        pytest.param([seen("NO_ANSWER", 0, "c1")], id="the coach will be rung again"),
        pytest.param(reached("c1", 0), id="the coach waits"),
        pytest.param([*reached("c1", 0), *reached("p1", 1)], id="they are talking"),
        pytest.param([*MISSED, *reached("p4", 9)], id="the participant rang back after three tries"),
        pytest.param(
            [*reached("c1", 0), seen("ROOM_ENDED", 1), *reached("c2", 2)], id="the coach rang in again"
        ),
        pytest.param(RANG_IN_EARLY, id="the participant rang in early and hung up"),
        pytest.param(COACH_RANG_IN_EARLY, id="the coach rang in early and hung up"),
        pytest.param([*RANG_IN_EARLY, seen("NO_ANSWER", 0.5, "c1")], id="the coach is rung again"),
        pytest.param(
            [*reached("c1", 0), seen("LEFT", 1, "c1"), seen("ROOM_ENDED", 1), seen("ENDED", 1, "c1")],
            id="the coach left before anybody was rung: they may ring in again",
        ),
        pytest.param(
            [*reached("c1", 0), *reached("p1", 1), seen("LEFT", 2, "c1"), seen("ROOM_ENDED", 2)],
            id="the coach pressed star, and may press 9 now",
        ),
        pytest.param(
            [*reached("c1", 0), seen("RINGING", 1, "p1"), seen("ENDED", 1.1, "c1"), seen("ROOM_ENDED", 1.1)],
            id="the participant's telephone rings while the coach's line drops",
        ),
    ],
)  # fmt: skip
def test_a_call_under_way_is_not_settled(events):
    assert outcomes.settle(events) is None


def test_a_call_that_was_given_up_counts_a_stay_whose_end_is_unknown_to_the_last_event():
    settled = outcomes.settle([*reached("c1", 0), *reached("p1", 1), seen("GIVEN_UP", 31)])

    assert (settled.outcome, settled.minutes) == ("FULFILLED", 30)


STORIES = [HELD, MISSED, COACH_MISSED, SECOND_TRY, DROPPED_AND_BACK, EARLY_THEN_HELD]


@settings(max_examples=200, deadline=None)
@given(data=some.data(), story=some.sampled_from(STORIES))
def test_group_42_notices_that_come_late_twice_or_out_of_turn_end_in_the_same_outcome(data, story):
    repeated = data.draw(some.lists(some.sampled_from(story), max_size=5))

    shuffled = data.draw(some.permutations([*story, *repeated]))

    assert outcomes.settle(shuffled) == outcomes.settle(story)


LEGS = ["c1", "c2", "cin", "p1", "p2", "p3", "pin"]
KINDS = [
    "RINGING",
    "ANSWERED",
    "ENDED",
    "BUSY",
    "NO_ANSWER",
    "FAILED",
    "ACCEPTED",
    "NOT_NOW",
    "JOINED",
    "LEFT",
]
whatever = some.lists(
    some.builds(seen, some.sampled_from(KINDS), some.integers(0, 40), some.sampled_from(LEGS))
    | some.builds(seen, some.sampled_from(["ROOM_STARTED", "ROOM_ENDED", "GIVEN_UP"]), some.integers(0, 40)),
    max_size=25,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(events=whatever, data=some.data())
def test_group_42_any_notices_in_any_order_settle_alike_and_within_the_time_they_span(events, data):
    settled = outcomes.settle(events)

    assert outcomes.settle(data.draw(some.permutations(events))) == settled
    if settled is not None:
        span = (max(event.at for event in events) - min(event.at for event in events)).total_seconds() / 60
        assert 0 <= settled.minutes <= round(span, 2)
        assert (settled.bridged_at is None) or settled.outcome == "FULFILLED"


@pytest.mark.parametrize(
    ("events", "tries"),
    [
        pytest.param([], 0, id="never rung"),
        pytest.param(RANG_IN_EARLY, 0, id="never rung, but rang in and left"),
        pytest.param(rang_in("pin", -8, -5)[:2], None, id="rang in and waits in the room"),
        pytest.param([*RANG_IN_EARLY, seen("NO_ANSWER", 0, "p1")], 1, id="a call that came in is no try"),
        pytest.param([seen("NOT_NOW", -5, "pin")], None, id="rang in and pressed 2"),
        pytest.param(
            [*reached("p1", 1), seen("LEFT", 2, "p1"), seen("ENDED", 2, "p1")],
            1,
            id="there, but nobody else was",
        ),
        pytest.param([*HELD, seen("ENDED", 27, "p1")], None, id="they talked"),
        pytest.param([seen("GIVEN_UP", 16)], None, id="the call was given up"),
        pytest.param([seen("NO_ANSWER", 0, "p1")], 1, id="no answer"),
        pytest.param([seen("ANSWERED", 0, "p1"), seen("ENDED", 1, "p1")], 1, id="picked up by a machine"),
        pytest.param([seen("BUSY", 0, "p1"), seen("RINGING", 3, "p2")], None, id="ringing now"),
        pytest.param(
            [seen("ANSWERED", 0, "p1"), seen("NOT_NOW", 0, "p1"), seen("ENDED", 0, "p1")], None, id="2"
        ),
        pytest.param([seen("FAILED", 0, "p1")], None, id="the number cannot be rung"),
        pytest.param([seen("BUSY", n, f"p{n}") for n in range(3)], None, id="three times"),
    ],
)
def test_another_try_is_fair_only_where_nobody_was_there(events, tries):
    assert outcomes.again(events, side=PARTICIPANT) == tries


def test_a_coach_who_was_there_and_left_is_not_rung_again_but_may_ring_in():
    assert outcomes.again(CUT_OFF, side=COACH) is None


@settings(max_examples=200, deadline=None)
@given(events=whatever, data=some.data(), side=some.sampled_from([COACH, PARTICIPANT]))
def test_group_42_whether_another_try_is_fair_does_not_hang_on_the_order_of_notices(events, data, side):
    shuffled = data.draw(some.permutations(events))

    assert outcomes.again(shuffled, side=side) == outcomes.again(events, side=side)
