"""A programme of which one part is translated: what is read, counted and kept is the same in both languages."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Workflow

from content_pages import outline
from content_pages.models import ActivityPage, HomePage, LiveSessionPage, ModulePage, Opens, ProgrammePage
from resilience.engagement.models import Entry, LiveSession, PageView
from resilience.measures.models import Response
from resilience.participants.models import Programme
from tests.factories.content_pages import (
    FRENCH_MODULE,
    FRENCH_READING,
    FRENCH_WRITING,
    LAST,
    LATER,
    MODULE,
    READING,
    WRITING,
    LiveSessionPageFactory,
    in_french,
    translated,
)

NOTE = "Cette partie n’est pas encore traduite : elle est ici en anglais."


@pytest.fixture
def french(steady) -> ProgrammePage:
    """Ada's programme, its first part translated."""
    return in_french(steady)


@pytest.fixture
def written(typed) -> dict:
    """What a browser posts from the English page."""
    return typed


def text(answer: object) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_translated_piece_is_read_in_its_own_words(as_participant, french):
    page = text(as_participant.get(FRENCH_READING))

    assert "L’attention vient par petites longueurs." in page
    assert NOTE not in page
    assert 'lang="en-gb"' not in page.partition('class="support"')[0]  # people to talk to speak English


def test_what_is_done_in_one_language_is_done_in_the_other(as_participant, french):
    as_participant.post(FRENCH_READING, {"do": "done"})
    as_participant.post(FRENCH_WRITING, {"do": "without"})

    page = text(as_participant.get(MODULE))
    assert page.count('class="tag done"') == 2
    assert "This part is behind you" in page
    assert text(as_participant.get(FRENCH_MODULE)).count('class="tag done"') == 2


def test_progress_is_told_in_the_language_of_the_page(as_participant, french):
    as_participant.post(FRENCH_READING, {"do": "done"})

    assert "Rester humain au travail" in text(as_participant.get("/fr/my/"))
    assert "Being human at work" in text(as_participant.get("/my/"))


def test_a_part_that_is_not_translated_stands_there_in_english_and_says_so(as_participant, french):
    as_participant.post(FRENCH_READING, {"do": "done"})
    as_participant.post(FRENCH_WRITING, {"do": "skip"})

    module = text(as_participant.get(f"/fr{LATER}"))
    piece = text(as_participant.get(f"/fr{LAST}"))

    assert '<h1 lang="en-gb">Thinking habits</h1>' in module
    assert module.count(NOTE) == piece.count(NOTE) == 1
    assert '<h1 lang="en-gb">The loop</h1>' in piece
    assert '<div class="pieces" lang="en-gb">' in piece
    assert '<span lang="en-gb">Thinking habits</span>' in text(as_participant.get("/fr/my/"))


def test_nobody_is_at_the_end_sooner_for_reading_in_another_language(as_participant, french, ada):
    as_participant.post(FRENCH_READING, {"do": "done"})
    as_participant.post(FRENCH_WRITING, {"do": "skip"})

    ada.refresh_from_db()
    assert ada.modules_done_at is None
    as_participant.post(f"/fr{LAST}", {"do": "done"})
    ada.refresh_from_db()
    assert ada.modules_done_at is not None


@pytest.mark.parametrize(
    ("asked", "leads"),
    [(f"/fr{MODULE}", FRENCH_MODULE), (f"/fr{READING}", FRENCH_READING),
     (FRENCH_MODULE.removeprefix("/fr"), MODULE), (FRENCH_READING.removeprefix("/fr"), READING)],
    ids=["module in French", "piece in French", "module in English", "piece in English"],
)  # fmt: skip
def test_an_address_of_the_other_language_leads_to_the_page(as_participant, french, asked, leads):
    answer = as_participant.get(asked)

    assert answer.status_code == 302
    assert answer["Location"] == leads


def test_an_address_of_no_language_is_not_found(as_participant, french):
    assert as_participant.get(MODULE + "nothing-here/").status_code == 404


def test_the_link_to_the_other_language_leads_to_the_same_page(as_participant, french):
    link = re.search(r'<a href="([^"]+)" lang="en-gb"', text(as_participant.get(FRENCH_WRITING)))

    assert "Which sentence?" in text(as_participant.get(link[1], follow=True))


def test_words_sent_to_the_address_of_the_other_language_are_kept(as_participant, french, written, ada):
    in_its_words = {"want_to_hear-who": "une amie", "want_to_hear-words": ["soin"]}

    answer = as_participant.post(f"/fr{WRITING}", {**written, **in_its_words})

    assert answer.status_code == 302
    assert Entry.objects.get(enrolment=ada).exercise == "want_to_hear"


@pytest.mark.parametrize(
    ("first", "then", "chosen", "several"),
    [(WRITING, FRENCH_WRITING, "a colleague", ["care", "humour"]),
     (FRENCH_WRITING, WRITING, "une collègue", ["soin", "humour"])],
    ids=["English first", "French first"],
)  # fmt: skip
def test_what_was_chosen_in_the_other_language_stays(
    as_participant, french, written, first, then, chosen, several
):
    chosen_there = {"want_to_hear-who": chosen, "want_to_hear-words": several}
    as_participant.post(first, {**written, **chosen_there})

    page = text(as_participant.get(then))
    ticked = re.findall(r'name="want_to_hear-(?:who|words)" value="([^"]+)" form="work" checked', page)
    seen = re.search(r'name="want_to_hear-seen" value="([^"]*)"', page)[1]
    answer = as_participant.post(
        then, {**written, **chosen_there, "want_to_hear-seen": seen, "want_to_hear-sentence": "New."}
    )

    assert sorted(ticked) == sorted([chosen, *several])
    assert answer.status_code == 302
    again = text(as_participant.get(first))
    assert f'value="{chosen}" form="work" checked' in again
    assert "New." in again


