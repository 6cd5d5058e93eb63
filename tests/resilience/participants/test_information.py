"""The information in several languages: a translation has the number of what it translates, and is read only while
that stands.
"""

import pytest
from django.db import IntegrityError, transaction

from resilience.participants import consent
from resilience.participants.models import ConsentForm, ConsentRecord, Programme
from tests.factories.participants import CohortFactory, ProgrammeFactory


@pytest.fixture
def programme(db) -> Programme:
    return ProgrammeFactory()


def publish(programme: Programme, words: str, now: object, language: str = "") -> ConsentForm:
    return consent.publish(programme=programme, information=words, language=language, now=now)


def test_a_translation_has_the_number_of_what_it_translates(programme, tuesday):
    publish(programme, "one", tuesday)
    english = publish(programme, "two", tuesday)

    french = publish(programme, "deux", tuesday, "fr")

    assert (english.version, french.version) == (2, 2)
    assert consent.current_form(programme, language="fr") == french
    assert consent.current_form(programme) == english


def test_without_a_translation_the_programmes_own_words_are_read(programme, tuesday):
    english = publish(programme, "one", tuesday)

    assert consent.current_form(programme, language="fr") == english


def test_a_translation_of_an_older_version_is_no_longer_read(programme, tuesday):
    publish(programme, "one", tuesday)
    publish(programme, "un", tuesday, "fr")

    newer = publish(programme, "two", tuesday)

    assert consent.current_form(programme, language="fr") == newer


def test_a_translation_put_right_is_a_version_of_its_own_until_its_original_changes(programme, tuesday):
    english = publish(programme, "one", tuesday)
    publish(programme, "un", tuesday, "fr")

    better = publish(programme, "une", tuesday, "fr")
    assert consent.current_form(programme, language="fr") == better
    assert consent.current_form(programme) == english

    newest = publish(programme, "two", tuesday)
    assert newest.version > better.version
    assert consent.current_form(programme, language="fr") == newest


def test_the_same_words_again_make_no_version(programme, tuesday):
    publish(programme, "one", tuesday)

    assert publish(programme, "un", tuesday, "fr") == publish(programme, "un", tuesday, "fr")


def test_the_same_translation_stands_for_a_new_version_once_it_is_published_again(programme, tuesday):
    publish(programme, "one", tuesday)
    before = publish(programme, "un", tuesday, "fr")
    publish(programme, "two", tuesday)

    again = publish(programme, "un", tuesday, "fr")

    assert again != before
    assert consent.current_form(programme, language="fr") == again


def test_a_programme_whose_own_language_is_french_is_read_in_french(tuesday, db):
    programme = ProgrammeFactory(slug="calme", language="fr")

    french = publish(programme, "un", tuesday)

    assert french.language == "fr"
    assert consent.current_form(programme, language="en-gb") == french


def test_one_version_stands_once_in_a_language(programme, tuesday):
    form = publish(programme, "one", tuesday)

    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentForm.objects.create(
            programme=programme, version=form.version, information="x", text_hash="x", published_at=tuesday
        )


@pytest.fixture
def both(programme, tuesday) -> tuple[ConsentForm, ConsentForm]:
    """The information in English and in French, of a programme that anybody may join."""
    CohortFactory(programme=programme)
    return publish(programme, "<p>In English.</p>", tuesday), publish(
        programme, "<p>En français.</p>", tuesday, "fr"
    )


@pytest.fixture
def somebody(sign_in) -> object:
    from tests.factories.accounts import UserFactory

    return sign_in(UserFactory())


@pytest.mark.parametrize(("prefix", "words", "number"), [("", "In English.", 0), ("/fr", "En français.", 1)])
def test_what_is_shown_is_what_is_recorded(somebody, client, both, prefix, words, number):
    assert words in client.get(f"{prefix}/join/").content.decode()
    page = somebody.get(f"{prefix}/join/consents/").content.decode()
    form = both[number]

    somebody.post(f"{prefix}/join/consents/", {"take_part": "on", "read": form.pk})

    assert words in page
    assert f'name="read" value="{form.pk}"' in page
    assert {record.form for record in ConsentRecord.objects.all()} == {form}


def test_somebody_who_read_other_words_than_those_that_stand_looks_again(somebody, both, programme, tuesday):
    publish(programme, "<p>Autrement.</p>", tuesday, "fr")

    answer = somebody.post("/fr/join/consents/", {"take_part": "on", "read": both[1].pk})

    assert answer.status_code == 422
    assert "Autrement." in answer.content.decode()
    assert "Relisez-les, puis rejoignez le programme." in answer.content.decode()
    assert not ConsentRecord.objects.exists()


def test_words_that_stand_in_another_language_than_the_page_say_so(client, programme, tuesday):
    CohortFactory(programme=programme)
    publish(programme, "<p>In English.</p>", tuesday)

    assert '<div lang="en-gb"><p>In English.</p></div>' in client.get("/fr/join/").content.decode()
    assert "<div><p>In English.</p></div>" in client.get("/join/").content.decode()
