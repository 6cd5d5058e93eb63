"""The filters that every page needs and Django does not have."""

from datetime import tzinfo

from django import template

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
