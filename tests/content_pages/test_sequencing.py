"""What an editor is asked to put right before a rule is kept, and what a change does to people under way."""

from datetime import timedelta

import pytest

from content_pages import outline
from content_pages.models import ActivityPage, LiveSessionPage, ModulePage, Opens
from resilience.accounts.models import User
from resilience.measures.models import Anchor
from tests.factories.content_pages import (
    LAST,
    LATER,
    MODULE,
    READING,
    WRITING,
    ActivityPageFactory,
    LiveSessionPageFactory,
    ModulePageFactory,
)
from tests.factories.measures import OccasionFactory, TimepointFactory


@pytest.fixture
def first(steady) -> ModulePage:
    return ModulePage.objects.get(slug="being-human-at-work")


@pytest.fixture
def second(steady) -> ModulePage:
    return ModulePage.objects.get(slug="thinking-habits")


@pytest.fixture
def meeting(steady, ada, ben) -> LiveSessionPage:
    return LiveSessionPageFactory(parent=steady, title="Practice together")


def faults(page: ModulePage | LiveSessionPage, editor, **typed: object) -> dict[str, list[str]]:
    """Return what the editor's form says, by field."""
    form_class = page.get_edit_handler().get_form_class()
    before = form_class(instance=page, parent_page=page.get_parent(), for_user=editor)
    data = {name: before[name].value() for name in before.fields}
    data |= {
        name: before.fields[name].widget.format_value(data[name])
        for name in ("support_note", "body")
        if name in data
    }
    filled = {name: value for name, value in {**data, **typed}.items() if value is not None}
    filled |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    form = form_class(filled, instance=page, parent_page=page.get_parent(), for_user=editor)
    return dict(form.errors)


@pytest.fixture
def editor(as_editor):
    return User.objects.get(email="editor@example.org")


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (Opens.AFTER_MODULE, "opens_after"),
        (Opens.FROM_DATE, "opens_on"),
        (Opens.AFTER_MEASURE, "opens_after_timepoint"),
        (Opens.AFTER_LIVE, "opens_after_live"),
    ],
)
def test_a_rule_says_what_it_waits_for(second, editor, rule, field):
    assert "Say here what it waits for" in str(faults(second, editor, opens=rule)[field])


def test_a_whole_rule_is_taken(first, second, meeting, editor, ada):
    TimepointFactory(programme=ada.cohort.programme, asks=["who5"])

    assert faults(second, editor, opens="AFTER_MODULE", opens_after=first.pk) == {}
    assert faults(second, editor, opens="FROM_DATE", opens_on="2026-12-01") == {}
    assert faults(second, editor, opens="AFTER_MEASURE", opens_after_timepoint="t1") == {}
    assert faults(second, editor, opens="AFTER_LIVE", opens_after_live=meeting.pk) == {}


def test_a_part_cannot_wait_for_itself_or_for_one_that_waits_for_it(first, second, editor):
    assert "opens_after" in faults(first, editor, opens="AFTER_MODULE", opens_after=first.pk)
    round_and_round = faults(first, editor, opens="AFTER_MODULE", opens_after=second.pk)
    assert "Each of these parts would wait for the other" in str(round_and_round["opens_after"])


def test_a_draft_of_another_part_counts_too(first, second, editor):
    second.opens = Opens.START
    second.save_revision()

    assert faults(first, editor, opens="AFTER_MODULE", opens_after=second.pk) == {}


def test_questions_that_some_are_never_asked_open_no_part(second, editor, ada):
    programme = ada.cohort.programme
    TimepointFactory(programme=programme, key="parts", position=2, anchor=Anchor.MODULES_DONE, asks=["who5"])
    TimepointFactory(programme=programme, key="empty", position=3)

    for key in ("parts", "empty"):
        found = faults(second, editor, opens="AFTER_MEASURE", opens_after_timepoint=key)
        assert "Some people are never asked these" in str(found["opens_after_timepoint"])
    found = faults(second, editor, opens="AFTER_MEASURE", opens_after_timepoint="other")
    assert "has no such questions" in str(found["opens_after_timepoint"])


def test_a_meeting_ends_after_it_begins_and_is_somewhere(meeting, editor):
    found = faults(meeting, editor, ends_at="2026-11-01 10:00", place="", link="")

    assert "It ends before it begins" in str(found["ends_at"])
    assert "Say where it is" in str(found["place"])


