"""What is written in an exercise is kept, comes back, and is nobody else's."""

import re

import pytest
from django.test import Client

from resilience.accounts.models import Draft
from resilience.engagement import completions
from resilience.engagement.models import ActivityCompletion, Entry
from tests.factories.content_pages import LAST, MODULE, READING, WRITING, ActivityPageFactory, exercise
from tests.factories.engagement import written
from tests.factories.participants import EnrolmentFactory

SENTENCE = "You saw it and you said so."


def post_as_page(client: Client, address: str, typed: dict) -> object:
    """Post what was typed with the token that the page's own form carries."""
    token = client.get(address).context["draft_token"]()
    return client.post(address, {**typed, "draft_token": token})


def test_what_is_saved_stands_in_the_boxes_on_another_device(writing, as_participant, sign_in, ada, typed):
    as_participant.post(WRITING, typed)

    page = sign_in(ada.participant.user).get(WRITING).content.decode()

    assert f">\n{SENTENCE}</textarea>" in page
    assert "A drink, and a second pair of eyes.</textarea>" in page
    assert page.count(" checked") == 4
    assert "Kept:" in page


def test_saving_leads_to_where_it_says_that_it_is_kept(writing, as_participant, typed):
    response = as_participant.post(WRITING, typed)

    assert (response.status_code, response["Location"]) == (302, f"{WRITING}#want_to_hear-kept")


def test_nobody_else_is_shown_it(writing, as_participant, sign_in, typed):
    as_participant.post(WRITING, typed)

    other = EnrolmentFactory()

    assert SENTENCE not in sign_in(other.participant.user).get(WRITING).content.decode()


def test_half_done_is_kept(writing, as_participant, ada):
    as_participant.post(
        WRITING, {"open": "want_to_hear", "want_to_hear-sentence": SENTENCE, "do": "save:want_to_hear"}
    )

    assert written(enrolment=ada, exercise="want_to_hear") == {"sentence": SENTENCE}


def test_an_empty_page_that_is_saved_makes_no_row(writing, as_participant):
    as_participant.post(WRITING, {"open": "want_to_hear", "do": "save:want_to_hear"})

    assert not Entry.objects.exists()


def test_emptied_boxes_stay_empty(writing, as_participant, ada, typed):
    as_participant.post(WRITING, typed)
    seen = Entry.objects.get().saved_at.isoformat()

    as_participant.post(
        WRITING, {"open": "want_to_hear", "want_to_hear-seen": seen, "do": "save:want_to_hear"}
    )

    assert written(enrolment=ada, exercise="want_to_hear") == {}


def test_an_exercise_that_was_covered_is_not_emptied_by_the_post(writing, as_participant, ada, typed):
    as_participant.post(WRITING, typed)

    as_participant.post(WRITING, {"do": "done"})

    assert written(enrolment=ada, exercise="want_to_hear")["sentence"] == SENTENCE


def test_saying_it_is_done_also_keeps_what_was_typed(writing, as_participant, ada, typed):
    response = as_participant.post(WRITING, {**typed, "do": "done"})

    assert response["Location"] == MODULE
    assert completions.behind(ada) == {writing.translation_key: "DONE"}
    assert written(enrolment=ada, exercise="want_to_hear")["sentence"] == SENTENCE


@pytest.mark.parametrize(
    ("button", "how"), [("without", "WITHOUT_WRITING"), ("skip", "SKIPPED"), ("done", "DONE")]
)
def test_each_way_puts_a_piece_behind_somebody(writing, as_participant, ada, button, how):
    as_participant.post(WRITING, {"do": button})

    assert completions.behind(ada) == {writing.translation_key: how}


def test_a_page_posted_twice_keeps_one_completion_and_one_entry(writing, as_participant, typed):
    for _ in range(2):
        as_participant.post(WRITING, {**typed, "do": "done"})

    assert (ActivityCompletion.objects.count(), Entry.objects.count()) == (1, 1)


def test_what_was_skipped_can_still_be_done(writing, as_participant, ada):
    as_participant.post(WRITING, {"do": "skip"})
    as_participant.post(WRITING, {"do": "done"})

    assert completions.behind(ada) == {writing.translation_key: "DONE"}


def test_what_was_done_is_not_undone_by_skipping(writing, as_participant, ada):
    as_participant.post(WRITING, {"do": "done"})
    as_participant.post(WRITING, {"do": "skip"})

    assert completions.behind(ada) == {writing.translation_key: "DONE"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("want_to_hear-belief", "11"),
        ("want_to_hear-who", "a stranger"),
        ("want_to_hear-words", "gold"),
        ("want_to_hear-sentence", "x" * 501),
        ("want_to_hear-needed", "x" * 4001),
    ],
)
def test_an_answer_that_cannot_be_taken_leaves_the_rest_as_typed(writing, as_participant, typed, name, value):
    response = as_participant.post(WRITING, {**typed, name: value})

    page = response.content.decode()
    assert response.status_code == 422
    assert 'role="alert"' in page
    assert f'href="#id_{name}' in page
    assert "A drink, and a second pair of eyes.</textarea>" in page or name.endswith("needed")
    assert not Entry.objects.exists()


def test_two_devices_do_not_overwrite_each_other_unseen(writing, as_participant, ada, typed, time_passes):
    as_participant.post(WRITING, typed)
    time_passes(minutes=1)

    late = as_participant.post(WRITING, {**typed, "want_to_hear-sentence": "Something else."})

    page = late.content.decode()
    assert late.status_code == 422
    assert ">\nSomething else.</textarea>" in page
    assert SENTENCE in page
    assert written(enrolment=ada, exercise="want_to_hear")["sentence"] == SENTENCE


