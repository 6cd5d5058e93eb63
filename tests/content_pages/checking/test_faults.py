"""What the checks find on a page, and what they leave alone."""

import pytest

from content_pages.checking import not_shown, page
from content_pages.models import ActivityPage, ModulePage
from tests.factories.content_pages import STORY, exercise


@pytest.fixture
def reading(steady) -> ActivityPage:
    return ActivityPage.objects.get(slug="good-people-hard-jobs")


def found(page_: ActivityPage, html: str) -> list[str]:
    return [fault.words for fault in page.look(page_, {"body": _stream(page_, html)}).refusals]


def _stream(page_: ActivityPage, *html: str) -> object:
    block = page_.body.stream_block
    return block.to_python([{"type": "text", "value": each} for each in html])


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<h3>Why</h3>", "one step too deep"),
        ("<h2>What</h2><h4>Why</h4>", "one step too deep"),
        ("<h2> </h2>", "A heading is empty"),
        ('<p>Read <a href="https://example.org/x">here</a>.</p>', "does not say where it leads"),
        ('<p><a href="https://example.org/x"> </a></p>', "A link has no words"),
        ('<p><a linktype="page" id="999999">Tides</a></p>', "gone or not published"),
        ('<p><a href="/nothing-here/">Tides</a></p>', "there is no page"),
        ('<p><a href="htp:/example">Tides</a></p>', "Copy the whole address"),
        ('<p><a href="https://example">Tides</a></p>', "Copy the whole address"),
        ("<p>It builds resilience.</p>", "Say “being ready”"),
        ("<p>A second victim.</p>", "Say “after something went wrong”"),
        ("<p>Your home work or Homework.</p>", "Say “something to try”"),
        ("<p>Two no-shows.</p>", "Say “missed call”"),
    ],
)
def test_what_would_shut_somebody_out_stops_publication(reading, html, said):
    assert [words for words in found(reading, html) if said in words]


@pytest.mark.parametrize(
    "html",
    [
        "<h2>What</h2><h3>Why</h3><h2>How</h2>",
        '<p><a href="https://example.org/x">The guide for wards</a> <a href="tel:116123">Ring 116 123</a></p>',
        '<p><a href="/the-first-days/">The first days</a> <a href="/help-now/">Help now</a></p>',
        "<p>A blood test, and his arm.</p>",
        "<p>She was alarmed.</p>",
    ],
)
def test_what_is_in_order_stops_nothing(reading, html):
    assert found(reading, html) == []


def test_a_link_to_a_page_that_was_taken_down_stops_publication(reading):
    there = ActivityPage.objects.get(slug="the-loop")
    html = f'<p><a linktype="page" id="{there.pk}">The loop</a></p>'
    assert found(reading, html) == []

    there.unpublish()

    assert len(found(reading, html)) == 1


def test_words_that_have_a_plain_sense_and_plain_http_are_only_pointed_out(reading):
    html = '<p>A test.</p><p><a href="http://example.org/">The guide</a></p>'

    looked = page.look(reading, {"body": _stream(reading, html)})

    assert looked.refusals == []
    assert len(looked.remarks) == 2


def test_a_fault_names_its_block(reading):
    looked = page.look(reading, {"body": _stream(reading, "<p>One.</p>", "<p>Homework.</p>")})

    assert looked.refusals[0].told.startswith("“Text”, block 2:")


def test_every_box_of_an_exercise_and_a_story_is_read(reading):
    told = {**STORY["value"], "versions": [{"profession": "nurse", "text": "<p>Homework.</p>"}]}
    asked = exercise(revisit_options=["Homework"], title="Homework", intro="<p>Homework</p>")
    body = reading.body.stream_block.to_python([{"type": "vignette", "value": told}, asked])

    looked = page.look(reading, {"body": body})

    assert [fault.piece.index for fault in looked.refusals] == [0, 1]


def test_a_drawing_without_words_stops_publication(steady):
    module = ModulePage.objects.first()
    assert page.look(module).refusals == []

    silent = page.look(module, {"drawing": "module_1", "drawing_alt": ""})

    assert [fault.piece.field for fault in silent.refusals] == ["drawing_alt"]


def test_a_page_that_reads_hard_says_which_sentence_to_shorten(reading):
    long = " ".join(["organisational considerations"] * 15)

    looked = page.look(reading, {"body": _stream(reading, *[f"<p>{long}.</p>"] * 5)})

    assert looked.refusals == []
    assert looked.in_words.startswith("This page reads like age")
    assert "Shorten: “organisational considerations" in looked.in_words


def test_the_list_of_words_is_one_file_with_a_section_that_refuses():
    listed = not_shown.listed()

    assert {each.word for each in listed if each.refuses} >= {
        "resilience",
        "homework",
        "safeguarding",
        "no-show",
    }
    assert {each.word for each in listed if not each.refuses} >= {"test", "arm", "stuck"}


def test_a_part_that_takes_another_time_than_its_pieces_is_pointed_out(steady):
    """The two pieces of the first part take 7 and 5 minutes."""
    module = ModulePage.objects.first()

    assert [fault.words for fault in page.look(module, {"minutes": 25}).remarks] == [
        "Its pieces take 12 minutes together, and the part says 25."
    ]
    assert page.look(module, {"minutes": 12}).faults == ()
