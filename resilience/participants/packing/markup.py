"""What may stand in the words of a pack. Anything else is refused, not cleaned: its writer should know.

The check is stricter than a browser's reading. Between tags there is no angle bracket, a tag is one of a short list
spelt in one way, and its attributes are those that our editor writes: so there is nothing to read in two ways.
"""

import html
import re
from collections.abc import Iterable

LOOKS_LIKE_A_TAG = re.compile(r"<\s*[a-zA-Z/!?]")
PIECES = re.compile(r"(<[^<>]*>?|>)")
ALWAYS = {"p", "br"}
OF_FEATURE = {
    "bold": {"b", "strong"}, "italic": {"i", "em"}, "link": {"a"}, "ol": {"ol", "li"}, "ul": {"ul", "li"},
    "blockquote": {"blockquote"}, "hr": {"hr"}, "h2": {"h2"}, "h3": {"h3"}, "h4": {"h4"}, "superscript": {"sup"},
    "subscript": {"sub"}, "strikethrough": {"s"}, "code": {"code"},
}  # fmt: skip
TAG = re.compile(r"</?([a-z][a-z0-9]*)( data-block-key=\"[a-z0-9]{1,12}\")? ?/?>")
LINK = re.compile(r"<a( [a-z-]+=\"[^\"<>]*\")+>")
ATTRIBUTE = re.compile(r" ([a-z-]+)=\"([^\"<>]*)\"")
LEADS = re.compile(r"(https?://[a-z0-9]|mailto:|tel:|#|/(?!/)).*", re.IGNORECASE | re.DOTALL)
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SPACES = re.compile(r"[\x00-\x20\x7f\\]")


def plain(words: str) -> str:
    """Return what is wrong with words without markup; empty where nothing is."""
    return "HTML has no place here" if LOOKS_LIKE_A_TAG.search(words) else ""


def rich(words: str, features: Iterable[str]) -> str:
    """Return what is wrong with words that may have the markup of these features; empty where nothing is."""
    allowed = ALWAYS.union(*(OF_FEATURE.get(feature, set()) for feature in features))
    return next((fault for piece in PIECES.findall(words) if (fault := _fault(piece, allowed))), "")


def _fault(piece: str, allowed: set[str]) -> str:
    if LINK.fullmatch(piece) and "a" in allowed:
        return _of_link(dict(ATTRIBUTE.findall(piece)), piece)
    tag = TAG.fullmatch(piece)
    if tag and tag.group(1) in allowed and (tag.group(1) != "a" or piece == "</a>"):
        return ""
    return f"{piece[:60]} may not stand here"


def _of_link(attributes: dict[str, str], piece: str) -> str:
    if set(attributes) == {"linktype", "id"}:
        good = attributes["linktype"] == "page" and KEY.fullmatch(attributes["id"])
    else:
        address = html.unescape(attributes.get("href", ""))
        good = set(attributes) == {"href"} and LEADS.fullmatch(address) and not SPACES.search(address)
    return "" if good else f"the link {piece[:60]} may not stand here"
