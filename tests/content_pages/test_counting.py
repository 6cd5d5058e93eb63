"""What is counted by one tap: no words, no date, no number of times."""

import pytest

from resilience.engagement import tallies
from resilience.engagement.models import Entry, Remark, Tally
from tests.factories.content_pages import BALANCE, COUNTING, WRITING, a_balance, a_piece_that_counts
from tests.factories.engagement import written

PART = "being-human-at-work"


@pytest.fixture(autouse=True)
def pieces(steady):
    return a_piece_that_counts(steady), a_balance(steady)


def post(client: object, **typed: object) -> object:
    """Post the page with these answers, as it is when nothing stood there."""
    return client.post(COUNTING, {"open": ["agree", "closing-part"], "do": "save:agree"} | typed)


def page(client: object, address: str = COUNTING) -> str:
    return client.get(address).content.decode()


def test_a_talk_is_counted_and_not_a_word_is_kept(as_participant, ada):
    post(as_participant, **{"agree-talked": "yes"})

    assert tallies.of(ada, "TALKED") == {"agree": {"yes"}}
    assert not Entry.objects.exists()


def test_the_colleagues_professions_are_counted_without_a_name(as_participant, ada):
    post(as_participant, **{"agree-whom": ["pharmacist", "student"]})

    assert tallies.of(ada, "PEER_TALK") == {"agree": {"pharmacist", "student"}}


def test_passing_on_is_one_of_three_answers(as_participant, ada):
    post(as_participant, **{"agree-passed_on": "once"})
    post(as_participant, **{"agree-passed_on": "a_few", "agree-passed_on-was": "once"})

    assert tallies.of(ada, "PASSED_ON") == {"agree": {"a_few"}}


def test_an_answer_that_we_do_not_count_is_refused(as_participant):
    assert post(as_participant, **{"agree-passed_on": "hundreds"}).status_code == 422
    assert not Tally.objects.exists()


def test_what_was_ticked_stands_ticked_and_can_be_unticked(as_participant, ada):
    post(as_participant, **{"agree-talked": "yes"})

    ticked = page(as_participant).count(" checked")
    post(as_participant, **{"agree-talked-was": "yes"})

    assert ticked == 1
    assert tallies.of(ada, "TALKED") == {}


def test_a_page_opened_before_the_tick_does_not_take_it_away(as_participant, ada):
    post(as_participant, **{"agree-talked": "yes"})

    post(as_participant, **{"agree-always": "Anything under 130."})

    assert tallies.of(ada, "TALKED") == {"agree": {"yes"}}


@pytest.mark.parametrize("day", ["2026-11-04", "2027-11-03"])
def test_the_page_comes_back_on_the_day_that_was_set(as_participant, sign_in, ada, time_passes, tuesday, day):
    from datetime import date

    post(as_participant, **{"agree-again": day})
    before = page(as_participant, "/my/")
    time_passes(days=(date.fromisoformat(day) - tuesday.date()).days)
    later = sign_in(ada.participant.user)

    assert "Does it still fit?" not in before
    assert "Does it still fit?" in page(later, "/my/")
    assert "Does it still fit?" in page(later)
    later.post(COUNTING, {"do": "back:agree", "from": "my"})
    assert "Does it still fit?" not in page(later, "/my/")
    assert written(enrolment=ada, exercise="agree")["again"] == day


@pytest.mark.parametrize("day", ["2026-11-03", "2020-01-01", "2028-01-01", "next summer"])
def test_a_day_that_is_not_ahead_is_refused_with_what_to_do(as_participant, day):
    answer = post(as_participant, **{"agree-again": day, "agree-always": "Anything under 130."})

    words = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose a day from tomorrow on, within a year." in words
    assert "Anything under 130.</textarea>" in words
    assert 'href="#id_agree-again"' in words


def test_a_day_that_has_passed_does_not_stop_somebody_from_writing(as_participant, sign_in, ada, time_passes):
    post(as_participant, **{"agree-again": "2026-11-10"})
    seen = Entry.objects.get().saved_at.isoformat()
    time_passes(days=30)

    typed = {"agree-seen": seen, "agree-again": "2026-11-10", "agree-always": "Call me."}
    answer = post(sign_in(ada.participant.user), **typed)

    assert answer.status_code == 302
    assert written(enrolment=ada, exercise="agree")["always"] == "Call me."


def test_worth_the_time_is_counted_for_the_part(as_participant, ada):
    post(as_participant, do="done", **{"closing-part-worth": "partly"})

    assert tallies.of(ada, "WORTH") == {PART: {"partly"}}


