"""The information sheet as it is typed: no HTML comes through, and what stands can be typed again."""

import pytest

from resilience.participants import sheet
from resilience.participants.packing import markup

TYPED = """Please read this.

## Who gets to know

- Nobody who manages you.
- Use **Help now**, 5 < 6 & more.

A last word
on two lines."""


def test_headings_lists_and_bold_become_html():
    assert sheet.to_html(TYPED) == (
        "<p>Please read this.</p>\n<h2>Who gets to know</h2>\n<ul><li>Nobody who manages you.</li>"
        "<li>Use <strong>Help now</strong>, 5 &lt; 6 &amp; more.</li></ul>\n<p>A last word on two lines.</p>"
    )


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "## <img src=x onerror=y>", "- **<b>**", "a > b"]
)
def test_what_looks_like_html_is_shown_as_typed(typed):
    html = sheet.to_html(typed)

    assert "<script" not in html
    assert "<img" not in html
    assert markup.rich(html, ["h2", "bold", "ul"]) == ""


def test_what_was_typed_comes_back_to_be_typed_again():
    html = sheet.to_html(TYPED)

    assert sheet.to_html(sheet.to_text(html)) == html


def test_what_typing_does_not_know_becomes_plain_words():
    html = '<h3 class="x">One</h3><p data-block-key="a">Two <em>three</em> <a href="/x/">four</a></p>'

    assert sheet.to_text(html) == "## One\n\nTwo three four"


def test_a_place_that_is_still_open_is_named():
    with pytest.raises(sheet.Unfinished, match="Who pays"):
        sheet.to_html("It is paid by [Who pays for it].")
