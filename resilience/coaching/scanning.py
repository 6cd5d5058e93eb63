"""Looks through a few lines for what could lead to somebody, and says what it saw; a person decides."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

NAME, PHONE, EMAIL, DATE, CODE = "name", "phone", "email", "date", "code"
LABELS = {
    NAME: _("This may be somebody's name"),
    PHONE: _("This looks like a telephone number"),
    EMAIL: _("This looks like an e-mail address"),
    DATE: _("This looks like a date or a time of day"),
    CODE: _("This looks like a number of a record"),
}
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
LONG_MONTHS = (
    "january|february|march|april|june|july|august|september|october|november|december|"
    "janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
)
DAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
)
LETTER = r"[^\W\d_]"
WEEKDAY = re.compile(rf"\b(?:last|next|on|this|yesterday|lundi)?\s*\b(?:{DAYS})\b", re.IGNORECASE)
PATTERNS = (
    (EMAIL, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (DATE, re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b")),
    (
        DATE,
        re.compile(
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTHS}|{LONG_MONTHS}|mai)\b\.?", re.IGNORECASE
        ),
    ),
    (DATE, re.compile(rf"\b(?:{MONTHS}|{LONG_MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b", re.IGNORECASE)),
    (DATE, WEEKDAY),
    (DATE, re.compile(r"\b\d{1,2}[:.h]\d{2}\s*(?:am|pm)?\b", re.IGNORECASE)),
    (PHONE, re.compile(r"(?<!\w)(?:\+|00|\(?0)\d[\d\s().-]{6,}\d")),
    (CODE, re.compile(r"\b(?:[A-Z]{1,4}[- ]?)?\d{5,}\b")),
    (NAME, re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sister|Nurse|M\.|Mme)\.?\s+[A-ZÀ-Þ]{LETTER}+")),
)
A_SENTENCE = re.compile(r"(?:^|[.!?…:;\n“”‘«»\"(\-–—•*/]\s*|(?<!\w)['’]\s*)$")
CAPITALISED = re.compile(rf"\b[A-ZÀ-Þ]{LETTER}+(?:[-'’][A-ZÀ-Þ]?{LETTER}+)*")
KNOWN = frozenset({
    "I", "English", "French", "Welsh", "Scottish", "British", "Easter", "Christmas", "What", "How", "When", "Where",
    "Who", "Why", "Which", "The", "And", "But", "It", "We", "You", "They", "He", "She", "That", "This", "There", "Yes",
    "Que", "Quoi", "Comment", "Quand", "Pourquoi", "Qui", "Je", "Il", "Elle", "Nous", "Vous", "Oui", "Non",
})  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """What was seen, and as what."""

    kind: str
    words: str

    @property
    def label(self) -> str:
        """Return what it looks like, in words."""
        return str(LABELS[self.kind])


def scan(text: str, *, weekdays: bool = True) -> list[Finding]:
    """Return what in a text looks like a name, a number, an address, a date or a record, each once.

    Without `weekdays` a mere "on Monday" passes: a plan for next week may name its day.
    """
    found: dict[str, Finding] = {}
    rest = text if weekdays else WEEKDAY.sub(_blank, text)
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(rest):
            words = match.group().strip()
            found.setdefault(words.casefold(), Finding(kind, words))
        rest = pattern.sub(_blank, rest)
    for match in CAPITALISED.finditer(rest):
        words = match.group()
        if (
            words not in KNOWN
            and not words.isupper()
            and not A_SENTENCE.search(rest[: match.start()].rstrip(" "))
        ):
            found.setdefault(words.casefold(), Finding(NAME, words))
    return list(found.values())


def _blank(match: re.Match) -> str:
    return " " * len(match.group())
