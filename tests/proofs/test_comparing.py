"""The oracle of the half-year journey: what it expects of people whose months can be worked out by hand."""

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.proofs import comparing, expecting
from tests.proofs.characters import Person, Place
from tests.proofs.comparing import Arrival, Kept, Ledger, Row
from tests.proofs.expecting import MAIL, TEXT, Done, Expecting, InPlace, Pause, Stops
from tests.proofs.timetables import FIVE, FOUR

JOINED = datetime(2027, 2, 1, 10, tzinfo=UTC)
WORKSHOPS = {"workshop-1": JOINED + timedelta(days=9, hours=6)}
STOPS = Stops(
    [JOINED + timedelta(days=day, hours=8) for day in range(60)],
    [JOINED + timedelta(days=day, hours=8, minutes=1) for day in range(60)],
)
NO_ANSWER = Place(0, dict.fromkeys(FOUR.keys), ())


def expected(person=None, timetable=FOUR, **done) -> Expecting:
    person = person or Person(1, "never", texts=False, nights=False, place=NO_ANSWER)
    return Expecting(person, timetable, InPlace(JOINED), Done(**done), WORKSHOPS, STOPS)


def wanted(mine: Expecting) -> list[tuple]:
    return [(one.wave, one.number, one.sure) for one in mine.messages()[0]]


def test_nothing_of_the_product_is_imported():
    for module in ("timetables", "characters", "expecting", "comparing"):
        tree = ast.parse((Path(__file__).parent / f"{module}.py").read_text())
        named = [
            getattr(node, "module", "") or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
        ]
        assert not [name for name in named if name.startswith(("resilience", "content_pages", "django"))]


def test_who_never_answers_is_told_and_reminded_until_a_later_page_closes_an_earlier_one():
    mine = expected()

    # t1 closes on day 9 with the workshop, t2 in a week, t3 on day 28, when the last page opens
    assert wanted(mine) == [
        ("t1", 1, True), ("t1", 2, False), ("t2", 0, True), ("t2", 1, True), ("t3", 0, True), ("t3", 1, False),
        ("t4", 0, True), ("t4", 1, True), ("t4", 2, True),
    ]  # fmt: skip
    assert [(one.wave, one.number, *one.why) for one in mine.messages()[1]] == [("t3", 2, "closed")]


def test_nothing_is_wanted_after_stopping_and_one_that_is_as_near_may_come_or_not():
    at = JOINED + timedelta(days=3, hours=2)

    mine = expected(stopped=(at, at + timedelta(seconds=2)))

    assert wanted(mine) == [("t1", 1, False)]


def test_a_pause_lets_a_message_wait_and_the_next_one_keeps_its_distance():
    begins = JOINED + timedelta(days=8)
    ends = JOINED + timedelta(days=14)

    mine = expected(pauses=[Pause((begins, begins), (ends, ends))])

    told = {one.number: one for one in mine.messages()[0] if one.wave == "t2"}
    assert told[0].earliest == ends
    assert 1 not in told or told[1].earliest >= ends + timedelta(days=3)


@pytest.mark.parametrize(("nights", "hours"), [(False, 24), (True, 32)])
def test_what_falls_due_just_after_a_stop_waits_for_the_next_one_at_which_they_are_awake(nights, hours):
    stops = [JOINED + timedelta(days=day, hours=at) for day in range(9) for at in (0, 8)]  # at ten and at six
    person = Person(1, "never", texts=False, nights=nights, place=NO_ANSWER)
    mine = Expecting(person, FOUR, InPlace(JOINED), Done(), WORKSHOPS, Stops(stops, stops))

    assert mine._by(JOINED + timedelta(hours=8, seconds=1)) == JOINED + timedelta(hours=hours)


def test_the_same_question_is_spared_within_the_days_that_it_asks_about():
    place = InPlace(JOINED, [JOINED + timedelta(days=8), JOINED + timedelta(days=12)])
    answered = JOINED + timedelta(days=5)
    place.answered = {("t1", "phq8"): (answered, answered)}

    found = expecting.asked(FIVE, place, {f"workshop-{n}": JOINED + timedelta(days=n * 20) for n in (1, 2)})

    assert found["t4"].left_out == {"phq8": expecting.RECALL}
    assert set(found["t2"].left_out.values()) == {expecting.OVERTAKEN}


@pytest.fixture
def ledger() -> Ledger:
    """A person who answered the first page at once and no other, told of everything in time."""
    mine = expected(Person(1, "never", texts=True, nights=False, place=NO_ANSWER))
    answered = JOINED + timedelta(days=1)
    mine.place.answered = {("t1", "coping_confidence"): (answered, answered)}
    sent, refused = mine.messages()
    arrived = [Arrival(one.latest, TEXT, next(iter(one.kinds))) for one in sent if one.sure]
    rows = [Row(one.wave, one.number, False, "SENT", "") for one in sent]
    rows += [Row(one.wave, one.number, False, "SKIPPED", "answered or closed") for one in refused]
    states = {"t1": "answered", "t2": "closed", "t3": "overtaken", "t4": "closed"}
    occasions = {(wave.key, each): states[wave.key] for wave in FOUR.waves for each in wave.asks}
    told = {("t1", "coping_confidence"): {"1": 3}}
    kept = Kept(rows, occasions, {}, {pair: [values] for pair, values in told.items()})
    return Ledger({(1, "four"): mine}, {(1, "four"): told}, {1: arrived}, {(1, "four"): kept})


def test_a_ledger_without_a_fault_has_none(ledger):
    assert comparing.compare(ledger).faults == []


@pytest.mark.parametrize(
    "what",
    [
        "a message is lost", "a message comes twice", "a message comes too late", "an answer is lost",
        "an answer is kept twice",
    ],
)  # fmt: skip
def test_each_planted_fault_is_found(ledger, what):
    assert comparing.compare(comparing.planted(ledger)[what]).faults


def test_a_message_by_another_way_than_they_chose_is_a_fault(ledger):
    first, *others = ledger.arrived[1]

    found = comparing.compare(
        comparing._with(ledger, arrived={1: [Arrival(first.at, MAIL, first.kind), *others]})
    )

    assert len(found.faults) == 2


def test_a_refusal_for_another_reason_than_holds_is_a_fault(ledger):
    kept = ledger.kept[1, "four"]
    kept.rows = [Row(row.wave, row.number, False, row.state, row.reason and "stopped") for row in kept.rows]

    assert comparing.compare(ledger).faults
