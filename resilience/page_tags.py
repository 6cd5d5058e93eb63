"""The filters that every page needs and Django does not have."""

from datetime import tzinfo

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from resilience import languages

register = template.Library()


@register.filter
def city(zone: tzinfo | str) -> str:
    """Give the name people use for a time zone: "London" for Europe/London."""
    return str(zone).rsplit("/", 1)[-1].replace("_", " ")


@register.filter
def spoken(path: str) -> str:
    """Give the address of one of our pages in the language that is spoken now."""
    return languages.put(path, code=languages.now())


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
