"""What a hostile hand types, as an editor or as a reader, is shown as words: no script runs and nothing is fetched.

`make hostile` draws all payloads; the tests draw a sample of them.
"""

import json
import os
from collections.abc import Iterable
from itertools import product

import pytest
from playwright.sync_api import Page, Route
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from content_pages import rendering
from content_pages.blocks.text import FEATURES
from content_pages.exercises import Exercise
from content_pages.shown import Shown
from content_pages.tailoring import Tailored
from tests.factories.content_pages import EVERY_INPUT, exercise

ALL = int(os.environ.get("HOSTILE_PAYLOADS", "200"))
AT_ONCE = 100
TAGS = [
    "script",
    "img",
    "svg",
    "iframe",
    "object",
    "embed",
    "style",
    "video",
    "base",
    "link",
    "form",
    "body",
    "a",
]
DEEDS = [
    ">hit()</script>", " src=x onerror=hit()>", " onload=hit()>", " src=https://e.example/x.js></script>",
    ' href="javascript:hit()">x</a>', ' autofocus onfocus=hit() tabindex=1>', " data=https://e.example/x>",
    ' style="background:url(https://e.example/x)">', ' srcset="https://e.example/x">', " onclick=hit()>",
    ' href="java&#115;cript:hit()">x', " src=javascript:hit()>", ' xlink:href="data:text/html,<script>hit()</script>">',
]  # fmt: skip
FRAMES = [
    "<{0}{1}", "</p><{0}{1}", '"><{0}{1}', "'><{0}{1}", "</textarea><{0}{1}", "</title><{0}{1}", "--><{0}{1}<!--",
    "]]><{0}{1}", "<<{0}{1}", "<{0}/{1}", "</style><{0}{1}", "</script><{0}{1}", "{{{{ x }}}}<{0}{1}", "<svg><{0}{1}",
    "<math><{0}{1}", "&lt;<{0}{1}", "\x00<{0}{1}", "<noscript><{0}{1}", "<p title='<{0}{1}'>", "<xmp><{0}{1}",
    "`<{0}{1}`", "<template><{0}{1}", "<select><{0}{1}", "<table><{0}{1}", "<!--><{0}{1}", "<a href=x><{0}{1}",
    "<p/><{0}{1}", "%3C{0}{1}<{0}{1}", "\u2028<{0}{1}", "<{0}\n{1}",
]  # fmt: skip
WAYS = [frame.format(tag, deed) for frame, tag, deed in product(FRAMES, TAGS, DEEDS)]
EXPOSED = "window.hits = 0; window.hit = () => { window.hits += 1; };"


def chosen() -> list[str]:
    """Return so many payloads as are asked for, spread over all kinds."""
    return WAYS[:: max(1, len(WAYS) // ALL)][:ALL]


def as_an_editor_types(payload: str) -> list[dict]:
    """Return the blocks of a page in which a payload stands in each kind of text, as the editor's form stores them."""
    entity = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": payload}}}
    block = {
        "key": "a", "text": payload, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "data": {},
        "entityRanges": [{"key": 0, "offset": 0, "length": len(payload)}],
    }  # fmt: skip
    rich = ContentstateConverter(FEATURES).to_database_format(
        json.dumps({"blocks": [block], "entityMap": entity})
    )
    prompts = [
        {**each, "label": payload, "help": payload, "low_label": payload, "options": [payload, "other"]}
        for each in EVERY_INPUT
    ]
    return [
        {"type": "text", "value": rich},
        {"type": "question", "value": payload},
        {"type": "details", "value": {"summary": payload, "text": rich}},
        {"type": "drawing", "value": {"name": "front", "alt": payload, "caption": payload}},
        {"type": "vignette", "value": {"heading": payload, "versions": [{"profession": "nurse", "text": rich}]}},
        exercise(title=payload, intro=rich, prompts=prompts),
    ]  # fmt: skip


def drawn(payload: str) -> str:
    """Return all of it as HTML: as a page shows it, and an exercise again with the payload typed into its boxes."""
    pieces = rendering.of_activity(
        json.dumps(as_an_editor_types(payload)), tailored=Tailored(), collects=True
    )
    return "".join([*(str(piece.html) for piece in pieces), _filled_in(pieces[-1].exercise, payload)])


def _filled_in(asked: Exercise, payload: str) -> str:
    from django.template.loader import get_template

    values = {prompt.key: payload for prompt in asked.prompts}
    return get_template("content_pages/blocks/exercise.html").render({"exercise": Shown(asked, values)})


def what_happens(page: Page, bodies: Iterable[str], *, at_once: int = AT_ONCE) -> tuple[int, list[str]]:
    """Return how often a script of the payloads ran, and what was fetched from elsewhere."""
    fetched: list[str] = []

    def refuse(route: Route) -> None:
        if "e.example" in route.request.url:
            fetched.append(route.request.url)
        route.abort()

    page.route("**/*", refuse)
    page.add_init_script(EXPOSED)
    hits = 0
    drawn_all = list(bodies)
    for begin in range(0, len(drawn_all), at_once):
        page.goto("about:blank")
        page.set_content(
            f"<script>{EXPOSED}</script>" + "".join(drawn_all[begin : begin + at_once]), wait_until="load"
        )
        hits += page.evaluate("window.hits || 0")
    return hits, fetched


@pytest.fixture
def bare(browser) -> Page:
    """A browser without the site's content policy, so that nothing but our own pages stands in the way."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_what_a_hostile_hand_types_runs_nothing_and_fetches_nothing(bare):
    bodies = [drawn(payload) for payload in chosen()]

    assert len(bodies) == ALL
    assert what_happens(bare, bodies) == (0, [])


def test_the_same_payloads_run_where_nothing_stands_in_their_way(bare):
    hits, fetched = what_happens(bare, WAYS[:: len(WAYS) // 200], at_once=1)

    assert hits > 10
    assert len(fetched) > 5
