"""A coach reads a copy that was pressed for, and nothing else, until it is taken back."""

import pytest

from resilience.audit.models import AuditEvent
from resilience.coaching.models import Status
from resilience.engagement.models import Entry, SharedCopy
from resilience.journeys import withdrawing
from resilience.participants.models import Withdrawal
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.factories.content_pages import SHARING, a_piece_to_share
from tests.factories.engagement import written

WORDS = "I asked twice, and stayed."


@pytest.fixture(autouse=True)
def piece(steady):
    return a_piece_to_share(steady)


@pytest.fixture
def typed() -> dict:
    return {"open": "strengths", "strengths-seen": "", "strengths-helped": WORDS, "strengths-words": ["care"]}


@pytest.fixture
def booked(ada, ben):
    return BookingFactory(enrolment=ada, coach=ben)


@pytest.fixture
def call(booked) -> str:
    return f"/coach/calls/{booked.pk}/"


def page(client: object, address: str = SHARING) -> str:
    return client.get(address).content.decode()


def test_content_appears_to_the_coach_only_after_an_explicit_share(as_participant, as_coach, call, typed):
    as_participant.post(SHARING, {**typed, "do": "save:strengths"})
    before = page(as_coach, call)

    as_participant.post(SHARING, {**typed, "do": "share:strengths"})

    after = page(as_coach, call)
    assert WORDS not in before
    assert "What they shared with you" not in before
    assert WORDS in after
    assert "What did you do that helped?" in after


def test_sharing_saves_first_what_was_typed(as_participant, ada, typed):
    answer = as_participant.post(SHARING, {**typed, "do": "share:strengths"})

    assert answer["Location"] == f"{SHARING}#strengths"
    assert written(enrolment=ada, exercise="strengths")["helped"] == WORDS
    assert SharedCopy.objects.count() == 1


def test_another_coach_cannot_read_it(as_participant, sign_in, ada, call, typed):
    as_participant.post(SHARING, {**typed, "do": "share:strengths"})
    eva = CoachFactory()
    elsewhere = BookingFactory(coach=eva)

    assert sign_in(eva.user).get(call).status_code == 404
    assert WORDS not in page(sign_in(eva.user), f"/coach/calls/{elsewhere.pk}/")


def test_a_coach_whose_call_was_cancelled_cannot_read_it(as_participant, as_coach, booked, call, typed):
    as_participant.post(SHARING, {**typed, "do": "share:strengths"})
    booked.status, booked.cancelled_at, booked.cancelled_by = Status.CANCELLED, booked.made_at, "PARTICIPANT"
    booked.save()

    assert WORDS not in page(as_coach, call)


def test_what_is_taken_back_is_gone_from_the_coachs_page(as_participant, as_coach, call, typed):
    as_participant.post(SHARING, {**typed, "do": "share:strengths"})

    as_participant.post(SHARING, {"do": "unshare:strengths"})

    assert WORDS not in page(as_coach, call)
    assert Entry.objects.exists()


def test_deleting_what_one_wrote_takes_the_copy_away(as_participant, as_coach, call, typed):
    as_participant.post(SHARING, {**typed, "do": "share:strengths"})

    as_participant.post(SHARING, {**typed, "do": "delete:strengths"})

    assert WORDS not in page(as_coach, call)
    assert not SharedCopy.objects.exists()


def test_stopping_takes_every_copy_away(as_participant, as_coach, ada, call, typed, tuesday):
    as_participant.post(SHARING, {**typed, "do": "share:strengths"})

    withdrawing.withdraw(
        enrolment=ada, choice=Withdrawal.Choice.STOP_CONTACT, by=ada.participant.user, now=tuesday
    )

    assert WORDS not in page(as_coach, call)
    assert not SharedCopy.objects.exists()


def test_a_later_change_is_not_shared_until_one_says_so(as_participant, as_coach, call, typed, time_passes):
    as_participant.post(SHARING, {**typed, "do": "share:strengths"})
    seen = Entry.objects.get().saved_at.isoformat()
    time_passes(minutes=1)
    newer = {**typed, "strengths-seen": seen, "strengths-helped": "Something newer."}

    as_participant.post(SHARING, {**newer, "do": "save:strengths"})

    mine = page(as_participant)
    assert "Something newer." not in page(as_coach, call)
    assert "Share the newer version" in mine
    assert "Take it back" in mine
    newest = Entry.objects.get().saved_at.isoformat()
    as_participant.post(SHARING, {**newer, "strengths-seen": newest, "do": "share:strengths"})
    assert "Something newer." in page(as_coach, call)


def test_the_page_says_what_sharing_means_and_when_it_happened(as_participant, typed):
    before = page(as_participant)
    as_participant.post(SHARING, {**typed, "do": "share:strengths"})

    after = page(as_participant)

    assert "Your coach sees a copy only if you press Share" in before
    assert "Share a copy with my coach" not in before
    assert "Your coach can read the copy of" in after
    assert "Share the newer version" not in after


def test_an_empty_exercise_is_not_shared(as_participant):
    as_participant.post(SHARING, {"open": "strengths", "do": "share:strengths"})

    assert not SharedCopy.objects.exists()


def test_an_exercise_that_is_its_readers_alone_cannot_be_shared(writing, as_participant):
    from tests.factories.content_pages import WRITING

    posted = {"open": "want_to_hear", "want_to_hear-sentence": WORDS}

    as_participant.post(WRITING, {**posted, "do": "share:want_to_hear"})

    assert not SharedCopy.objects.exists()


def test_each_reading_by_the_coach_is_written_down(as_participant, as_coach, ben, call, typed):
    as_participant.post(SHARING, {**typed, "do": "share:strengths"})

    page(as_coach, call)

    assert AuditEvent.objects.filter(event="shared_copies_read", actor_id=ben.user.pk).count() == 1


def test_the_coachs_day_says_that_something_was_shared_and_not_what(as_participant, as_coach, call, typed):
    before = page(as_coach, "/coach/")
    as_participant.post(SHARING, {**typed, "do": "share:strengths"})

    after = page(as_coach, "/coach/")

    assert "shared something" not in before
    assert "shared something" in after
    assert WORDS not in after


def test_a_shared_page_costs_six_queries_at_most(as_participant, typed, django_assert_max_num_queries):
    as_participant.post(SHARING, {**typed, "do": "share:strengths"})

    with django_assert_max_num_queries(6):
        as_participant.get(SHARING)
