import re
import tomllib
from pathlib import Path

import pytest

NEVER = tomllib.loads((Path(__file__).parents[4] / "content_pages/checking/not_shown.toml").read_text())[
    "never"
]
LONGEST = 26  # words in a sentence that somebody of twelve can follow


def plain(made) -> str:
    part = made.html.split('<section class="plain"')[1].split("</section>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part.split(">", 1)[1])).strip()


@pytest.mark.parametrize("which", ["made", "made_of_nothing", "made_by_hand"])
def test_the_first_page_keeps_to_the_words_that_staff_are_shown(which, request):
    text = plain(request.getfixturevalue(which)).lower()

    assert not [word for word in NEVER if re.search(rf"\b{word}\b", text)]
    assert "!" not in text
    assert "95% ci" not in text


@pytest.mark.parametrize("which", ["made", "made_of_nothing", "made_by_hand"])
def test_its_sentences_are_short(which, request):
    sentences = re.split(r"(?<=[.?:])\s+", plain(request.getfixturevalue(which)))

    assert max(len(one.split()) for one in sentences) <= LONGEST


def test_it_says_what_changed_in_the_scale_of_the_questions_and_what_cannot_be_known(made):
    text = plain(made)

    assert "on a scale from 0 to 10, where more is better" in text
    assert "we cannot know what would have happened without it" in text


def test_nothing_is_said_of_change_in_fewer_than_ten(made_of_nothing):
    assert "Too few people have answered twice to say." in plain(made_of_nothing)
