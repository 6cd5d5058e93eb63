"""Reading age by hand: the formula of Kincaid and others (1975), with words counted on paper."""

import pytest

from content_pages.checking import reading_age


def test_the_grade_is_the_published_formula():
    """100 words in 5 sentences with 130 syllables: 0.39 x 20 + 11.8 x 1.3 - 15.59 = 7.8 + 15.34 - 15.59 = 7.55."""
    assert reading_age.grade(words=100, sentences=5, syllables=130) == pytest.approx(7.55)


@pytest.mark.parametrize(
    ("word", "spoken"),
    [("ward", 1), ("nurse", 1), ("steady", 2), ("table", 2), ("medicine", 3), ("walked", 1), ("started", 2), ("h", 1)],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_spoken(word, spoken):
    assert reading_age.syllables(word) == spoken


def test_sentences_end_at_their_marks_and_numbers_are_no_words():
    found = reading_age.sentences("Feel both feet. “Is it safe?” Then go on. 4.10.")

    assert found == ["Feel both feet.", "“Is it safe?", "Then go on."]
    assert reading_age.words("Bed 7, don’t") == ["Bed", "don’t"]


def test_a_hundred_short_words_read_like_a_young_age_and_long_ones_like_an_old_one():
    """25 sentences of 4 one-syllable words: 0.39 x 4 + 11.8 - 15.59 = -2.23, and nobody is younger than five.

    5 sentences of 20 words of 2 syllables: 7.8 + 23.6 - 15.59 = 15.81, and five years make 21.
    """
    easy = reading_age.of(["Feel both your feet. "] * 25)
    hard = reading_age.of([" ".join(["steady"] * 20) + "."] * 5)

    assert (easy.age, easy.words) == (5, 100)
    assert hard.age == 21


def test_a_short_text_gets_no_age():
    assert reading_age.of(["Feel both feet."]).age is None


def test_the_longest_sentences_come_first():
    short, long = " ".join(["feet"] * 21) + ".", " ".join(["feet"] * 30) + "."

    assert reading_age.of([f"{short} {long}", "Go on."]).long == (long, short)
