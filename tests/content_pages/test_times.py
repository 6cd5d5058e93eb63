"""The pages of the time points: what is refused and why, in words that tell a manager what to do."""

import pytest

from resilience.audit.models import AuditEvent
from resilience.measures.models import Anchor, Occasion, Timepoint, TimetableVersion
from resilience.participants.models import Coaching, Programme
from tests.factories.live_sessions import LiveSessionFactory
from tests.factories.measures import OccasionFactory, TimepointFactory
from tests.factories.participants import EnrolmentFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
TIMES = "/manage/programmes/steady/times/"
FORM = {
    "label": "Week four", "key": "t4", "anchor": "ENROLMENT", "offset_days": "28", "latest_days": "",
    "window_days": "14", "early_days": "0", "late_days": "0",
}  # fmt: skip


@pytest.fixture
def programme() -> Programme:
    return ProgrammeFactory()


@pytest.fixture
def three(programme) -> list[Timepoint]:
    """Three time points, of which the third counts from the second."""
    first = TimepointFactory(programme=programme, key="t1", label="Before", position=1)
    second = TimepointFactory(programme=programme, key="t2", label="After", position=2, offset_days=9)
    third = TimepointFactory(
        programme=programme, key="t3", label="Later", position=3, anchor="TIMEPOINT", after=second
    )
    return [first, second, third]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"label": ""}, "Write a name."),
        ({"key": ""}, "Small letters, digits and hyphens only"),
        ({"key": "t1"}, "This short name is taken."),
        ({"key": "calls"}, "The site uses this word itself."),
        ({"anchor": ""}, "Choose one."),
        ({"anchor": "LIVE_SESSION"}, "Write the short word of the meeting."),
        ({"anchor": "LIVE_SESSION", "live_session": "work shop"}, "Write the short word of the meeting, for"),
        ({"anchor": "MODULE"}, "Choose the part."),
        ({"anchor": "MODULE", "module": "ab12"}, "Choose the part."),
        ({"anchor": "CALL"}, "Write which call"),
        ({"anchor": "TIMEPOINT"}, "Choose the time point to count from."),
        ({"offset_days": "soon"}, "Write a whole number of days."),
        ({"offset_days": "731"}, "Write 730 days or fewer."),
        ({"window_days": "0"}, "Write 1 or more."),
        ({"early_days": "-1"}, "Write 0 or more."),
        ({"latest_days": "27"}, "This is sooner than the days above."),
    ],
)
def test_what_does_not_fit_is_said_with_all_that_was_typed(three, as_manager, change, words):
    answer = as_manager.post(f"{TIMES}new/", FORM | change)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert words in page
    assert 'value="Week four"' in page or "label" in change
    assert Timepoint.objects.count() == 3


def test_a_new_time_point_comes_last_with_the_next_free_short_name(three, as_manager):
    assert 'name="key" value="t4"' in as_manager.get(f"{TIMES}new/").content.decode()

    assert as_manager.post(f"{TIMES}new/", FORM).url == TIMES

    made = Timepoint.objects.get(key="t4")
    assert (made.position, made.label, made.offset_days) == (4, "Week four", 28)
    assert made.planned_at is None


def test_a_time_point_cannot_count_from_itself_or_from_a_later_one(three, as_manager):
    first, second, third = three

    for other in (second, third):
        sent = FORM | {"anchor": "TIMEPOINT", "after": str(other.pk)}
        answer = as_manager.post(f"{TIMES}t2/", sent)
        assert answer.status_code == 422
        assert "Choose a time point that comes before this one." in answer.content.decode()
    assert (
        as_manager.post(f"{TIMES}t2/", FORM | {"anchor": "TIMEPOINT", "after": str(first.pk)}).status_code
        == 302
    )


def test_what_its_new_event_has_no_use_for_is_forgotten(three, as_manager):
    as_manager.post(f"{TIMES}t3/", FORM | {"after": str(three[1].pk), "live_session": "x y"})

    changed = Timepoint.objects.get(key="t3")
    assert (changed.anchor, changed.after, changed.live_session) == (Anchor.ENROLMENT, None, "")
    assert changed.label == "Week four"


def place(browser, key: str, do: str):
    return browser.post(f"{TIMES}{key}/place/", {"do": do})


def order() -> list[str]:
    return list(Timepoint.objects.order_by("position").values_list("key", flat=True))


