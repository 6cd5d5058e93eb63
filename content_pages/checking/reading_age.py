"""How old a reader a text asks for: the Flesch-Kincaid grade plus five years, for English.

Grade = 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid, Fishburne, Rogers and Chissom 1975,
Derivation of new readability formulas for Navy enlisted personnel, Research Branch Report 8-75). A school year
begins at five, hence the five years. Syllables are estimated: groups of vowels, less a silent e at the end. The
formula was made on samples of about a hundred words; a shorter text gets no age.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

ENOUGH_WORDS = 100
A_LONG_SENTENCE = 20
SHOWN = 3
SCHOOL_BEGINS = 5

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_END = re.compile(r"(?<=[.!?])[”’\"')]*\s+")
_VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûü]+")
_SILENT = re.compile(r"[^aeiouyl]e$|[^aeioul]es$|[^aeioutd]ed$")


@dataclass(frozen=True)
class Reading:
    """How a text reads: the age it asks for (None where it is too short), and its longest sentences."""

    age: int | None
    words: int
    long: tuple[str, ...] = ()


def of(passages: Iterable[str]) -> Reading:
    """Return how a text reads that stands in these paragraphs, headings and lines."""
    found = [sentence for passage in passages for sentence in sentences(passage)]
    spoken = [word for sentence in found for word in words(sentence)]
    long = sorted((each for each in found if len(words(each)) > A_LONG_SENTENCE), key=_length, reverse=True)
    if len(spoken) < ENOUGH_WORDS:
        return Reading(None, len(spoken), tuple(long[:SHOWN]))
    years = grade(words=len(spoken), sentences=len(found), syllables=sum(syllables(word) for word in spoken))
    return Reading(max(SCHOOL_BEGINS, round(years + SCHOOL_BEGINS)), len(spoken), tuple(long[:SHOWN]))


def grade(*, words: int, sentences: int, syllables: int) -> float:
    """Return the Flesch-Kincaid grade of a text with so many words, sentences and syllables."""
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def sentences(passage: str) -> list[str]:
    """Return the sentences of a paragraph that hold at least one word."""
    return [each.strip() for each in _END.split(passage) if words(each)]


def words(text: str) -> list[str]:
    """Return the words of a text; numbers are none."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """Return about how many syllables a word has: at least one."""
    lower = word.lower()
    return max(1, len(_VOWELS.findall(lower)) - bool(_SILENT.search(lower)))


def _length(sentence: str) -> int:
    return len(words(sentence))
