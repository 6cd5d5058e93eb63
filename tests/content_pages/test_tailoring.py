"""The same page for different readers: their profession, how long they have been at it, the programme's own word."""

import json

import pytest

from content_pages.blocks import media
from content_pages.models import ActivityPage
from content_pages.tailoring import Tailored, chosen
from resilience.engagement.models import PageView
from resilience.participants import about_you
from resilience.participants.wording import Wording
from tests.factories.content_pages import MODULE, READING
from tests.factories.participants import EnrolmentFactory

NURSE = {"profession": "nurse", "level": ""}
SENIOR_NURSE = {"profession": "nurse", "level": "senior"}
MIDWIFE = {"profession": "midwife", "level": ""}
STORIES = [NURSE, SENIOR_NURSE, MIDWIFE]


@pytest.mark.parametrize(
    ("reader", "story"),
    [
        (Tailored("nurse", "senior"), SENIOR_NURSE),
        (Tailored("nurse", "first_years"), NURSE),
        (Tailored("nurse", ""), NURSE),
        (Tailored("midwife", "senior"), MIDWIFE),
        (Tailored("paramedic", "senior"), NURSE),
        (Tailored("", ""), NURSE),
        (Tailored("", "senior"), SENIOR_NURSE),
        (Tailored("", "in_training"), NURSE),
    ],
    ids=lambda value: str(value) if isinstance(value, Tailored) else "",
)
def test_a_reader_gets_the_story_of_their_profession_and_level(reader, story):
    told, others = chosen(STORIES, reader)

    assert told is story
    assert [each for each in STORIES if each is not story] == others


def test_somebody_of_another_level_does_not_get_the_only_story_that_is_for_seniors():
    told, _others = chosen([MIDWIFE, SENIOR_NURSE], Tailored("nurse", "in_training"))

    assert told is MIDWIFE


def test_a_story_for_one_level_says_so():
    assert media.told_by({"profession": "nurse", "level": "in_training"}) == "nurse, in training"
    assert media.told_by({"profession": "nurse"}) == "nurse"


def test_a_story_can_be_told_for_every_profession_that_a_reader_can_name():
    named = [code for code, _label in about_you.PROFESSIONS if code != about_you.PREFER_NOT]

    told = media.Version().child_blocks["profession"].field.choices

    assert [code for code, _label in told if code] == named == list(media.NAMES)


def test_the_story_of_another_profession_is_named_in_words_that_fit_the_sentence():
    block = media.VignetteBlock()
    versions = [{"profession": code, "text": "<p>One.</p>"} for code in ("other", "midwife")]

    shown = block.render(
        block.to_python({"heading": "Ten past four", "versions": versions}),
        {"tailored": Tailored("midwife")},
    )

    assert "The story of somebody else in patient care" in shown
    assert "we come back to the first of these stories" in shown
    assert "something else" not in shown


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        (Wording.ASKING, "Asking for help is a skill"),
        (Wording.CHECKING, "Checking is a skill"),
        (Wording.CONSULTING, "Consulting is a skill"),
    ],
)
def test_a_page_uses_the_programmes_own_word(steady, ada, as_participant, word, sentence):
    page = ActivityPage.objects.get(slug="good-people-hard-jobs")
    page.title, page.body = (
        "{Asking}, once",
        json.dumps([{"type": "text", "value": "<p>{Asking} is a skill.</p>"}]),
    )
    page.save()
    programme = ada.cohort.programme
    programme.wording = word
    programme.save()

    shown, listed = (as_participant.get(address).content.decode() for address in (READING, MODULE))

    assert sentence in shown
    assert "{" not in shown.split("<main")[1].split("</main>")[0]
    assert f"{sentence.removesuffix(' is a skill')}, once" in listed


@pytest.mark.django_db
def test_the_word_that_was_shown_is_stored_with_the_reading(steady, ada, as_participant):
    programme = ada.cohort.programme
    programme.wording = Wording.CONSULTING
    programme.save()

    as_participant.get(READING)

    assert set(PageView.objects.values_list("wording", flat=True)) == {Wording.CONSULTING}


@pytest.mark.django_db
def test_two_programmes_with_the_same_text_read_in_their_own_words(steady, ada, sign_in):
    page = ActivityPage.objects.get(slug="good-people-hard-jobs")
    page.body = json.dumps([{"type": "text", "value": "<p>When to {ask}.</p>"}])
    page.save()
    other = EnrolmentFactory(cohort=ada.cohort)

    before = sign_in(ada.participant.user).get(READING).content.decode()
    ada.cohort.programme.wording = Wording.CHECKING
    ada.cohort.programme.save()
    after = sign_in(other.participant.user).get(READING).content.decode()

    assert "When to ask for help." in before
    assert "When to check." in after
