"""The manager's pages of the groups: set up, confirm, watch without seeing who comes next, load a table."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from resilience.accounts.models import Role
from resilience.audit.models import AuditEvent
from resilience.participants.models import AllocationPlan, Arm, Programme
from tests.factories import arms
from tests.factories.accounts import UserFactory
from tests.factories.measures import TimepointFactory
from tests.factories.participants import ProgrammeFactory

pytestmark = pytest.mark.django_db
ARMS = "/manage/programmes/steady/arms/"
ONE = {"name": "Group A", "key": "a", "kind": "NONE", "share": "1", "weeks": "", "timepoint": "", "task": ""}


@pytest.fixture
def programme() -> Programme:
    made = ProgrammeFactory()
    TimepointFactory(programme=made, asks=["who5"])
    return made


def do(browser, what: str, **more: str):
    return browser.post(f"{ARMS}do/", {"do": what, **more})


def test_a_manager_sets_groups_up_and_confirms_them_from_the_page_alone(programme, as_manager):
    assert "everybody is offered the same" in as_manager.get(ARMS).content.decode()

    as_manager.post(f"{ARMS}new/", ONE)
    as_manager.post(f"{ARMS}new/", ONE | {"name": "Group B", "key": "b", "kind": "OPTIONAL"})
    as_manager.post(ARMS, {"by": "PERSON", "sizes": "6, 4", "strata": ["profession"]})
    ready = as_manager.get(ARMS).content.decode()
    done = do(as_manager, "confirm")

    plan = AllocationPlan.objects.get()
    assert "Confirm the groups" in ready
    assert done.url == ARMS
    assert (plan.blocks, plan.strata, bool(plan.seed)) == ([4, 6], ["profession"], True)
    assert list(Arm.objects.values_list("key", "position")) == [("a", 1), ("b", 2)]
    assert Programme.objects.get().has_arms
    assert AuditEvent.objects.filter(event="allocation_confirmed").exists()


def test_nobody_is_shown_the_seed_or_who_comes_next_before_it_is_ended(programme, as_manager, tuesday):
    plan = arms.confirmed(programme, now=tuesday)
    for _ in range(3):
        arms.arrives(programme, at=tuesday)

    page = as_manager.get(ARMS).content.decode()
    do(as_manager, "end")

    assert plan.seed not in page
    assert page.count("fewer than 10") == 3 - 1  # both groups; nobody is in none
    assert "Yes, for every place so far" in page
    assert plan.seed in as_manager.get(ARMS).content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Write a name."),
        ({"name": "Group Z"}, "Another group has this name."),
        ({"key": "z"}, "This short name is taken."),
        ({"key": "table"}, "The site uses this word itself."),
        ({"key": "Ä b"}, "Small letters, digits and hyphens only"),
        ({"kind": ""}, "Choose one."),
        ({"share": "0"}, "Write 1 or more."),
        ({"kind": "WAITING"}, "Write how many weeks, or choose the questions below"),
        ({"kind": "WAITING", "weeks": "4", "timepoint": "t1"}, "and not both"),
        ({"kind": "WAITING", "weeks": "105"}, "Write 104 weeks or fewer."),
        ({"kind": "PEER"}, "Write what they should talk about."),
    ],
)
def test_what_does_not_fit_a_group_is_said_with_all_that_was_typed(programme, as_manager, change, words):
    Arm.objects.create(programme=programme, key="z", name="Group Z", position=1, kind="NONE")

    answer = as_manager.post(f"{ARMS}new/", ONE | {"weeks": ""} | change)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Arm.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"by": "PERSON", "sizes": ""}, "Write the size of a block"),
        ({"by": "PERSON", "sizes": "4, four"}, "Write whole numbers from 1 to 60"),
        ({"by": "PERSON", "sizes": "0"}, "Write whole numbers from 1 to 60"),
        ({"by": "DICE", "sizes": "4"}, "Choose one."),
    ],
)
def test_what_does_not_fit_the_plan_is_said(programme, as_manager, sent, words):
    arms.drafted(programme)

    answer = as_manager.post(ARMS, sent)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert AllocationPlan.objects.get().blocks == [4]


def test_what_a_kind_has_no_use_for_is_forgotten_and_a_group_can_be_taken_out(programme, as_manager):
    as_manager.post(f"{ARMS}new/", ONE | {"kind": "WAITING", "weeks": "8", "task": "Talk."})
    as_manager.post(f"{ARMS}a/", {**ONE, "kind": "PEER", "weeks": "x", "task": "Talk of a good day."})

    changed = Arm.objects.get()
    assert (changed.kind, changed.weeks, changed.task) == ("PEER", None, "Talk of a good day.")
    do(as_manager, "remove", arm="a")
    assert not Arm.objects.exists()


def test_an_old_page_changes_nothing_of_groups_that_are_confirmed(programme, as_manager, tuesday):
    arms.confirmed(programme, now=tuesday)
    arms.arrives(programme, at=tuesday)

    answers = [
        as_manager.post(ARMS, {"by": "TABLE", "sizes": ""}),
        as_manager.post(f"{ARMS}a/", ONE | {"kind": "NONE"}),
        do(as_manager, "remove", arm="a"),
        do(as_manager, "open"),
        do(as_manager, "confirm"),
        as_manager.post(f"{ARMS}table/", {"table": SimpleUploadedFile("t.csv", b"participant,arm\nx,a\n")}),
    ]

    assert [each.status_code for each in answers] == [409] * 6
    assert AllocationPlan.objects.get().by == "PERSON"
    assert Arm.objects.get(key="a").kind == "OPTIONAL"


def test_a_table_is_taken_in_or_says_what_to_put_right(programme, as_manager, tuesday):
    arms.confirmed(programme, now=tuesday, by="TABLE", blocks=[])
    person = arms.arrives(programme, at=tuesday)
    code = str(person.respondent_id)[:8]

    def upload(text: str):
        return as_manager.post(f"{ARMS}table/", {"table": SimpleUploadedFile("t.csv", text.encode())})

    refused = upload(f"participant,arm\n{code},z\n")
    taken = upload(f"participant,arm\n{code},b\n")

    assert refused.status_code == 422
    assert "Row 2, column arm" in refused.content.decode()
    assert taken.url == ARMS
    assert arms.group_of(person) == "b"
    assert as_manager.post(f"{ARMS}table/").status_code == 422


def test_cards_are_held_back_and_shown_again_by_one_button(programme, as_manager):
    do(as_manager, "hold")
    held = as_manager.get(ARMS).content.decode()
    do(as_manager, "hold")
    do(as_manager, "release")

    assert "They are held back." in held
    assert "“Before”" in held
    assert not Programme.objects.get().cards_held_back
    assert AuditEvent.objects.filter(event="cards_held_back").count() == 2


def test_what_there_is_not_and_what_somebody_does_not_manage_is_not_found(programme, as_manager, sign_in):
    other = sign_in(UserFactory(roles=[Role.MANAGER], roles__programme="other"))

    assert as_manager.get(f"{ARMS}z/").status_code == 404
    assert do(as_manager, "dance").status_code == 404
    assert do(as_manager, "remove", arm="z").status_code == 404
    for address in (ARMS, f"{ARMS}new/", f"{ARMS}table/"):
        assert other.get(address).status_code == 404
    assert do(other, "hold").status_code == 404
