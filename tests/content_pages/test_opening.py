"""When a part opens: each rule by itself, and every change while people are under way. No database."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from content_pages import circles, opening, progress
from content_pages.models.opens import Opens
from content_pages.opening import Facts, Wait
from content_pages.outline import Activity, Meeting, Module, Outline, Rule

NOW = datetime(2026, 11, 3, 10, tzinfo=UTC)
TODAY = NOW.date()
EARLY, LATE = NOW + timedelta(days=3), NOW + timedelta(days=5)


def piece(name: str) -> Activity:
    return Activity(uuid4(), name, name, f"/{name}/", 5, False, "", "")


IN_ORDER = Rule()


def part(name: str, rule: Rule = IN_ORDER, *, pieces: int = 2) -> Module:
    found = tuple(piece(f"{name}-{number}") for number in range(pieces))
    return Module(uuid4(), name, name, f"/{name}/", 1, 10, "", "", "", "", "", activities=found, rule=rule)


def meeting(name: str, at: datetime, about: str = "workshop") -> Meeting:
    return Meeting(uuid4(), name, about, at, at + timedelta(hours=2))


def programme(*modules: Module, meetings: tuple[Meeting, ...] = ()) -> Outline:
    return Outline("A programme", "p", "/p/", modules=modules, meetings=meetings)


def facts(**differs: object) -> Facts:
    return Facts(**{"now": NOW, "today": TODAY, **differs})


def done(*modules: Module) -> dict[UUID, str]:
    return {each.key: "DONE" for module in modules for each in module.activities}


def states(outline: Outline, known: Facts) -> list[str]:
    return [step.state for step in progress.steps(outline, known)]


def test_in_order_a_part_opens_when_every_part_before_it_is_behind():
    first, second, third = part("first"), part("second"), part("third")
    whole = programme(first, second, third)

    assert states(whole, facts()) == ["next", "later", "later"]
    assert states(whole, facts(completed=done(first))) == ["done", "next", "later"]
    assert states(whole, facts(completed=done(first, second))) == ["done", "done", "next"]
    assert opening.wait(whole, third, facts()) == Wait(Opens.IN_ORDER, title="second")


def test_open_from_the_start_waits_for_nothing():
    first, second = part("first"), part("second", Rule(Opens.START))

    assert states(programme(first, second), facts()) == ["next", "open"]


def test_of_two_open_parts_the_one_to_go_on_with_is_where_somebody_was():
    first, second = part("first", Rule(Opens.START)), part("second", Rule(Opens.START))
    whole, there = programme(first, second), second.activities[1].key

    assert [step.state for step in progress.steps(whole, facts(), last=there)] == ["open", "next"]
    assert progress.next_piece(whole, facts(), last=there) == second.activities[1]


def test_after_another_part_only_that_one_counts():
    first, second = part("first"), part("second")
    third = part("third", Rule(Opens.AFTER_MODULE, after=first.key))
    whole = programme(first, second, third)

    assert opening.wait(whole, third, facts()) == Wait(Opens.AFTER_MODULE, title="first")
    assert opening.wait(whole, third, facts(completed=done(first))) is None


@pytest.mark.parametrize(
    ("day", "opens"), [(date(2026, 11, 2), True), (TODAY, True), (date(2026, 11, 4), False)]
)
def test_from_a_date_on_it_opens_with_the_readers_own_day(day, opens):
    module = part("dated", Rule(Opens.FROM_DATE, on=day))

    found = opening.wait(programme(module), module, facts())

    assert found == (None if opens else Wait(Opens.FROM_DATE, on=day))


def test_after_questions_it_opens_when_they_are_answered_or_their_time_is_over():
    module = part("later", Rule(Opens.AFTER_MEASURE, timepoint="t1"))
    whole, asked = programme(module), {"t1": "Before"}

    assert opening.wait(whole, module, facts(questions=asked)) == Wait(Opens.AFTER_MEASURE, title="Before")
    assert opening.wait(whole, module, facts(questions=asked, answered=frozenset({"t1"}))) is None


def test_after_a_meeting_it_opens_once_somebody_attended_any_of_its_dates():
    early, late = meeting("Practice", EARLY), meeting("Practice again", LATE)
    module = part("later", Rule(Opens.AFTER_LIVE, live=early.key))
    whole = programme(module, meetings=(early, late))

    waiting = opening.wait(whole, module, facts())

    assert waiting == Wait(Opens.AFTER_LIVE, title="Practice", at=LATE)
    assert opening.wait(whole, module, facts(sessions=frozenset({"workshop"}))) is None


def test_after_a_meeting_it_opens_for_everybody_once_its_last_date_has_passed():
    early, late = meeting("Practice", EARLY), meeting("Practice again", LATE)
    module = part("later", Rule(Opens.AFTER_LIVE, live=early.key))
    whole = programme(module, meetings=(early, late))

    assert opening.wait(whole, module, facts(now=early.ends_at)) is not None
    assert opening.wait(whole, module, facts(now=late.ends_at)) is None


@pytest.mark.parametrize(
    "rule",
    [
        Rule(Opens.AFTER_MODULE, after=uuid4()),
        Rule(Opens.AFTER_MODULE),
        Rule(Opens.FROM_DATE),
        Rule(Opens.AFTER_MEASURE, timepoint="gone"),
        Rule(Opens.AFTER_LIVE, live=uuid4()),
        Rule(Opens.AFTER_LIVE),
    ],
)
def test_a_rule_whose_thing_is_gone_holds_nobody_up(rule):
    module = part("waiting", rule)

    assert opening.wait(programme(part("first"), module), module, facts()) is None


def test_parts_that_wait_for_each_other_hold_nobody_up():
    first, second = part("first"), part("second")
    first = Module(**{**vars(first), "rule": Rule(Opens.AFTER_MODULE, after=second.key)})

    whole = programme(first, second)

    assert states(whole, facts()) == ["next", "later"]
    assert states(whole, facts(completed=done(first))) == ["done", "next"]


@pytest.mark.parametrize(
    ("rules", "round_and_round"),
    [
        ([("a", "START", None), ("b", "AFTER_MODULE", "a")], False),
        ([("a", "AFTER_MODULE", "b"), ("b", "AFTER_MODULE", "a")], True),
        ([("a", "AFTER_MODULE", "b"), ("b", "IN_ORDER", None)], True),
        ([("a", "AFTER_MODULE", "c"), ("b", "IN_ORDER", None), ("c", "AFTER_MODULE", "b")], True),
        ([("a", "AFTER_MODULE", "c"), ("b", "IN_ORDER", None), ("c", "START", None)], False),
        ([("a", "AFTER_MODULE", "a")], True),
        ([("a", "FROM_DATE", "a"), ("b", "IN_ORDER", None)], False),
    ],
)
def test_rules_that_go_round_are_found(rules, round_and_round):
    assert circles.goes_round(rules) is round_and_round


@pytest.mark.parametrize("sign", ["the part opened", "a piece opened", "a piece done"])
@pytest.mark.parametrize(
    "rule", [Rule(), Rule(Opens.FROM_DATE, on=date(2027, 1, 1)), Rule(Opens.AFTER_MEASURE, timepoint="t1")]
)
def test_a_part_that_somebody_has_begun_stays_open_whatever_becomes_of_the_rules(sign, rule):
    before, begun = part("before"), part("begun", rule)
    known = {
        "the part opened": {"begun": frozenset({begun.key})},
        "a piece opened": {"begun": frozenset({begun.activities[1].key})},
        "a piece done": {"completed": {begun.activities[0].key: "SKIPPED"}},
    }[sign]

    found = opening.wait(programme(before, begun), begun, facts(questions={"t1": "Before"}, **known))

    assert found is None


def test_a_finished_part_stays_done_when_a_piece_is_added_and_so_do_those_that_hung_on_it():
    first, second = part("first", pieces=3), part("second")
    known = facts(completed={first.activities[0].key: "DONE"}, parts=frozenset({first.key.hex}))

    assert states(programme(first, second), known) == ["done", "next"]


def test_when_parts_change_their_places_what_was_begun_stays_open():
    first, second, third = part("first"), part("second"), part("third")
    known = facts(completed=done(first), begun=frozenset({second.key}))

    assert states(programme(third, second, first), known) == ["next", "open", "done"]


def test_when_the_part_before_is_taken_away_the_next_opens():
    first, second, third = part("first"), part("second"), part("third")
    known = facts(completed=done(first))

    assert states(programme(first, second, third), known) == ["done", "next", "later"]
    assert states(programme(first, third), known) == ["done", "next"]


def test_when_the_last_part_that_was_left_is_taken_away_everything_is_behind():
    first, second = part("first"), part("second")
    known = facts(completed=done(first))

    assert not progress.finished(programme(first, second), known)
    assert progress.finished(programme(first), known)
    assert not progress.finished(programme(), known)
