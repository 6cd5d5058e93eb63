"""Pages that work on a bad line: little to fetch, nothing that holds the text up, room kept for pictures."""

import re
import tomllib
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from resilience.demo import pages
from tests.factories.content_pages import MODULE, READING, WRITING

STYLE_BYTES, SCRIPT_BYTES = 20_000, 6_000
PROGRAMME = Path(pages.__file__).parent / "programme"
PIECES = [
    pytest.param(piece, id=piece["slug"])
    for file in sorted(PROGRAMME.glob("module_*.toml"))
    for piece in tomllib.loads(file.read_text())["activities"]
]


def holds_up(html: str) -> list[str]:
    """Return the scripts of a page that a browser would wait for."""
    scripts = re.findall(r"<script\b[^>]*>", html)
    return [each for each in scripts if not re.search(r"\b(defer|async)\b", each) or "src=" not in each]


def jumps(html: str) -> list[str]:
    """Return the pictures whose place is not known before they come."""
    found = re.findall(r"<img\b[^>]*>", html)
    return [each for each in found if not (re.search(r"\bwidth=", each) and re.search(r"\bheight=", each))]


@pytest.mark.parametrize("address", ["/", "/my/", MODULE, READING, WRITING, "/my/phone/"])
def test_nothing_holds_the_text_up(steady, as_participant, address):
    page = as_participant.get(address).content.decode()

    assert holds_up(page) == []
    assert jumps(page) == []


def test_what_holds_up_and_what_jumps_is_noticed():
    assert holds_up('<script src="x.js"></script><script>1</script><script src="y.js" defer></script>') == [
        '<script src="x.js">', "<script>",
    ]  # fmt: skip
    assert jumps('<img src="a.png"><img src="b.png" width="2" height="1">') == ['<img src="a.png">']


def test_the_style_of_every_page_is_small():
    assert Path(finders.find("resilience/site.css")).stat().st_size < STYLE_BYTES


def test_whoever_keeps_nothing_on_the_phone_fetches_no_script_for_it(steady, as_participant):
    page = as_participant.get(READING).content.decode()

    fetched = re.findall(r'<script src="/static/([^"]+)"', page)
    assert fetched == ["resilience/site.js"]
    assert Path(finders.find(fetched[0])).stat().st_size < SCRIPT_BYTES


@pytest.mark.parametrize("piece", PIECES)
def test_a_piece_takes_ten_minutes_or_less(piece):
    assert 1 <= piece["minutes"] <= 10


def test_a_piece_says_how_long_it_takes(steady, as_participant):
    assert "7 minutes" in as_participant.get(READING).content.decode()
    assert "7 minutes" in as_participant.get(MODULE).content.decode()


def test_a_sound_of_ours_is_small_and_plays_nothing_by_itself(steady, as_participant, writing):
    writing.body = [{"type": "sound", "value": SOUND}]
    writing.save()

    page = as_participant.get(WRITING).content.decode()

    assert Path(finders.find("content_pages/sounds/steady_breath.wav")).stat().st_size < 600_000
    assert 'preload="none"' in page
    assert "autoplay" not in page
    assert page.index("<audio") < page.index("It falls for six.")


SOUND = {
    "title": "Breathe",
    "sound": "steady_breath",
    "upload": None,
    "transcript": "<p>It falls for six.</p>",
}