def test_an_answer_that_was_never_shown_is_not_kept(as_participant, french, written):
    answer = as_participant.post(WRITING, {**written, "want_to_hear-who": "une inconnue"})

    assert answer.status_code == 422
    assert 'value="une inconnue"' not in text(answer)


def test_a_page_view_has_the_language_of_what_was_read(as_participant, french, ada):
    for address in (FRENCH_READING, f"/fr{READING}"):
        as_participant.get(address, follow=True)
    as_participant.post(FRENCH_READING, {"do": "done"})
    as_participant.post(FRENCH_WRITING, {"do": "skip"})
    as_participant.get(f"/fr{LAST}")

    loop = ActivityPage.objects.get(slug="the-loop").translation_key
    languages = dict(PageView.objects.filter(enrolment=ada).values_list("page", "language"))
    assert languages.pop(loop) == "en-gb"
    assert set(languages.values()) == {"fr"}


@pytest.mark.parametrize("address", [FRENCH_MODULE, FRENCH_READING, FRENCH_WRITING])
def test_a_page_in_french_asks_as_little_as_one_in_english(as_participant, french, address):
    as_participant.get(address)

    with CaptureQueriesContext(connection) as captured:
        as_participant.get(address)

    assert len(captured) <= 6


def test_a_draft_of_a_translation_is_read_by_nobody(as_participant, french, steady):
    draft = ModulePage.objects.get(slug="thinking-habits").copy_for_translation(
        Locale.objects.get(language_code="fr")
    )
    draft.title = "Habitudes"
    draft.save_revision()

    assert "Habitudes" not in text(as_participant.get("/fr/my/"))
    assert "Thinking habits" in text(as_participant.get("/fr/my/"))


def test_a_part_is_counted_once_however_many_languages_it_has(as_participant, french, ada):
    ModulePage.objects.get(slug="rester-humain").save_revision().publish()

    assert Programme.objects.get(slug="steady").modules == 2


def test_one_group_and_one_workflow_stand_for_both_languages(french, steady):
    groups = {each.group.name for page in (french, steady) for each in page.group_permissions.all()}

    assert groups == {"Editors of steady"}
    assert Workflow.objects.filter(name__startswith="Second pair of eyes").count() == 1
    assert french.get_workflow() == steady.get_workflow()


def test_a_meeting_is_one_meeting_in_both_languages(french, steady, ada, as_participant, tuesday):
    page = LiveSessionPageFactory(parent=steady)
    page.save_revision().publish()
    later = page.starts_at + timedelta(hours=1)
    translated(page, title="S’exercer ensemble", starts_at=later, ends_at=later + timedelta(hours=1))

    session = LiveSession.objects.get()
    assert (session.title, session.starts_at) == ("Practice together", page.starts_at)
    assert "S’exercer ensemble" in text(as_participant.get(f"/fr/my/meetings/{session.pk}/"))
    assert "Practice together" in text(as_participant.get(f"/my/meetings/{session.pk}/"))
    assert len(outline.read("steady").meetings) == 1


def test_taking_down_a_translation_calls_no_meeting_off(french, steady, ada):
    page = LiveSessionPageFactory(parent=steady)
    page.save_revision().publish()

    translated(page, title="S’exercer ensemble").unpublish()

    assert LiveSession.objects.get().called_off_at is None
    assert LiveSessionPage.objects.filter(live=True).count() == 1


def test_a_public_page_leads_to_itself_in_the_other_language(client, french):
    assert 'href="/fr/the-first-days/" lang="fr"' in text(client.get("/the-first-days/"))
    assert 'href="/the-first-days/" lang="en-gb"' in text(client.get("/fr/the-first-days/"))
    assert 'href="/fr/" lang="fr"' in text(client.get("/"))


def test_a_public_page_without_a_translation_leads_to_none(client, steady):
    assert 'lang="fr"' not in text(client.get("/the-first-days/"))
    assert client.get("/the-first-days/").status_code == 200


def test_the_front_page_has_one_translation_in_each_language_and_no_other_beside_it(french):
    assert HomePage.objects.count() == 2
    assert not HomePage.can_create_at(HomePage.objects.first().get_parent())


def test_a_date_is_written_as_the_language_of_the_page_writes_it(as_participant, french, tuesday):
    later = ModulePage.objects.get(slug="thinking-habits")
    later.opens, later.opens_on = Opens.FROM_DATE, (tuesday + timedelta(days=7)).date()
    later.save_revision().publish()

    assert "mardi 10 novembre" in text(as_participant.get("/fr/my/"))
    assert "Tuesday 10 November" in text(as_participant.get("/my/"))


@pytest.mark.parametrize(("prefix", "language"), [("", "en-gb"), ("/fr", "fr")])
def test_a_response_has_the_language_in_which_it_was_asked(
    as_participant, french, ada, tuesday, prefix, language
):
    block = {"type": "instrument", "value": {"instrument": "workplace_forces", "intro": ""}}
    piece = ActivityPage.objects.get(slug="des-gens-bien")
    for page in (piece, *piece.get_translations()):
        page.body = [block]
        page.save_revision().publish()
    address = FRENCH_READING if prefix else READING
    name = re.search(r'name="(workplace_forces[^"]+)"', text(as_participant.get(address)))[1]

    as_participant.post(address, {name: "1", "do": "answer:workplace_forces"})

    assert Response.objects.get(respondent=ada.respondent).language == language
