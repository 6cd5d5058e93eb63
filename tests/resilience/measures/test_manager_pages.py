"""The manager's pages: the grid with its count, the board, who may see them."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from resilience.accounts.models import Role, User
from resilience.measures import budget, grid, responses, timepoints
from resilience.measures.models import LeftOut, Occasion, PlannedMeasure, TimetableVersion
from resilience.messaging.models import Outgoing, State
from resilience.participants.models import Coaching, Enrolment, Participant, Purpose, Respondent
from resilience.privacy.models import DataKey
from tests.factories.accounts import UserFactory
from tests.factories.measures import OccasionFactory, ResponseFactory, TimepointFactory
from tests.factories.participants import EnrolmentFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
GRID, BOARD = "/manage/programmes/steady/questions/", "/manage/programmes/steady/board/"


@pytest.fixture
def programme():
    made = ProgrammeFactory()
    grid.plan(made)
    return made


def ticked(page: str) -> set[str]:
    """Return the boxes that are ticked, as instrument:time point."""
    boxes = re.findall(r'<input type="checkbox" name="at-([^"]+)" value="([^"]+)"([^>]*)>', page)
    return {f"{name}:{key}" for name, key, rest in boxes if "checked" in rest}


def post_of(programme, **changes: list[str]) -> dict:
    """Return what the grid's form sends as it stands, with changes by instrument."""
    asked: dict[str, list[str]] = {}
    for cell in PlannedMeasure.objects.filter(timepoint__programme=programme).select_related("timepoint"):
        asked.setdefault(f"at-{cell.instrument}", []).append(cell.timepoint.key)
    return asked | {f"at-{name}": keys for name, keys in changes.items()}


def test_the_usual_grid_comes_to_what_the_information_says(programme):
    burden = budget.planned(programme)

    assert [each.questions for each in burden.sittings] == [22, 7, 20, 25, 14]
    assert (burden.in_all, burden.with_calls) == (123, 144)
    assert not burden.is_over


def test_the_grid_shows_what_is_asked_and_what_it_comes_to(programme, as_manager):
    page = as_manager.get(GRID).content.decode()

    assert {"who5:t1", "phq8:t4", "coping_confidence:t2"} <= ticked(page)
    assert "who5:t2" not in ticked(page)
    assert '<span data-sum="all">123</span>' in page
    assert '<span data-sum="with-calls">144</span>' in page
    assert 'id="too-many" hidden' in page


def test_count_again_counts_without_keeping_anything(programme, as_manager):
    sent = post_of(programme, phq8=["t1", "t2", "t4"]) | {"count": "1"}

    page = as_manager.post(GRID, sent).content.decode()

    assert "phq8:t2" in ticked(page)
    assert '<span data-sum="all">131</span>' in page
    assert 'id="too-many">' in page
    assert not PlannedMeasure.objects.filter(instrument="phq8", timepoint__key="t2").exists()


def test_more_than_is_fair_is_kept_and_warned_of_wherever_the_plan_stands(programme, as_manager):
    as_manager.post(GRID, post_of(programme, phq8=["t1", "t2", "t4"]))

    assert PlannedMeasure.objects.filter(instrument="phq8", timepoint__key="t2").exists()
    assert "This is more than we think fair." in as_manager.get("/manage/programmes/steady/").content.decode()
    sheet = as_manager.get("/manage/programmes/steady/information/").content.decode()
    assert "up to 131 questions over six months" in sheet
    assert "That is more than we would wish." in sheet


def test_within_the_budget_nothing_is_warned_of(programme, as_manager):
    assert "more than we think fair" not in as_manager.get("/manage/programmes/steady/").content.decode()


def test_a_box_that_is_not_ticked_is_asked_no_more_and_the_order_is_kept(programme, as_manager):
    sent = post_of(programme, phq8=["t1"], leaving=["t1"], who5=[], coping_confidence=["t1"])
    as_manager.post(GRID, sent | {"order-leaving": "1", "order-phq8": "2", "order-coping_confidence": "3"})

    first = PlannedMeasure.objects.filter(timepoint__key="t1").order_by("position")
    assert list(first.values_list("instrument", flat=True)) == ["leaving", "phq8", "coping_confidence"]
    assert not PlannedMeasure.objects.filter(instrument="who5").exists()


