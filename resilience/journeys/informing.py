"""The words that an information sheet begins with: those that every sheet needs, with the figures of the plan."""

from dataclasses import dataclass

from django.conf import settings
from django.template import Context
from django.template.loader import select_template

from resilience.journeys import consenting
from resilience.measures import budget
from resilience.participants import about_you, consent, sheet
from resilience.participants.models import Coaching, Programme

BESIDE_THE_TICKS = 10  # five questions about the person, two about contact, three about the time


@dataclass(frozen=True)
class Language:
    """Another language of the site: whether the sheet was ever published in it, and whether that still stands."""

    code: str
    name: str
    is_written: bool
    stands: bool


def other_languages(programme: Programme) -> list[str]:
    """Return the languages into which the sheet can be translated: none before it is published in its own."""
    if consent.current_form(programme) is None:
        return []
    return [code for code, _name in settings.LANGUAGES if code != programme.language]


def languages(programme: Programme) -> list[Language]:
    """Return how far each translation of the sheet has come."""
    names = dict(settings.LANGUAGES)
    return [
        Language(
            code=code,
            name=names[code],
            is_written=consent.newest_in(programme, language=code) is not None,
            stands=consent.current_form(programme, language=code).language == code,
        )
        for code in other_languages(programme)
    ]


def words_to_begin_with(programme: Programme, *, language: str = "") -> str:
    """Return the sheet that stands, as somebody would type it; else the one to start from.

    In another language it is the newest translation, else the words that are to be translated.
    """
    translated = consent.newest_in(programme, language=language) if language else None
    if form := translated or consent.current_form(programme):
        return sheet.to_text(form.information)
    burden = budget.planned(programme, on_joining=asked_on_joining(programme))
    asks = any(each.questions for each in burden.sittings)
    names = [f"participants/information_sheet.{programme.language}.txt", "participants/information_sheet.txt"]
    context = {
        "programme": programme,
        "questions": burden.in_all if asks else 0,
        "questions_with_calls": burden.with_calls,
        "many": burden.is_over,
        "calls": programme.coaching != Coaching.NONE,
    }
    # plain text, typed into a box: whoever shows it escapes it
    return select_template(names).template.render(Context(context, autoescape=False)).strip()


def asked_on_joining(programme: Programme) -> int:
    """Return how many ticks and questions come with joining: more where the programme says why it asks more."""
    return len(consenting.purposes(programme)) + BESIDE_THE_TICKS + len(about_you.further(programme))