def rule(page: ModulePage, **fields: object) -> None:
    """Publish another rule for a part."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def read(client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_list_says_on_which_day_a_part_opens_and_it_does(second, ada, sign_in, time_passes, tuesday):
    rule(second, opens=Opens.FROM_DATE, opens_on=tuesday.date() + timedelta(days=7))
    before = sign_in(ada.participant.user)
    mine, shut = read(before, "/my/"), read(before, LAST)
    time_passes(days=7)

    assert 'Opens on <time datetime="2026-11-10">Tuesday 10 November</time>' in mine
    assert "Tuesday 10 November" in shut
    assert "Attention comes in short lengths" not in shut
    assert "Attention comes in short lengths" in read(sign_in(ada.participant.user), LAST)


@pytest.mark.postgres_too
def test_a_part_after_questions_opens_when_they_are_answered_or_closed(
    second, ada, sign_in, time_passes, as_participant
):
    questions = TimepointFactory(programme=ada.cohort.programme, asks=["who5"], window_days=5)
    rule(second, opens=Opens.AFTER_MEASURE, opens_after_timepoint="t1")
    OccasionFactory(respondent=ada.respondent, timepoint=questions)
    mine, shut = read(as_participant, "/my/"), read(as_participant, LAST)
    time_passes(days=5)

    assert "Opens once the questions “Before” are answered or their time is over." in mine
    assert "Attention comes in short lengths" not in shut
    assert "Attention comes in short lengths" in read(sign_in(ada.participant.user), LAST)


def test_answering_opens_it_at_once(second, ada, as_participant):
    TimepointFactory(programme=ada.cohort.programme, asks=["who5"])
    rule(second, opens=Opens.AFTER_MEASURE, opens_after_timepoint="t1")
    as_participant.get("/my/")

    as_participant.post("/my/measures/t1/who5/", {f"who5-{item}": "3" for item in range(1, 6)})

    assert "Attention comes in short lengths" in read(as_participant, LAST)


def test_a_part_after_a_meeting_opens_when_its_date_has_passed(second, meeting, ada, sign_in, time_passes):
    rule(second, opens=Opens.AFTER_LIVE, opens_after_live=meeting)
    mine = read(sign_in(ada.participant.user), "/my/")
    time_passes(days=14, hours=2)

    assert "Opens after the meeting “Practice together” on" in mine
    assert "Tuesday 17 November" in mine
    assert "Attention comes in short lengths" in read(sign_in(ada.participant.user), LAST)


def test_a_programme_can_open_everything_from_the_start(steady, as_participant):
    steady.opens = Opens.START
    steady.save_revision().publish()

    assert "Attention comes in short lengths" in read(as_participant, LAST)
    assert f'href="{LATER}"' in read(as_participant, "/my/")


@pytest.mark.parametrize("address", [MODULE, READING, WRITING])
def test_rules_that_need_more_facts_cost_no_more_questions_to_the_database(
    first, second, ada, meeting, as_participant, address, django_assert_max_num_queries
):
    TimepointFactory(programme=ada.cohort.programme, asks=["who5"])
    rule(first, opens=Opens.START)
    rule(second, opens=Opens.AFTER_MEASURE, opens_after_timepoint="t1")

    with django_assert_max_num_queries(6):
        as_participant.get(address)
    with django_assert_max_num_queries(5):
        as_participant.get(address)


def test_a_part_that_was_begun_stays_open_when_its_rule_changes(first, second, as_participant, tuesday):
    for address in (READING, WRITING):
        as_participant.post(address, {"do": "done"})
    as_participant.get(LAST)

    rule(second, opens=Opens.FROM_DATE, opens_on=tuesday.date() + timedelta(days=300))

    assert "Attention comes in short lengths" in read(as_participant, LAST)
    assert as_participant.post(LAST, {"do": "done"}).status_code == 302


def test_a_part_that_was_begun_stays_open_when_one_is_put_before_it(steady, as_participant):
    for address in (READING, WRITING):
        as_participant.post(address, {"do": "done"})
    as_participant.get(LATER)

    new = ModulePageFactory(parent=steady, title="Something new")
    ActivityPageFactory(parent=new)
    new.refresh_from_db()
    new.move(steady, pos="first-child")

    assert outline.read("steady").modules[0].title == "Something new"
    assert "Attention comes in short lengths" in read(as_participant, LAST)


def test_a_finished_part_stays_done_when_a_piece_is_added(first, as_participant):
    for address in (READING, WRITING):
        as_participant.post(address, {"do": "done"})

    ActivityPageFactory(parent=first, title="One more")

    mine = read(as_participant, "/my/")
    assert "One of two done." in mine
    assert "Attention comes in short lengths" in read(as_participant, LAST)


def finished(ada) -> object:
    ada.refresh_from_db()
    return ada.modules_done_at


def test_somebody_who_had_finished_stays_finished_when_a_part_is_added(
    steady, ada, sign_in, time_passes, tuesday
):
    for address in (READING, WRITING, LAST):
        sign_in(ada.participant.user).post(address, {"do": "done"})
    time_passes(days=1)
    new = ModulePageFactory(parent=steady, title="Something new")
    ActivityPageFactory(parent=new, title="A new piece")

    mine = read(sign_in(ada.participant.user), "/my/")

    assert "You have reached the end of the parts" in mine
    assert 'href="/programmes/steady/something-new/"' in mine
    assert finished(ada) == tuesday


def test_when_the_last_part_that_was_left_is_taken_down_somebody_has_finished(
    second, ada, as_participant, tuesday
):
    for address in (READING, WRITING):
        as_participant.post(address, {"do": "done"})
    before = finished(ada)

    second.unpublish()

    assert "You have reached the end of the parts" in read(as_participant, "/my/")
    assert (before, finished(ada)) == (None, tuesday)


def test_when_every_part_is_taken_down_nobody_has_finished(first, second, ada, as_participant):
    for page in (first, second):
        page.unpublish()

    as_participant.get("/my/")

    assert finished(ada) is None


def test_a_piece_taken_away_while_it_is_read_keeps_what_was_written(
    steady, writing, ada, as_participant, typed
):
    as_participant.post(WRITING, typed)

    ActivityPage.objects.get(slug="what-i-would-want-to-hear").delete()

    assert as_participant.get(WRITING).status_code == 404
    assert ada.entries.count() == 1
