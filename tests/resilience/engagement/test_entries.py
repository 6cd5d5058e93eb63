"""What is written is kept encrypted, once for each exercise, and only for those who take part."""

import json
import uuid
from datetime import timedelta

import pytest
from django.db import connection

from resilience.engagement import completions, entries, page_views, so_far, taking_part
from resilience.engagement.models import ActivityCompletion, Entry, How, PageView
from resilience.privacy import keys
from tests.factories.engagement import written

pytestmark = pytest.mark.postgres_too
PAGE = uuid.UUID(int=7)
WORDS = {"sentence": "You saw it and you said so.", "words": ["care", "humour"]}


@pytest.fixture
def kept(ada, tuesday) -> Entry:
    return entries.save(
        enrolment=ada, page=PAGE, exercise="want_to_hear", kind="reflection", fields=WORDS,
        revisit_after_days=14, at=tuesday,
    )  # fmt: skip


def test_what_was_written_can_be_read_again(kept, ada):
    assert written(enrolment=ada, exercise="want_to_hear") == WORDS


def test_the_database_holds_no_word_of_it(kept):
    with connection.cursor() as cursor:
        cursor.execute("SELECT fields FROM engagement_entry")
        (stored,) = cursor.fetchone()

    assert "said so" not in stored
    assert "sentence" not in stored


def test_what_was_never_written_is_empty(ada):
    assert written(enrolment=ada, exercise="other") == {}


def test_writing_again_replaces_the_words_and_keeps_the_beginning(kept, ada, tuesday):
    later = tuesday + timedelta(hours=1)
    entries.save(
        enrolment=ada,
        page=PAGE,
        exercise="want_to_hear",
        kind="reflection",
        fields={"sentence": "No."},
        at=later,
    )

    row = Entry.objects.get()
    assert json.loads(row.fields) == {"sentence": "No."}
    assert (row.started_at, row.saved_at) == (tuesday, later)


def test_a_page_is_opened_with_one_query(kept, ada, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = entries.on_page(enrolment=ada, page=PAGE)

    assert found["want_to_hear"].fields == WORDS


def test_without_opening_only_the_times_are_told(kept, ada, tuesday):
    found = entries.kept_on_page(enrolment=ada, page=PAGE)["want_to_hear"]

    assert (found.fields, found.saved_at) == ({}, tuesday)


def test_what_was_written_is_gone_with_its_key(kept, ada, tuesday):
    keys.destroy(ada.participant.user.data_key, at=tuesday)

    with pytest.raises(keys.Destroyed):
        entries.on_page(enrolment=ada, page=PAGE)


def test_it_comes_back_on_its_day_and_not_before(kept, ada, tuesday):
    day = tuesday.date() + timedelta(days=14)

    assert entries.to_revisit(enrolment=ada, today=day - timedelta(days=1)) == []
    assert entries.to_revisit(enrolment=ada, today=day) == [(PAGE, "want_to_hear")]


def test_an_answer_ends_the_asking_and_survives_new_words(kept, ada, tuesday):
    entries.come_back(enrolment=ada, exercise="want_to_hear", answer="Yes", at=tuesday)
    entries.save(
        enrolment=ada,
        page=PAGE,
        exercise="want_to_hear",
        kind="reflection",
        fields={"sentence": "No."},
        at=tuesday,
    )

    assert written(enrolment=ada, exercise="want_to_hear") == {"sentence": "No.", "coming_back": "Yes"}
    assert Entry.objects.get().revisit_on is None


def test_what_was_written_can_be_deleted(kept, ada):
    entries.delete(enrolment=ada, exercise="want_to_hear")

    assert not Entry.objects.exists()


def test_nothing_is_recorded_for_somebody_who_has_stopped(ada, tuesday):
    ada.withdrawn_at = tuesday

    with pytest.raises(taking_part.Stopped):
        entries.save(enrolment=ada, page=PAGE, exercise="x", kind="note", fields={}, at=tuesday)
    with pytest.raises(taking_part.Stopped):
        completions.complete(enrolment=ada, activity=PAGE, how=How.DONE, at=tuesday)
    with pytest.raises(taking_part.Stopped):
        page_views.record(enrolment=ada, page=PAGE, at=tuesday)


def test_an_activity_is_completed_once(ada, tuesday):
    for _ in range(2):
        completions.complete(enrolment=ada, activity=PAGE, how=How.DONE, at=tuesday)

    assert ActivityCompletion.objects.count() == 1


def test_a_page_view_falls_on_the_readers_own_day(ada, tuesday):
    ada.participant.time_zone = "Pacific/Auckland"

    page_views.record(enrolment=ada, page=PAGE, at=tuesday + timedelta(hours=2))

    assert PageView.objects.get().day == tuesday.date() + timedelta(days=1)


def test_where_somebody_was_is_the_page_opened_last(ada, tuesday):
    other = uuid.UUID(int=8)
    page_views.record(enrolment=ada, page=PAGE, at=tuesday)
    page_views.record(enrolment=ada, page=other, at=tuesday + timedelta(minutes=5))

    assert page_views.latest(ada, among=[PAGE, other]) == other
    assert page_views.latest(ada, among=[PAGE]) == PAGE
    assert page_views.latest(ada, among=[]) is None


def test_where_somebody_is_takes_one_query(ada, tuesday, django_assert_num_queries):
    completions.complete(enrolment=ada, activity=PAGE, how=How.SKIPPED, at=tuesday)
    page_views.record(enrolment=ada, page=PAGE, at=tuesday)

    with django_assert_num_queries(1):
        found = so_far.read(ada, today=tuesday.date(), address="/x/")

    assert found == so_far.SoFar(
        {PAGE: "SKIPPED"}, frozenset({PAGE}), draft_waits=False, begun=frozenset({PAGE})
    )
