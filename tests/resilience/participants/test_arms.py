"""Groups by chance: given once, after the first questions, in blocks that anybody can draw again from the seed."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from resilience.audit import events
from resilience.audit.models import AuditEvent
from resilience.journeys import withdrawing
from resilience.measures import arming, beginning, responses
from resilience.measures.models import Anchor, Response, Timepoint
from resilience.organisations.models import Unit
from resilience.participants.arms import allocating, auditing, blocks, counting, plans, tables
from resilience.participants.models import Allocation, Arm, DrawnPlace, Enrolment, Programme, Withdrawal
from tests.factories import arms
from tests.factories.accounts import UserFactory
from tests.factories.measures import TimepointFactory
from tests.factories.participants import EnrolmentFactory, ProgrammeFactory

SEED = "5eed"


def by_hand(seed: str, stratum: str, groups: str, sizes: list[int], most: int) -> str:
    """Draw the sequence as the documentation says it, with nothing of the product: `groups` is one round, as in aab."""
    numbers, out = random.Random(f"{seed}/{stratum}"), ""
    while len(out) < most:
        size = sizes[int(len(sizes) * numbers.random())]
        slots = "".join(letter * (size // len(groups)) for letter in groups)
        ordered = sorted((numbers.random(), place) for place in range(size))
        out += "".join(slots[place] for _number, place in ordered)
    return out[:most]


@given(st.text("0123456789abcdef", min_size=1, max_size=32), st.sampled_from(["", "profession=nurse"]))
def test_the_sequence_is_the_one_that_its_rule_gives_to_whoever_draws_it_again(seed, stratum):
    shares, sizes = [("a", 2), ("b", 1)], [3, 6, 9]

    drawn = [blocks.at(n, seed=seed, stratum=stratum, shares=shares, sizes=sizes) for n in range(1, 40)]

    assert "".join(drawn) == by_hand(seed, stratum, "aab", sizes, 39)


@given(st.text("0123456789abcdef", min_size=1, max_size=32))
def test_after_each_block_the_groups_are_as_large_as_their_shares_say(seed):
    drawn = blocks.sequence(seed=seed, stratum="", shares=[("a", 2), ("b", 1)], sizes=[6])
    in_blocks = [[next(drawn) for _ in range(6)] for _ in range(5)]

    assert all(Counter(block) == {"a": 4, "b": 2} for block in in_blocks)


in_database = pytest.mark.django_db


@pytest.fixture
def programme(db) -> Programme:
    return ProgrammeFactory()


@in_database
def test_somebody_is_in_a_group_once_their_first_questions_are_answered_and_not_before(programme, tuesday):
    arms.confirmed(programme, now=tuesday)
    TimepointFactory(programme=programme, asks=["phq8"])
    person = EnrolmentFactory(joined_at=tuesday)
    second = arms.asked(person, at=tuesday, instrument="phq8")

    arms.answers(person, at=tuesday)
    half = arms.group_of(person)
    responses.submit(occasion=second, answers={"1": 1}, at=tuesday)

    assert half == ""
    assert arms.group_of(person) in {"a", "b"}
    assert AuditEvent.objects.get(event=events.ARM_ALLOCATED).facts["number"] == 1


@in_database
def test_people_come_into_groups_in_the_order_in_which_they_arrive_within_their_stratum(programme, tuesday):
    arms.confirmed(programme, now=tuesday, seed=SEED, blocks=[2, 4], strata=["profession"])
    found = {"nurse": "", "doctor": ""}

    for profession in ["nurse", "doctor", "nurse", "nurse", "doctor", "nurse", "nurse"]:
        found[profession] += arms.group_of(arms.arrives(programme, at=tuesday, profession=profession))

    assert found["nurse"] == by_hand(SEED, "profession=nurse", "ab", [2, 4], 5)
    assert found["doctor"] == by_hand(SEED, "profession=doctor", "ab", [2, 4], 2)


@in_database
def test_a_group_is_given_once_and_stays(programme, tuesday):
    arms.confirmed(programme, now=tuesday)
    person = arms.arrives(programme, at=tuesday)
    first = Allocation.objects.get()

    again = allocating.allocate(enrolment=person, now=tuesday + timedelta(days=1))
    beginning.look(person, now=tuesday + timedelta(days=1))

    assert again == first
    assert (Allocation.objects.count(), DrawnPlace.objects.count()) == (1, 1)


@in_database
def test_who_answered_half_and_let_the_rest_close_is_brought_in_by_the_recurring_job(programme, tuesday):
    arms.confirmed(programme, now=tuesday)
    TimepointFactory(programme=programme, asks=["phq8"])
    half, none = EnrolmentFactory(joined_at=tuesday), EnrolmentFactory(joined_at=tuesday)
    for person in (half, none):
        arms.asked(person, at=tuesday, instrument="phq8")
    arms.answers(half, at=tuesday)

    beginning.look_at_all(now=tuesday + timedelta(days=1))
    before = arms.group_of(half)
    beginning.look_at_all(now=tuesday + timedelta(days=90))

    assert before == ""
    assert arms.group_of(half)
    assert arms.group_of(none) == ""


@in_database
def test_everybody_of_a_unit_is_in_the_group_of_the_first_and_who_names_none_is_in_none(programme, tuesday):
    Programme.objects.update(why_unit="To compare wards.")
    programme.refresh_from_db()
    Unit.objects.bulk_create(Unit(organisation=programme.organisation, name=f"Ward {n}") for n in (1, 2))
    arms.confirmed(programme, now=tuesday, seed=SEED, by="UNIT", blocks=[2])
    wards = ["Ward 1", "Ward 2", "Ward 1", "Ward 2", "Ward 1", "other", ""]

    people = [EnrolmentFactory(belongs_as="EMPLOYEE", respondent__workplace=ward) for ward in wards]
    found = [arms.group_of(arms.answers(person, at=tuesday)) for person in people]

    first, second = by_hand(SEED, "", "ab", [2], 2)
    assert found == [first, second, first, second, first, "", ""]
    assert DrawnPlace.objects.count() == 2
    assert beginning.of(people[-1], now=tuesday).state == beginning.State.IN_NONE


@in_database
def test_what_is_stored_is_held_against_the_seed(programme, tuesday, capsys):
    plan = arms.confirmed(programme, now=tuesday)
    for _ in range(5):
        arms.arrives(programme, at=tuesday)
    call_command("check_allocation", "steady")
    listed, told = capsys.readouterr()
    assert auditing.holds(plan)
    assert len(listed.splitlines()) == 6
    assert plans.mark(plan) in told
    assert plan.seed not in told

    place = DrawnPlace.objects.get(number=3)
    other = Arm.objects.exclude(pk=place.arm_id).get()
    super(type(DrawnPlace.objects.all()), DrawnPlace.objects.filter(pk=place.pk)).update(arm=other)

    assert not auditing.holds(plan)
    with pytest.raises(CommandError, match="not what the seed gives"):
        call_command("check_allocation", "steady")


@in_database
def test_a_place_that_was_taken_away_is_noticed_and_the_seed_is_shown_once_it_is_over(
    programme, tuesday, capsys
):
    plan = arms.confirmed(programme, now=tuesday)
    people = [arms.arrives(programme, at=tuesday) for _ in range(3)]
    plans.end(programme=programme, by=UserFactory(), now=tuesday)
    call_command("check_allocation", "steady")
    assert plan.seed in capsys.readouterr().err
    assert arms.group_of(arms.arrives(programme, at=tuesday)) == ""

    Allocation.objects.filter(enrolment=people[0]).erase()
    assert auditing.holds(plan)
    DrawnPlace.objects.filter(number=1).erase()

    assert not auditing.holds(plan)


@in_database
def test_groups_are_fixed_once_they_are_confirmed_and_for_good_once_somebody_is_in_one(programme, tuesday):
    plan, by = arms.confirmed(programme, now=tuesday), UserFactory()
    arm = Arm.objects.first()
    programme.refresh_from_db()
    with pytest.raises(plans.Fixed):
        plans.keep_arm(arm=arm, by=by, now=tuesday)
    with pytest.raises(plans.Fixed):
        plans.keep(plan=plan, by=by, now=tuesday)

    plans.open_again(programme=programme, by=by, now=tuesday)
    arm.name = "Group One"
    plans.keep_arm(arm=arm, by=by, now=tuesday)
    again = arming.confirm(programme=programme, by=by, now=tuesday)
    arms.arrives(programme, at=tuesday)

    assert again.seed != plan.seed
    with pytest.raises(plans.Fixed):
        plans.open_again(programme=programme, by=by, now=tuesday)


def _answered() -> None:
    person = EnrolmentFactory()
    arms.answers(person, at=person.joined_at)


@in_database
@pytest.mark.parametrize(
    ("how", "change", "words"),
    [
        ({"arms": [{"kind": "NONE"}]}, None, "two groups or more"),
        ({"blocks": [3, 4]}, None, "has to be a multiple"),
        ({}, lambda: Timepoint.objects.update(anchor=Anchor.MODULES_DONE), "count from joining"),
        ({}, lambda: Programme.objects.update(coaching="NONE"), "“Group A” has calls"),
        ({"by": "UNIT"}, None, "not asked for their unit"),
        (
            {"by": "UNIT", "strata": ["level"]},
            lambda: Programme.objects.update(why_unit="To compare."),
            "alike in their organisation alone",
        ),
        (
            {"arms": [{"kind": "NONE"}, {"kind": "WAITING", "timepoint": "t1"}]},
            None,
            "waits for questions that do not come",
        ),
        ({}, _answered, "answered the first questions already"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_confirmed(programme, tuesday, how, change, words):
    arms.drafted(programme, **how)
    if change:
        change()
    programme.refresh_from_db()

    with pytest.raises(plans.Lacking) as refused:
        arming.confirm(programme=programme, by=UserFactory(), now=tuesday)

    assert words in " ".join(refused.value.args)
    assert not Programme.objects.get().has_arms


TABLE = {"by": "TABLE", "blocks": []}


@pytest.fixture
def listed(programme, tuesday) -> list[Enrolment]:
    """Two people of a programme whose groups come from elsewhere; the second has answered."""
    arms.confirmed(programme, now=tuesday, **TABLE)
    return [EnrolmentFactory(joined_at=tuesday), arms.arrives(programme, at=tuesday)]


def take_in(programme: Programme, tuesday, *rows: str, head: str = "participant,arm") -> int:
    raw = "\r\n".join([head, *rows]).encode("utf-8-sig")
    return arming.load_table(programme=programme, raw=raw, by=UserFactory(), now=tuesday)


def code(enrolment: Enrolment) -> str:
    return str(enrolment.respondent_id)[:8]


@in_database
def test_a_table_from_elsewhere_holds_from_the_first_questions_on(programme, listed, tuesday):
    early, answered = listed

    named = take_in(
        programme, tuesday, f"{code(early)};b", "", f"{answered.respondent_id};a", head="Participant;ARM"
    )

    assert named == 2
    assert (arms.group_of(early), arms.group_of(answered)) == ("", "a")
    arms.answers(early, at=tuesday)
    assert arms.group_of(early) == "b"
    assert take_in(programme, tuesday, f"{code(answered)},a") == 0


@in_database
@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            ["{0},a", "{1},c"],
            "Row 3, column arm: there is no group with the short name “c”. There are: a, b.",
        ),
        (["{0},a", "00000000,a"], "Row 3, column participant: nobody here has the study code “00000000”."),
        (["{0},a", "{0},b"], "Row 3, column participant: “{0}” stands in the table twice."),
        (["{0},a", "{1}"], "Row 3, column arm: this row has more or fewer cells"),
        ([], "There is no row below the first one."),
    ],
    ids=["group", "code", "twice", "cells", "empty"],
)
def test_a_table_is_refused_whole_naming_the_row_and_the_column(programme, listed, tuesday, rows, words):
    codes = [code(each) for each in listed]

    with pytest.raises(tables.Refused) as refused:
        take_in(programme, tuesday, *(row.format(*codes) for row in rows))

    assert words.format(*codes) in str(refused.value)
    assert not Enrolment.objects.filter(listed_arm__isnull=False).exists()
    assert not Allocation.objects.exists()


@in_database
def test_a_table_without_its_columns_and_one_that_moves_somebody_are_refused(programme, listed, tuesday):
    take_in(programme, tuesday, f"{code(listed[1])},a")

    with pytest.raises(tables.Refused, match="Row 1, column arm"):
        take_in(programme, tuesday, "x,y", head="participant,group")
    with pytest.raises(tables.Refused, match=r"Row 2, column arm: “.{8}” is in another group"):
        take_in(programme, tuesday, f"{code(listed[1])},b")
    with pytest.raises(tables.Refused, match="not text"):
        arming.load_table(programme=programme, raw=b"\xff\xfe", by=UserFactory(), now=tuesday)

    assert arms.group_of(listed[1]) == "a"


@in_database
def test_counts_tell_nobody_which_group_comes_next(programme, tuesday):
    arms.confirmed(programme, now=tuesday, strata=["profession"])
    for _ in range(3):
        arms.arrives(programme, at=tuesday)

    assert {row.n for row in [*counting.rows(programme), *counting.by_stratum(programme)]} == {None}
    assert [counting.shown(n) for n in (0, 9, 10, 12, 13)] == [0, None, 10, 10, 15]


@in_database
def test_without_groups_nobody_is_asked_about_and_nothing_is_asked_of_the_database(
    ada, tuesday, django_assert_num_queries
):
    ada.cohort.programme  # noqa: B018 - read before the counting
    with django_assert_num_queries(0):
        assert beginning.of(ada, now=tuesday) is beginning.NO_GROUPS
        assert beginning.look(ada, now=tuesday) is None

    assert not Response.objects.exists()


@in_database
def test_who_is_erased_is_in_no_group_and_their_place_stays_taken(programme, tuesday):
    plan = arms.confirmed(programme, now=tuesday)
    gone, stays = arms.arrives(programme, at=tuesday), arms.arrives(programme, at=tuesday)

    withdrawing.withdraw(
        enrolment=gone, choice=Withdrawal.Choice.DELETE, by=gone.participant.user, now=tuesday
    )
    third = arms.arrives(programme, at=tuesday)

    assert Allocation.objects.count() == 2
    assert {arms.group_of(each) for each in (stays, third)} <= {"a", "b"}
    assert list(DrawnPlace.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert auditing.holds(plan)


@in_database
def test_people_who_stopped_and_test_people_take_nobodys_place(programme, tuesday):
    arms.confirmed(programme, now=tuesday)
    tester = arms.answers(EnrolmentFactory(respondent__is_test=True), at=tuesday)
    stopped = EnrolmentFactory(withdrawn_at=tuesday)

    assert allocating.allocate(enrolment=stopped, now=tuesday) is None
    assert arms.group_of(tester) == ""
    assert not DrawnPlace.objects.exists()


@in_database
def test_once_it_is_ended_nobody_waits_for_a_group(programme, tuesday):
    arms.confirmed(programme, now=tuesday)
    person = EnrolmentFactory(joined_at=tuesday)
    before = beginning.of(person, now=tuesday).state
    plans.end(programme=programme, by=UserFactory(), now=tuesday)
    person.cohort.programme.allocation_plan.refresh_from_db()

    assert (before, beginning.of(person, now=tuesday).state) == ("AWAITED", "IN_NONE")