def test_every_question_may_be_left_out(programme, as_manager):
    as_manager.post(GRID, {})

    assert not PlannedMeasure.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [({"order-who5": "first"}, "Write a whole number."), ({"at-who5": ["t77"]}, "taken out meanwhile")],
    ids=["an order in words", "a time point that is gone"],
)
def test_what_does_not_fit_is_said_with_every_tick_still_there(programme, as_manager, change, words):
    answer = as_manager.post(GRID, post_of(programme, phq8=["t2"]) | change)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert words in page
    assert "phq8:t2" in ticked(page)
    assert PlannedMeasure.objects.filter(instrument="phq8", timepoint__key="t1").exists()


def test_the_same_grid_kept_twice_makes_one_version(programme, as_manager):
    for _ in range(2):
        as_manager.post(GRID, post_of(programme, phq8=["t1"]))

    assert list(TimetableVersion.objects.values_list("number", flat=True)) == [1, 2]
    assert TimetableVersion.objects.first().from_at is None


def test_who_manages_another_programme_finds_none_of_the_pages(programme, sign_in):
    ProgrammeFactory(slug="other")
    other = sign_in(UserFactory(roles=[Role.MANAGER], roles__programme="other"))

    for address in (GRID, BOARD, "/manage/programmes/steady/times/", "/manage/programmes/steady/times/new/"):
        assert other.get(address).status_code == 404


# The board


@pytest.fixture
def points(programme):
    programme.timepoints.filter(after__isnull=False).delete()
    programme.timepoints.all().delete()
    return [
        TimepointFactory(programme=programme, asks=["who5", "leaving"]),
        TimepointFactory(
            programme=programme, key="t2", label="Later", position=2, offset_days=60, asks=["who5"]
        ),
    ]


def counts(browser: Client, column: int = 0) -> dict[str, int]:
    """Return how many stand where at a time point, but for those places where nobody stands."""
    found = {}
    for row in browser.get(BOARD).context["rows"]:
        if n := row["cells"][column][1]:
            found[str(row["value"])] = n
    return found


def person(now, *, days: int, **more: object):
    enrolment = EnrolmentFactory(joined_at=now - timedelta(days=days), **more)
    timepoints.refresh(enrolment=enrolment, now=now)
    return enrolment


def give(enrolment, at, *instruments: str) -> None:
    for occasion in Occasion.objects.filter(respondent=enrolment.respondent, instrument__in=instruments):
        responses.submit(occasion=occasion, answers={"1": 3}, at=at)


def test_everybody_stands_in_one_place_at_each_time_point(points, as_manager, tuesday):
    give(person(tuesday, days=1), tuesday, "who5", "leaving")
    give(person(tuesday, days=1), tuesday, "who5")
    person(tuesday, days=1)
    person(tuesday, days=1, paused_until=tuesday + timedelta(days=3))
    person(tuesday, days=1, readiness="NOT_NOW")
    person(tuesday, days=1, consents=[Purpose.TAKE_PART])
    person(tuesday, days=40)
    person(tuesday, days=1).__class__.objects.filter(pk=person(tuesday, days=2).pk).update(
        withdrawn_at=tuesday
    )
    EnrolmentFactory(joined_at=tuesday, respondent__is_test=True)

    first, second = counts(as_manager), counts(as_manager, 1)

    assert first == {
        "IN_TIME": 1, "PARTLY": 1, "DUE": 2, "PAUSED": 1, "NOT_NOW": 1, "NOT_AGREED": 1, "CLOSED": 1, "STOPPED": 1,
    }  # fmt: skip
    assert second == {"NOT_YET": 8, "STOPPED": 1}


def test_early_late_overtaken_and_spared_are_told_apart(points, as_manager, tuesday):
    first = points[0]
    moments = {"opens_at": tuesday - timedelta(days=5), "late_at": tuesday + timedelta(days=2)}
    for days in (-1, 1, 3):
        enrolment = EnrolmentFactory(joined_at=tuesday)
        occasion = OccasionFactory(respondent=enrolment.respondent, timepoint=first, **moments)
        ResponseFactory(
            respondent=enrolment.respondent, occasion=occasion, submitted_at=tuesday + timedelta(days=days)
        )
    OccasionFactory(
        respondent=EnrolmentFactory().respondent, timepoint=first, due_at=tuesday - timedelta(days=9),
        closes_at=tuesday - timedelta(days=1), overtaken_at=tuesday - timedelta(days=1),
    )  # fmt: skip
    OccasionFactory(
        respondent=EnrolmentFactory().respondent, timepoint=first, due_at=tuesday + timedelta(days=2),
        opens_at=tuesday - timedelta(days=1),
    )  # fmt: skip
    for why in ("RECALL", "OVERTAKEN"):
        LeftOut.objects.create(
            respondent=EnrolmentFactory().respondent,
            timepoint=first,
            instrument="who5",
            why=why,
            due_at=tuesday,
        )

    assert counts(as_manager) == {
        "EARLY": 1, "IN_TIME": 1, "LATE": 1, "OVERTAKEN": 2, "OPEN_EARLY": 1, "LEFT_OUT": 1,
    }  # fmt: skip


