"""The filters that every page needs and Django does not have."""

from datetime import date, datetime, tzinfo

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext, gettext_noop, pgettext

from resilience import languages

register = template.Library()

# The cities of time zones that have another name in another language of ours.
SAID_ANOTHER_WAY = [
    gettext_noop("London"),
    gettext_noop("Brussels"),
    gettext_noop("Algiers"),
    gettext_noop("Cairo"),
    gettext_noop("Lisbon"),
    gettext_noop("Athens"),
]


@register.filter
def city(zone: tzinfo | str) -> str:
    """Give the name people use for a time zone: "London" for Europe/London."""
    return gettext(str(zone).rsplit("/", 1)[-1].replace("_", " "))


@register.filter
def clock(local: datetime) -> str:
    """Give the time of day of a moment that is in its own zone already: "2:30 pm"."""
    return languages.clock(local)


@register.filter
def day(local: date | None, letters: str) -> str:
    """Give a day in Django's letters for dates, as the language writes it: "1 December", "1er décembre"."""
    return languages.day(local, letters) if local else ""


@register.simple_tag
def colon() -> str:
    """Give the colon between a word and what is said of it: in French a space stands before it."""
    return pgettext("between a word and what is said of it", ":")


@register.filter
def spoken(path: str) -> str:
    """Give the address of one of our pages in the language that is spoken now."""
    return languages.spoken(path)


@register.filter
def lang(page: object) -> SafeString:
    """Give the attributes of an element whose words stand in another language than the page around them, or nothing."""
    if page.language == languages.now():
        return SafeString("")
    bidi = get_language_info(page.language)["bidi"]
    if bidi == get_language_info(languages.now())["bidi"]:
        return format_html(' lang="{}"', page.language)
    return format_html(' lang="{}" dir="{}"', page.language, "rtl" if bidi else "ltr")


@register.filter
def named(page: object) -> SafeString | str:
    """Give the title of a page, marked as another language where it is not translated."""
    attributes = lang(page)
    return format_html("<span{}>{}</span>", attributes, page.title) if attributes else page.title
