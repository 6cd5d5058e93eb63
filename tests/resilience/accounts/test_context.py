"""The links on top of each page: whose they are, and which is marked."""

import re

import pytest

pytestmark = pytest.mark.django_db


def links(answer) -> dict[str, str]:
    """Return each link's words and how it is marked."""
    navigation = re.search(r'<nav class="nav".*?</nav>', answer.content.decode(), re.DOTALL)[0]
    found = re.findall(r'<a href="[^"]+"(?: aria-current="(\w+)")?>([^<]+)</a>', navigation)
    return {words: mark for mark, words in found}


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        ("/coach/", {"Today": "page"}),
        ("/coach/hours/today/", {"My hours": "true"}),
        ("/coach/about/", {}),
    ],
    ids=["its own page", "a page below it", "a page below the front page"],
)
def test_the_place_where_one_is_is_marked(as_coach, ben, page, marked):
    assert {words: mark for words, mark in links(as_coach.get(page)).items() if mark} == marked
