"""Pages for staff keep to the same list of words as the editor's check, in their templates too."""

import re
from pathlib import Path

import pytest

from content_pages.checking import not_shown

ROOT = Path(not_shown.__file__).parents[2]
FOR_THOSE_WHO_RUN_IT = re.compile(
    r"templates/(evaluation|ops|demo|wagtailcore)/|/admin/|coaching/(coach_|today|hours|after_call)|participants/manage"
    r"|organisations/safeguarding|base_staff|coach_mail"
)
SHOWN = [
    path
    for folder in ("resilience", "content_pages")
    for path in sorted((ROOT / folder).rglob("templates/**/*.*"))
    if path.suffix in (".html", ".txt") and not FOR_THOSE_WHO_RUN_IT.search(path.as_posix())
]


def in_template(text: str) -> list[str]:
    """Return the words of the list in what a template shows: its text and its translated strings."""
    comments = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", " ", text, flags=re.DOTALL)
    strings = " ".join(re.findall(r'{% translate "([^"]*)"', comments))
    plain = re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>", " ", comments, flags=re.DOTALL)
    return [each.word for each in not_shown.in_text(f"{strings} {plain}") if each.refuses]


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.name)
def test_no_template_shows_staff_a_word_of_the_list(path):
    assert in_template(path.read_text()) == []


def test_the_templates_of_participants_are_among_them():
    assert len(SHOWN) > 60
    assert any(path.name == "activity.html" for path in SHOWN)


@pytest.mark.parametrize(
    "planted", ['{% translate "Your homework" %}', "<p>Being resilient</p>", '{% translate "No-shows" %}']
)
def test_a_planted_word_is_found(planted):
    assert in_template(planted)


def test_a_word_in_a_tag_or_a_comment_is_not_shown():
    assert in_template('{% url "safeguarding" %}<p class="homework">{# resilience #}</p>') == []