def test_time_points_change_places(three, as_manager):
    place(as_manager, "t2", "up")
    assert order() == ["t2", "t1", "t3"]
    place(as_manager, "t2", "down")
    assert order() == ["t1", "t2", "t3"]


@pytest.mark.parametrize(
    ("key", "do", "words"),
    [
        ("t3", "up", "“Later” counts its days from another one here."),
        ("t2", "down", "“Later” counts its days from another one here."),
        ("t2", "remove", "“Later” counts its days from another one here."),
        ("t1", "up", "“Before” cannot move any further."),
        ("t3", "down", "“Later” cannot move any further."),
    ],
)
def test_a_place_that_cannot_be_is_refused_in_words(three, as_manager, key, do, words):
    answer = place(as_manager, key, do)

    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert order() == ["t1", "t2", "t3"]


def test_a_time_point_is_taken_out_only_where_nobody_was_asked(three, as_manager):
    OccasionFactory(timepoint=three[0])

    refused = place(as_manager, "t1", "remove")
    beside = place(as_manager, "t2", "up")
    taken = place(as_manager, "t3", "remove")

    assert (refused.status_code, beside.status_code, taken.status_code) == (409, 409, 302)
    assert "People were asked at “Before”" in refused.content.decode()
    assert order() == ["t1", "t2"]
    assert Occasion.objects.count() == 1


def test_what_there_is_not_is_not_found(three, as_manager):
    assert place(as_manager, "t9", "up").status_code == 404
    assert place(as_manager, "t1", "dance").status_code == 404
    assert as_manager.get(f"{TIMES}t9/").status_code == 404


def test_each_change_is_a_version_and_on_the_trail(three, as_manager, programme):
    as_manager.post(f"{TIMES}t1/", FORM | {"label": "At the start"})
    as_manager.post(f"{TIMES}t1/", FORM | {"label": "At the start"})
    place(as_manager, "t3", "remove")

    assert [each.number for each in TimetableVersion.objects.all()] == [1, 2, 3]
    labels = [row["fields"]["label"] for row in TimetableVersion.objects.get(number=1).content["schedule"]]
    assert labels == ["Before", "After", "Later"]
    events = AuditEvent.objects.filter(event="timetable_changed", target_id=str(programme.pk))
    assert sorted(each.facts["version"] for each in events) == [2, 3]


def test_a_time_point_added_under_way_knows_since_when_it_stands(three, as_manager, tuesday):
    EnrolmentFactory()

    as_manager.post(f"{TIMES}new/", FORM)

    assert Timepoint.objects.get(key="t4").planned_at == tuesday


def test_the_page_says_what_may_not_be_meant(programme, as_manager):
    Programme.objects.update(coaching=Coaching.NONE)
    TimepointFactory(programme=programme, label="Met", anchor="LIVE_SESSION", live_session="workshop-1")
    TimepointFactory(
        programme=programme, key="t2", label="Called", position=2, anchor="CALL", nth_call=1, asks=["who5"]
    )
    TimepointFactory(
        programme=programme, key="t3", label="Read", position=3, anchor="MODULE", module="ab12", asks=["who5"]
    )
    before = as_manager.get(TIMES).content.decode()
    LiveSessionFactory(programme=programme)
    after = as_manager.get(TIMES).content.decode()

    for words in (
        "“Met” waits for the meeting “workshop-1”, and no page of that meeting is published yet.",
        "Some people may never come to “Met”.",
        "“Met” asks nothing yet.",
        "“Called” waits for calls, and this programme offers none.",
        "“Read” waits for a part that is not shown any more.",
    ):
        assert words in before
    assert "no page of that meeting is published yet" not in after
    assert "the meeting “Practice together”" in after


def test_calls_and_overlaps_are_settled_on_a_page(programme, as_manager):
    sent = {"coaching": "CORE", "calls_offered": "1", "calls_close_after_days": "30", "overlap": "TOGETHER"}

    assert as_manager.post(f"{TIMES}calls/", sent | {"calls_offered": "0"}).status_code == 422
    assert as_manager.post(f"{TIMES}calls/", sent).url == TIMES

    programme.refresh_from_db()
    assert (programme.coaching, programme.calls_offered, programme.calls_close_after_days) == ("CORE", 1, 30)
    assert programme.overlap == "TOGETHER"
