"""The routes of a country that ship with the product: always there, whatever expires and whatever is down."""

import tomllib
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from resilience.organisations.cards import Card

GB = "GB"
FOLDER = Path(__file__).parent / "countries"
COUNTRIES = [(GB, _("United Kingdom")), ("IE", _("Ireland")), ("CA", _("Canada")), ("US", _("United States"))]
FIRST_LANGUAGE = "en-gb"


def shipped(country: str, *, language: str) -> tuple[Card, ...]:
    """Return a country's own routes in a language, else in English."""
    return _read(country, language) or _read(country, FIRST_LANGUAGE)


@lru_cache(maxsize=32)
def _read(country: str, language: str) -> tuple[Card, ...]:
    file = FOLDER / f"{country.lower()}.{language}.toml"
    if not file.is_file():
        return ()
    routes = tomllib.loads(file.read_text())["routes"]
    return tuple(
        Card(**{**route, "text": route["text"].strip()}, country=country, language=language, position=place)
        for place, route in enumerate(routes)
    )
