"""What may stand in the words of a pack: thousands of hostile ways in, and the ones that our editor writes."""

from itertools import product

import pytest

from resilience.participants.packing import markup

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "blockquote", "link"]
TAGS = [
    "script",
    "img",
    "svg",
    "iframe",
    "object",
    "embed",
    "style",
    "math",
    "form",
    "video",
    "base",
    "link",
    "p",
    "a",
    "b",
]
ATTRIBUTES = [
    "onerror=x", 'onload="x"', "src=//e.example/x", 'style="x:url(//e.example)"', 'href="javascript:x"', 'srcset="//e"',
    "autofocus onfocus=x", 'href=" javascript:x"', 'href="java&#115;cript:x"', 'href="data:text/html,x"',
    'href="//e.example"', 'href="\\\\e.example"', 'xlink:href="#x"', 'id="x"', 'class="x"', 'href="vbscript:x"',
    'linktype="document" id="1"', 'linktype="page" id="1"', 'href="https://e" target="x"',
]  # fmt: skip
SHAPES = [
    "<{tag} {attribute}>", "<{tag}\n{attribute}>", "<{tag}/{attribute}>", "<{tag} {attribute}/>",
    "< {tag} {attribute}>",
    "<p><{tag} {attribute}></p>", "<{tag} {attribute}", "<!--<{tag} {attribute}>-->", "<<{tag} {attribute}>>",
    "</{tag} {attribute}>", "<b <{tag} {attribute}>", "<p>x</p><{tag} {attribute} ><p>",
    "<![CDATA[<{tag} {attribute}>]]>",
    "<{tag}\t{attribute}>", "<{tag}\x00 {attribute}>", "<p\n><{tag} {attribute}>", "<noscript><{tag} {attribute}>",
    "<h2 {attribute}><{tag}>", "<xmp><{tag} {attribute}>",
]  # fmt: skip
UPPER = [str, str.upper]


def hostile() -> list[str]:
    return [
        shape.format(tag=spelt(tag), attribute=attribute)
        for tag, attribute, shape, spelt in product(TAGS, ATTRIBUTES, SHAPES, UPPER)
    ]


def test_thousands_of_hostile_ways_in_are_refused():
    ways = hostile()

    assert len(ways) > 5_000
    assert [way for way in ways if not markup.rich(way, FEATURES)] == []


@pytest.mark.parametrize(
    "words",
    [
        '<p data-block-key="a1b2c">Words</p><h2 data-block-key="x">H</h2>', "<p>5 &lt; 6 &amp; 7</p>", "<p>a<br/>b</p>",
        '<ul><li data-block-key="a"><b>x</b> <i>y</i></li></ul>', "<blockquote><p>x</p></blockquote>", "",
        '<p><a href="https://x.example/?a=1&amp;b=2">x</a> <a href="mailto:a@b.example">m</a></p>',
        '<p><a href="/first-days/">x</a></p>',
        '<p><a linktype="page" id="6f1c0e0e-0000-4000-8000-000000000000">x</a></p>',
    ],
)  # fmt: skip
def test_what_our_editor_writes_is_let_in(words):
    assert markup.rich(words, FEATURES) == ""


@pytest.mark.parametrize("words", ["<b>x</b>", "x </p>", "<!-- x -->", "< script>", "<?php"])
def test_plain_words_have_no_markup(words):
    assert markup.plain(words)


@pytest.mark.parametrize("words", ["5 < 6", "a <3 b", "<- back", "“x” & ‘y’"])
def test_plain_words_may_hold_a_sign(words):
    assert markup.plain(words) == ""


def test_a_text_without_links_has_none():
    assert markup.rich('<p><a href="/x/">x</a></p>', ["bold"])
    assert markup.rich("<p><b>x</b></p>", ["bold"]) == ""
