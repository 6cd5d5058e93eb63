"""All five parts on a narrow screen, from joining to the plan: by keyboard alone, and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looking, steps
from tests.browser.running import Site

pytestmark = pytest.mark.long
PIECES = 21
ONWARDS = re.compile(r"^(Begin|Go on)\b")
THE_END = "You have reached the end of the parts"
WRITTEN, QUESTION = "Two minutes alone with a glass of water", "What was needed in the first hour?"
HEADING = """() => document.querySelector("h1").innerText"""


def test_somebody_goes_through_all_five_parts_by_keyboard_alone(device, site):
    phone = device()
    _join(phone, site, "hedy@example.net")

    pieces = 0
    while phone.evaluate(HEADING) != THE_END:
        if phone.get_by_role("button", name="I have done this").count():
            pieces += 1
            assert looking.at(phone) == []
            _end_by_keyboard(phone)
        else:
            _onwards_by_keyboard(phone)
    steps.tab_to(phone, "My plan: what I made")
    _enter(phone)

    assert pieces == PIECES
    steps.see(phone, "My plan")
    expect(phone.get_by_text(WRITTEN)).to_be_visible()
    assert looking.at(phone) == []


def test_somebody_goes_through_all_five_parts_without_javascript(device, site):
    phone = device(javascript=False)
    _join(phone, site, "ida@example.net")

    pieces = 0
    ends = phone.get_by_role("heading", level=1, name=THE_END)
    done = phone.get_by_role("button", name="I have done this")
    onwards = phone.get_by_role("main").get_by_role("link", name=ONWARDS)
    while not ends.count():
        if done.count():
            pieces += 1
            if (box := phone.get_by_label(QUESTION)).count():
                box.fill(WRITTEN)
            steps.go_on(phone, done)
        else:
            steps.go_on(phone, onwards.first)
    steps.follow(phone, "My plan: what I made")

    assert pieces == PIECES
    expect(phone.get_by_text(WRITTEN)).to_be_visible()


def _join(phone: Page, site: Site, email: str) -> None:
    phone.goto(f"{site.address}/join/")
    steps.join(phone, site, email)
    steps.see(phone, "A few questions for you")
    steps.menu(phone, "My programme")
    steps.see(phone, "Welcome")


def _end_by_keyboard(phone: Page) -> None:
    """Write where that is asked, and end the piece."""
    if phone.get_by_label(QUESTION).count():
        steps.tab_to(phone, QUESTION)
        phone.keyboard.type(WRITTEN)
    steps.tab_to(phone, "I have done this")
    _enter(phone)


def _onwards_by_keyboard(phone: Page) -> None:
    link = phone.get_by_role("main").get_by_role("link", name=ONWARDS).first
    steps.tab_to(phone, link.inner_text())
    _enter(phone)


def _enter(phone: Page) -> None:
    with phone.expect_navigation():
        phone.keyboard.press("Enter")
