"""Two devices, a text without end, a page taken away: what was typed is kept, and somebody is told where it is."""

import json

import pytest

from content_pages.models import ActivityPage
from resilience.accounts.models import Draft
from resilience.engagement.models import Entry
from tests.factories.content_pages import LAST, MODULE, WRITING, exercise
from tests.factories.engagement import written

SENTENCE = "You saw it and you said so."
KEPT = "/my/kept/"
QUIETLY = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def with_page(writing, as_participant, typed) -> dict:
    """What a browser posts, with the token and the page that the form carries."""
    token = as_participant.get(WRITING).context["draft_token"]()
    return {**typed, "draft_token": token, "page": str(writing.translation_key)}


def test_a_text_of_a_megabyte_is_told_its_limit_and_stays_on_the_page(writing, as_participant, with_page):
    long = "Lang und breit. " * 65_536

    answer = as_participant.post(WRITING, {**with_page, "want_to_hear-needed": long})

    words = answer.content.decode()
    assert answer.status_code == 422
    assert "There is room for 4000 letters. Shorten this by" in words
    assert long.strip() in words


def test_a_megabyte_as_a_browser_encodes_its_widest_letters_is_still_read(writing, as_participant, with_page):
    from urllib.parse import urlencode

    posted = urlencode({**with_page, "want_to_hear-words": "care", "want_to_hear-needed": "\u20ac" * 349_525})

    answer = as_participant.post(WRITING, posted, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 422


def test_a_text_that_is_too_long_comes_back_when_the_page_is_left(writing, as_participant, with_page):
    as_participant.post(WRITING, {**with_page, "want_to_hear-sentence": "x" * 501})

    assert "x" * 501 in as_participant.get(WRITING).content.decode()
    assert Draft.objects.count() == 1


@pytest.fixture
def late(writing, as_participant, typed, time_passes) -> object:
    """The answer to a second device that saves something else."""
    as_participant.post(WRITING, typed)
    time_passes(minutes=1)
    return as_participant.post(WRITING, {**typed, "want_to_hear-sentence": "Something else."})


def test_of_two_versions_the_reader_is_given_the_choice(late):
    words = late.content.decode()

    assert "Keep what is in the boxes" in words
    assert "Keep the one from before" in words
    assert 'value="other:want_to_hear"' in words


def test_the_second_version_is_kept_until_its_reader_has_chosen(late, as_participant):
    words = as_participant.get(WRITING).content.decode()

    assert ">\nSomething else.</textarea>" in words
    assert SENTENCE in words
    assert "Keep the one from before" in words


def test_keeping_the_one_from_before_drops_the_other(late, as_participant, ada, typed):
    chosen = {**typed, "want_to_hear-sentence": "Something else.", "do": "other:want_to_hear"}

    answer = as_participant.post(WRITING, chosen)

    assert answer.status_code == 302
    assert written(enrolment=ada, exercise="want_to_hear")["sentence"] == SENTENCE
    assert not Draft.objects.exists()
    assert "Something else." not in as_participant.get(WRITING).content.decode()


def test_keeping_what_is_in_the_boxes_replaces_the_one_from_before(late, as_participant, ada, typed):
    seen = Entry.objects.get().saved_at.isoformat()
    chosen = {**typed, "want_to_hear-sentence": "Something else.", "want_to_hear-seen": seen}

    as_participant.post(WRITING, chosen)

    assert written(enrolment=ada, exercise="want_to_hear")["sentence"] == "Something else."
    assert not Draft.objects.exists()


def _unpublish(page: ActivityPage) -> None:
    page.unpublish()


def _delete(page: ActivityPage) -> None:
    page.delete()


def _take_the_part_away(page: ActivityPage) -> None:
    page.get_parent().specific.delete()


@pytest.mark.parametrize("away", [_unpublish, _delete, _take_the_part_away])
def test_words_posted_to_a_page_that_was_taken_away_are_kept_and_found(
    writing, as_participant, with_page, away
):
    away(writing)

    answer = as_participant.post(WRITING, with_page)

    words = answer.content.decode()
    assert answer.status_code == 410
    assert "This page has been taken away" in words
    assert f'href="{KEPT}"' in words
    assert SENTENCE in as_participant.get(KEPT).content.decode()


def test_what_was_never_a_page_of_theirs_is_not_kept(writing, as_participant, with_page):
    assert as_participant.post(f"{MODULE}nothing/", with_page).status_code == 404
    assert not Draft.objects.exists()


def test_words_follow_a_page_that_was_renamed(writing, as_participant, with_page):
    writing.slug = "renamed"
    writing.save()

    answer = as_participant.post(WRITING, with_page)

    assert answer["Location"] == f"{MODULE}renamed/"
    assert f">\n{SENTENCE}</textarea>" in as_participant.get(f"{MODULE}renamed/").content.decode()


def test_words_posted_to_a_part_that_was_closed_are_kept_and_it_is_said(
    steady, as_participant, ada, sign_in, tuesday
):
    from resilience.accounts import drafting

    page = ActivityPage.objects.get(slug="the-loop")
    page.body = [exercise(key="loop")]
    page.save()
    request = as_participant.get(LAST).wsgi_request
    posted = {"open": "loop", "loop-sentence": SENTENCE, "do": "done", "draft_token": drafting.token(request)}

    answer = as_participant.post(LAST, posted)

    assert answer.status_code == 409
    assert "What you typed there is kept for you" in answer.content.decode()
    assert not Entry.objects.exists()
    assert SENTENCE in as_participant.get(KEPT).content.decode()


def test_what_was_written_in_an_exercise_that_is_gone_can_be_read_and_deleted(writing, as_participant, typed):
    as_participant.post(WRITING, typed)
    there = as_participant.get(KEPT).content.decode()
    writing.delete()

    gone = as_participant.get(KEPT).content.decode()
    as_participant.post(KEPT, {"do": "delete:want_to_hear"})

    assert SENTENCE not in there
    assert SENTENCE in gone
    assert not Entry.objects.exists()


def test_words_without_a_page_are_their_writers_alone(writing, as_participant, sign_in, with_page):
    from tests.factories.participants import EnrolmentFactory

    writing.delete()
    as_participant.post(WRITING, with_page)
    other = sign_in(EnrolmentFactory().participant.user)

    other.post(KEPT, {"do": f"forget:{WRITING}"})

    assert SENTENCE not in other.get(KEPT).content.decode()
    assert SENTENCE in as_participant.get(KEPT).content.decode()
    as_participant.post(KEPT, {"do": f"forget:{WRITING}"})
    assert SENTENCE not in as_participant.get(KEPT).content.decode()


def test_words_without_a_page_ask_for_a_fresh_code_after_ten_idle_minutes(as_participant, time_passes):
    as_participant.get("/my/")
    time_passes(minutes=11)

    assert as_participant.get(KEPT)["Location"].startswith("/sign-in/again/?next=")


def quietly(client: object, typed: dict) -> object:
    return client.post(WRITING, typed, **QUIETLY)


def test_saving_quietly_tells_the_page_what_stands_there_now(writing, as_participant, ada, typed):
    answer = quietly(as_participant, typed)

    fields = json.loads(answer.content)["fields"]
    assert fields == {"want_to_hear-seen": Entry.objects.get().saved_at.isoformat()}
    assert written(enrolment=ada, exercise="want_to_hear")["sentence"] == SENTENCE


def test_the_same_page_saves_on_after_saving_quietly(writing, as_participant, ada, typed, time_passes):
    fields = json.loads(quietly(as_participant, typed).content)["fields"]
    time_passes(minutes=1)

    answer = as_participant.post(WRITING, {**typed, **fields, "want_to_hear-sentence": "Said better."})

    assert answer.status_code == 302
    assert written(enrolment=ada, exercise="want_to_hear")["sentence"] == "Said better."


def test_saving_quietly_does_not_overwrite_another_device(writing, as_participant, ada, typed, time_passes):
    as_participant.post(WRITING, typed)
    time_passes(minutes=1)

    answer = quietly(as_participant, {**typed, "want_to_hear-sentence": "Something else."})

    assert answer.status_code == 422
    assert written(enrolment=ada, exercise="want_to_hear")["sentence"] == SENTENCE
    assert Draft.objects.count() == 1


def test_saving_quietly_sends_no_half_typed_line_to_the_makers(steady, as_participant):
    from resilience.engagement.models import Remark
    from tests.factories.content_pages import COUNTING, a_piece_that_counts

    a_piece_that_counts(steady)

    as_participant.post(COUNTING, {"open": "closing-part", "closing-part-remark": "Shor"}, **QUIETLY)

    assert not Remark.objects.exists()
