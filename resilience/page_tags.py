"""The one filter that every page needs and Django does not have."""

from datetime import tzinfo

from django import template

register = template.Library()


@register.filter
def city(zone: tzinfo | str) -> str:
    """Give the name people use for a time zone: "London" for Europe/London."""
    return str(zone).rsplit("/", 1)[-1].replace("_", " ")
