"""Whoever signed in on a French page is written to in French, and each text stays one part."""

import pytest
from django.conf import settings
from django.core import mail
from django.utils import translation

from resilience.coaching import notices
from resilience.messaging import texts
from resilience.telephony.simulator import shapes
from tests.resilience.coaching.conftest import ADAS_NUMBER

pytestmark = pytest.mark.django_db
TEXTS = [
    "booking_text",
    "day_before",
    "hour_before",
    "missed",
    "not_now",
    "change_link",
    "rate_call",
    "sorry",
]
LONG_LINK = "https://preparation.example-hospital.org/a/7Q2M4XKL/"


@pytest.fixture
def french_ada(ada):
    user = ada.participant.user
    user.language = "fr"
    user.save()
    return user


def test_a_booking_is_confirmed_in_french(french_ada, book, drain, telephone, tuesday):
    booked = book(tuesday)

    drain()

    [text] = [each.body for each in telephone.messages if each.to == ADAS_NUMBER]
    [letter] = [each for each in mail.outbox if each.to == [french_ada.email]]
    [(_name, calendar, _kind)] = letter.attachments
    assert text == (
        "Réservé : mar 3/11 à 14 h 20. Appel du 020 7946 0123. Répondez R pour changer, C pour annuler. "
        f"Voir : http://testserver/a/{notices.code(booked.pk)}/"
    )
    assert shapes.segments(text) == 1
    assert letter.subject == "Votre rendez-vous"
    assert "mardi 3 novembre à 14\xa0h\xa020 (heure à Londres)" in letter.body
    assert f"http://testserver/fr/calls/{booked.pk}/" in letter.body
    assert "SUMMARY:Rendez-vous privé" in calendar


def test_a_coach_who_reads_english_is_written_to_in_english(french_ada, ben, book, drain, tuesday):
    book(tuesday)

    drain()

    [letter] = [each for each in mail.outbox if each.to == [ben.user.email]]
    assert letter.body.startswith("A call is booked:\n\nTuesday 3 November")


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("kind", TEXTS)
def test_group_30_no_text_takes_more_than_one_part(booked, code, kind, tuesday):
    with translation.override(code):
        said = notices.words(kind, booked, now=tuesday)
    link = f"http://testserver/a/{notices.code(booked.pk)}/"

    body = texts.plain(said.replace(link, LONG_LINK))

    assert shapes.segments(body) == 1


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ("14\xa0h\xa030", "14 h 30"),
        ("à l’heure, déjà", "à l'heure, déjà"),
        ("août, garçon, cœur", "aout, garcon, coeur"),
        ("« Noël »", '" Noel "'),
        ("مرحبا", "مرحبا"),
    ],
)
def test_group_30_a_text_keeps_its_letters_and_leaves_the_accents_that_would_split_it(said, sent):
    assert texts.plain(said) == sent