def test_nothing_is_needed_to_finish_a_part(as_participant):
    post(as_participant, do="done")

    assert not Tally.objects.exists()
    assert not Remark.objects.exists()


def test_a_line_to_the_makers_is_kept_for_the_part_and_can_be_taken_away(as_participant):
    post(as_participant, **{"closing-part-remark": "Shorter, please."})
    (about, words) = Remark.objects.values_list("about", flat=True).get(), Remark.objects.get().words
    again = page(as_participant)

    post(as_participant)
    still = Remark.objects.count()
    post(as_participant, do="delete:closing-part")

    assert (about, words, still) == (PART, "Shorter, please.", 1)
    assert "Your line is kept." in again
    assert "Shorter, please." not in again
    assert not Remark.objects.exists()


def test_the_line_says_who_reads_it_and_has_room_for_five_hundred_letters(as_participant):
    words = page(as_participant)

    answer = post(as_participant, **{"closing-part-remark": "x" * 501})

    assert "We do." in words
    assert words.count("Write about you, not about the patient") == 2
    assert answer.status_code == 422
    assert "There is room for 500 letters. Shorten this by 1 letter." in answer.content.decode()


def come_back(client: object, *answers: str, exercise: str = "want_to_hear") -> None:
    client.post(WRITING, {"do": f"back:{exercise}", f"{exercise}-back": answers})


def test_used_it_is_counted_without_text_and_asked_no_more(writing, as_participant, ada, typed):
    as_participant.post(WRITING, typed)

    come_back(as_participant, "yes")

    assert tallies.of(ada, "USED") == {"want_to_hear": {"yes"}}
    assert Entry.objects.get().revisit_on is None


def test_not_yet_is_asked_about_once_more_and_then_never(writing, as_participant, ada, typed, tuesday):
    from datetime import timedelta

    as_participant.post(WRITING, typed)

    come_back(as_participant, "not_yet")
    first = Entry.objects.get().revisit_on
    come_back(as_participant, "not_yet")

    assert first == tuesday.date() + timedelta(days=14)
    assert Entry.objects.get().revisit_on is None


def test_where_it_was_used_takes_several_ticks_on_the_task_list(writing, ada, sign_in, typed, time_passes):
    body = writing.body.raw_data[1]
    body["value"]["revisit_answers"] = "used"
    writing.save()
    sign_in(ada.participant.user).post(WRITING, typed)
    time_passes(days=14)
    later = sign_in(ada.participant.user)

    asked = page(later, "/my/")
    answer = later.post(
        WRITING, {"do": "back:want_to_hear", "want_to_hear-back": ["work", "home", "not_yet"], "from": "my"}
    )

    assert "After something went wrong" in asked
    assert f'action="{WRITING}"' in asked
    assert answer["Location"] == "/my/"
    assert tallies.of(ada, "USED") == {"want_to_hear": {"work", "home"}}
    assert "Have you used this?" not in page(later, "/my/")


def test_pressing_without_a_tick_asks_on(writing, as_participant, typed):
    as_participant.post(WRITING, typed)

    come_back(as_participant)

    assert Entry.objects.get().revisit_on is not None


ASPECTS = ("manage", "seriously", "belonging")


def weigh(client: object, exercise: str, number: str) -> None:
    """Set the three numbers of one of the two balances."""
    client.post(
        BALANCE, {"open": exercise, "do": f"save:{exercise}"} | {f"{exercise}-{a}": number for a in ASPECTS}
    )


def test_the_two_balances_stand_side_by_side_after_the_second(as_participant):
    weigh(as_participant, "first", "2")
    once = page(as_participant, BALANCE)

    weigh(as_participant, "second", "4")

    twice = page(as_participant, BALANCE)
    assert "side by side" not in once
    assert "side by side" in twice
    assert (twice.count('<li class="then ">'), twice.count('<li class="now">')) == (3, 3)


def test_patient_care_is_fixed_in_the_middle_of_each_balance(as_participant):
    words = page(as_participant, BALANCE)

    assert words.count('class="fixed"') == 2
    assert words.index("Patient care") < words.index('name="first-manage"')


@pytest.mark.parametrize("address", [COUNTING, BALANCE])
def test_a_page_that_counts_costs_six_queries_at_most(
    as_participant, ada, address, django_assert_max_num_queries
):
    post(as_participant, **{"agree-talked": "yes", "agree-always": "x", "closing-part-remark": "y"})
    weigh(as_participant, "first", "2")
    for number in range(100):
        Tally.objects.create(enrolment=ada, what="USED", about=f"exercise_{number}", tag="work")

    with django_assert_max_num_queries(6):
        as_participant.get(address)