@pytest.fixture
def unreached(points, tuesday):
    """Somebody whom a message did not reach, and somebody whom it did."""
    for name, state in (("Zara", State.FAILED), ("Ada", State.SENT)):
        enrolment = person(tuesday, days=1, participant__chosen_name=name)
        mine = Outgoing.objects.filter(target_id=enrolment.pk, kind="page_reminder")
        mine.update(
            state=state, settled_at=tuesday, reason="no such address" if state == State.FAILED else ""
        )
    return points


def test_a_name_stands_only_where_a_message_did_not_arrive_and_apart_from_the_codes(unreached, as_manager):
    page = as_manager.get(BOARD).content.decode()

    assert counts(as_manager) == {"UNDELIVERED": 1, "DUE": 1}
    assert "Zara: no such address" in page
    assert "Ada" not in page.split("Whom a message could not reach")[1]
    assert "Zara" not in page.split("Whom a message could not reach")[0]
    assert "@" not in page.split("<main")[1].split("</main")[0]


def test_a_later_message_that_arrived_takes_the_name_away(unreached, as_manager, tuesday):
    failed = Outgoing.objects.get(state=State.FAILED)
    Outgoing.objects.create(
        key="later", kind="page_ready", channel="EMAIL", target_id=failed.target_id, due_at=tuesday,
        not_after=tuesday, state=State.SENT, settled_at=tuesday + timedelta(hours=1),
    )  # fmt: skip

    assert "Every message arrived" in as_manager.get(BOARD).content.decode()


def test_the_list_by_study_code_is_narrowed_by_time_point_and_place(points, as_manager, tuesday):
    done, waits = person(tuesday, days=1), person(tuesday, days=1)
    give(done, tuesday, "who5", "leaving")

    everybody = as_manager.get(BOARD).content.decode()
    narrowed = as_manager.get(f"{BOARD}?at=t1&is=DUE").content.decode()
    odd = as_manager.get(f"{BOARD}?at=t99&is=HERE&page=x")

    code, other = (str(each.respondent_id)[:8] for each in (done, waits))
    assert code in everybody
    assert other in everybody
    assert code not in narrowed
    assert other in narrowed
    assert odd.status_code == 200
    assert str(done.respondent_id) not in everybody


def test_the_board_of_a_programme_that_asks_nothing_says_so(as_manager):
    ProgrammeFactory()

    assert "There is no time point yet." in as_manager.get(BOARD).content.decode()


@pytest.mark.parametrize("people", [1, 10, 1000])
def test_the_board_asks_the_database_no_more_however_many_there_are(
    points, as_manager, tuesday, people, django_assert_max_num_queries
):
    first = EnrolmentFactory(joined_at=tuesday)
    some = [EnrolmentFactory(joined_at=tuesday, consents=[]) for _ in range(min(people, 10) - 1)]
    _many(first, people - len(some) - 1)
    as_manager.get(BOARD)

    with django_assert_max_num_queries(16) as counted:
        as_manager.get(BOARD)
    assert len(counted) <= 16


def _many(like, number: int) -> None:
    """Make so many more people at once, as simple as rows can be."""
    keys = DataKey.objects.bulk_create(
        [DataKey(wrapped=b"key", made_at=like.joined_at) for _ in range(number)], batch_size=200
    )
    users = User.objects.bulk_create(
        [User(email=f"p{n}@example.org", data_key=key) for n, key in enumerate(keys)], batch_size=200
    )
    people = Participant.objects.bulk_create([Participant(user=each) for each in users], batch_size=200)
    study = Respondent.objects.bulk_create([Respondent() for _ in range(number)], batch_size=200)
    Enrolment.objects.bulk_create(
        [
            Enrolment(participant=who, respondent=code, cohort=like.cohort, joined_at=like.joined_at)
            for who, code in zip(people, study, strict=True)
        ],
        batch_size=200,
    )


def test_the_calls_of_a_programme_count_only_where_it_offers_them(programme, as_manager):
    programme.coaching = Coaching.NONE
    programme.save()

    assert (
        "up to 144 with two calls"
        not in as_manager.get("/manage/programmes/steady/information/").content.decode()
    )
