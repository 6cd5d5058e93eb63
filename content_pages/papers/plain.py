"""A piece of a page of ours as it can stand on paper: no links, no names of elements, its headings further down."""

from bs4 import BeautifulSoup, Tag
from django.utils.safestring import SafeString, mark_safe

LEFT_OUT = "details, script, input[type=hidden], .quick-exit"
LEFT_AS_WORDS = {"a": "span", "form": "div", "button": "span", "main": "div"}
KEPT = {"class", "type"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def words(html: str, *, deeper: int) -> SafeString:
    """Return what was cleaned already, with its headings so many steps further down."""
    return _put(BeautifulSoup(f"<div>{html}</div>", "html.parser").div, deeper)


def main(page: str, *, deeper: int) -> SafeString:
    """Return what stands in the middle of a whole page, with its headings so many steps further down."""
    return _put(BeautifulSoup(page, "html.parser").main, deeper)


def _put(found: Tag, deeper: int) -> SafeString:
    for each in found.select(LEFT_OUT):
        each.decompose()
    for each in [found, *found.find_all(True)]:
        _strip(each, deeper)
    return mark_safe(str(found))  # noqa: S308 - from our own templates, which escape, or cleaned before


def _strip(each: Tag, deeper: int) -> None:
    was = [each.name] if each.name in ("a", "button") else []
    each.attrs = {name: value for name, value in each.attrs.items() if name in KEPT}
    if classes := [*each.get("class", []), *was]:
        each["class"] = classes
    if each.name in HEADINGS:
        each.name = HEADINGS[min(HEADINGS.index(each.name) + deeper, len(HEADINGS) - 1)]
    else:
        each.name = LEFT_AS_WORDS.get(each.name, each.name)
