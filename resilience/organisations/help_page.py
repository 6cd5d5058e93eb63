"""The page of people to talk to. It names nobody, needs no request, and stands as a file of its own."""

from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError
from django.template.loader import render_to_string
from django.utils import translation

from resilience.organisations import national, plain, standing, support
from resilience.organisations.cards import Card
from resilience.organisations.models import Organisation

Listed = list[tuple[Organisation, list[Card]]]


@plain.made_by
def pages() -> Iterator[plain.Page]:
    """Yield the page in each language of the site."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            countries, organisations = _countries(standing.countries()), support.by_organisation()
            shown = [card for _name, cards in [*countries, *organisations] for card in cards]
            prefix = "" if code == settings.LANGUAGE_CODE else f"/{code}"
            yield plain.Page(f"{prefix}/help-now/", _drawn(countries, organisations), support.last_day(shown))


def html() -> str:
    """Return the page as the routes stand now; without a database, with those that ship with the product."""
    try:
        return _drawn(_countries(standing.countries()), support.by_organisation())
    except DatabaseError:
        language = translation.get_language() or national.FIRST_LANGUAGE
        return _drawn(
            [(name, [*national.shipped(code, language=language)]) for code, name in national.COUNTRIES], []
        )


def _countries(codes: list[str]) -> list[tuple[str, list[Card]]]:
    names = dict(national.COUNTRIES)
    return [(names[code], support.everywhere(code)) for code in codes]


def _drawn(countries: list[tuple[str, list[Card]]], organisations: Listed) -> str:
    return render_to_string(
        "organisations/help_now.html", {"countries": countries, "organisations": organisations}
    )