def test_saving_again_keeps_the_newer_of_two(writing, as_participant, ada, typed):
    as_participant.post(WRITING, typed)
    seen = Entry.objects.get().saved_at.isoformat()

    newer = {**typed, "want_to_hear-sentence": "Something else.", "want_to_hear-seen": seen}
    response = as_participant.post(WRITING, newer)

    assert response.status_code == 302
    assert written(enrolment=ada, exercise="want_to_hear")["sentence"] == "Something else."


def test_what_was_typed_when_the_sign_in_had_ended_comes_back(
    writing, as_participant, sign_in, ada, typed, time_passes
):
    token = as_participant.get(WRITING).context["draft_token"]()
    time_passes(minutes=45)

    lost = as_participant.post(WRITING, {**typed, "draft_token": token})
    page = sign_in(ada.participant.user).get(WRITING).content.decode()

    assert lost["Location"].startswith("/accounts/login/")
    assert f">\n{SENTENCE}</textarea>" in page
    assert "What you typed before is back on this page" in page
    assert not Entry.objects.exists()


def test_a_draft_is_gone_once_it_is_saved(writing, as_participant, sign_in, ada, typed, time_passes):
    token = as_participant.get(WRITING).context["draft_token"]()
    time_passes(minutes=45)
    as_participant.post(WRITING, {**typed, "draft_token": token})

    sign_in(ada.participant.user).post(WRITING, typed)

    assert not Draft.objects.exists()
    assert written(enrolment=ada, exercise="want_to_hear")["sentence"] == SENTENCE


def test_words_sent_after_stopping_are_refused_in_words_and_not_kept(
    writing, as_participant, ada, typed, tuesday
):
    type(ada).objects.filter(pk=ada.pk).update(withdrawn_at=tuesday)

    answer = as_participant.post(WRITING, {**typed, "do": "done"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "You have stopped taking part" in page
    assert "what this page sent was not kept" in page
    assert 'href="/my/data/"' in page
    assert not Entry.objects.exists()
    assert not ActivityCompletion.objects.exists()


def test_private_words_are_covered_after_ten_idle_minutes(writing, as_participant, typed, time_passes):
    as_participant.post(WRITING, typed)
    time_passes(minutes=11)

    page = as_participant.get(WRITING).content.decode()

    assert SENTENCE not in page
    assert "Show what I wrote" in page


def test_showing_covered_words_asks_for_a_fresh_code(writing, as_participant, typed, time_passes):
    as_participant.post(WRITING, typed)
    time_passes(minutes=11)

    response = as_participant.post(WRITING, {"do": "show"})

    assert response["Location"].startswith("/sign-in/again/?next=")


def test_what_was_written_can_be_deleted(writing, as_participant, typed):
    as_participant.post(WRITING, typed)

    as_participant.post(WRITING, {**typed, "do": "delete:want_to_hear"})

    assert not Entry.objects.exists()


def test_an_exercise_that_keeps_nothing_sends_nothing(steady, as_participant, ada):
    page = ActivityPageFactory(
        parent=steady.get_first_child(),
        title="What you might notice",
        body=[exercise(key="notice", keeps="N")],
    )

    answer = as_participant.get(f"{MODULE}{page.slug}/").content.decode()
    as_participant.post(
        f"{MODULE}{page.slug}/", {"open": "notice", "notice-sentence": SENTENCE, "do": "done"}
    )

    assert "Nothing is kept" in answer
    assert 'name="notice-sentence" form=' not in answer
    assert not Entry.objects.exists()


def test_after_two_weeks_the_page_asks_once(writing, sign_in, ada, typed, time_passes):
    sign_in(ada.participant.user).post(WRITING, typed)
    time_passes(days=14)
    ada_again = sign_in(ada.participant.user)

    asked = ada_again.get(WRITING).content.decode()
    seen = Entry.objects.get().saved_at.isoformat()
    ada_again.post(WRITING, {**typed, "want_to_hear-seen": seen, "do": "back:want_to_hear:not_yet"})

    assert "Have you used this?" in asked
    assert written(enrolment=ada, exercise="want_to_hear")["coming_back"] == "not_yet"
    assert "Have you used this?" not in ada_again.get(WRITING).content.decode()


def test_the_last_piece_ends_the_parts_once(steady, as_participant, ada):
    for address in (READING, WRITING):
        as_participant.post(address, {"do": "done"})

    response = as_participant.post(LAST, {"do": "skip"})

    ada.refresh_from_db()
    assert response["Location"] == "/my/"
    assert ada.modules_done_at is not None


def test_a_part_that_is_not_open_takes_nothing(steady, as_participant):
    as_participant.post(LAST, {"do": "done"})

    assert not ActivityCompletion.objects.exists()


def test_every_box_and_button_works_without_a_script(writing, as_participant):
    page = as_participant.get(WRITING).content.decode()
    kept = page[page.index('id="want_to_hear"') : page.index("Two things to keep")]

    assert kept.count('form="work"') == kept.count("<input ") + kept.count("<textarea") + kept.count(
        "<button"
    )
    assert not re.search(r"<script(?![^>]+src=)|\son\w+=|\sstyle=", page)
    assert '<form method="post" id="work"' in page
