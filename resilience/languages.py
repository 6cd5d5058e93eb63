"""The same address in another language: the first language has no prefix, each other one its code."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import ResolverMatch, resolve
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import pgettext


@dataclass(frozen=True)
class Choice:
    """A language that the page before somebody can also be read in."""

    code: str
    name: str
    url: str


def now() -> str:
    """Return the code of the language that is spoken now; always one of `LANGUAGES`."""
    code = translation.get_language() or ""
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def put(path: str, *, code: str) -> str:
    """Return the address of a page in another language; `path` may stand in any of them."""
    bare = bare_path(path)
    return bare if code == settings.LANGUAGE_CODE or not _speaks(bare) else f"/{code}{bare}"


def spoken(path: str) -> str:
    """Return the address of a page in the language that is spoken now."""
    return put(path, code=now())


def link(path: str) -> str:
    """Return the whole address of a page, for a message, in the language that is spoken now."""
    return f"{settings.PUBLIC_BASE_URL}{spoken(path)}"


def bare_path(path: str) -> str:
    """Return an address without the prefix of its language."""
    first, _slash, rest = path.removeprefix("/").partition("/")
    prefixed = first in dict(settings.LANGUAGES) and first != settings.LANGUAGE_CODE
    return f"/{rest}" if prefixed else path


def day(local: date, letters: str) -> str:
    """Return a day in Django's letters for dates, as the language writes it: "1 December", "1er décembre"."""
    if local.day == 1:
        letters = letters.replace("j", pgettext("the first of a month, in Django's letters for dates", "j"))
    short = pgettext("a month cut short, in Django's letters for dates", "M")
    return date_format(local, letters.replace("M", short))


def clock(local: datetime) -> str:
    """Return the time of day as people write it: "2:30 pm", "14 h 30"."""
    return date_format(local, pgettext("a time of day, in Django's letters for dates", "g:i A")).lower()


def short_day(local: datetime) -> str:
    """Return a day as a text message has room for it: "Tue 3 Nov", "mar 3/11"."""
    return date_format(local, pgettext("a short day, in Django's letters for dates", "D j M"))


def answering(path: str) -> ResolverMatch:
    """Return what answers an address, in whichever language it and the reader are. Raises Resolver404."""
    with translation.override(settings.LANGUAGE_CODE):
        return resolve(bare_path(path))


def choices(request: HttpRequest) -> list[Choice]:
    """Return the other languages of a page that was asked for; none where something was posted, so nothing is lost."""
    match = getattr(request, "resolver_match", None)
    if request.method != "GET" or match is None or not _speaks(request.path):
        return []
    return [
        Choice(code, name, put(request.path, code=code)) for code, name in settings.LANGUAGES if code != now()
    ]


def _speaks(path: str) -> bool:
    """Return whether the address stands below the languages: those of machines and of Wagtail's admin do not."""
    return not path.startswith(tuple(settings.ONE_LANGUAGE_ONLY))


def site(request: HttpRequest) -> dict:
    """Return the page's context: `other_languages`, made only where a template asks for it."""
    return {"other_languages": lambda: choices(request)}
