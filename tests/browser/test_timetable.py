"""A manager sets up the first study's timetable by clicking: calls, four time points, the grid with its count."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.running import Site
from tests.browser.test_from_nothing import MANAGER, come_in, set_up

pytestmark = pytest.mark.xdist_group("from nothing")


def add(page: Page, label: str, event: str, **numbers: str) -> None:
    """Add a time point: its name, what it counts from, and what else is asked by the words beside it."""
    steps.follow(page, "Add a time point")
    page.get_by_label("Name that people see").fill(label)
    page.get_by_label(event, exact=True).check()
    for name, value in numbers.items():
        page.locator(f"[name={name}]").fill(value)
    steps.press(page, "Keep it")
    expect(page.get_by_text(f"“{label}” is kept.")).to_be_visible()


def tick(page: Page, instrument: str, *labels: str) -> None:
    for label in labels:
        page.get_by_label(f"{instrument}, {label}", exact=True).check()


def back_the_coaches(page: Page) -> None:
    """Say who stands behind the coaches, without whom calls stay off."""
    there = page.url
    steps.follow(page, "Backing for coaches")
    page.get_by_label("Who is the coaches' supervisor?").fill("Sian")
    page.get_by_label("The supervisor's e-mail address").fill("sian@example.org")
    page.get_by_label("What happens when a coach cannot?").fill("Another coach steps in on the same day.")
    steps.press(page, "Keep this")
    page.goto(there.removesuffix("calls/"))


def test_the_first_study_is_set_up_by_clicking(device, empty_site: Site):
    empty_site.command("grant_role", MANAGER, "MANAGER")
    page = device(width=1280)
    come_in(page, empty_site, MANAGER)
    set_up(page, empty_site)
    steps.follow(page, "When questions are asked")
    page.get_by_label("Empty: I set up each time point myself").check()
    steps.press(page, "Begin from this one")
    expect(page.get_by_text("There is no time point yet.")).to_be_visible()

    steps.follow(page, "Change the calls")
    back_the_coaches(page)
    steps.follow(page, "Change the calls")
    page.get_by_label("a time is proposed to everyone").check()
    page.get_by_label("How many calls?").fill("1")
    page.locator("[name=calls_close_after_days]").fill("25")
    steps.press(page, "Keep it")
    add(page, "Before", "Joining")
    add(
        page, "After the workshop", "A meeting, attended or over", live_session="workshop-1", latest_days="14"
    )
    add(page, "After the call", "A certain call, or the end of the time for calls", nth_call="1")
    add(page, "Four to six weeks on", "Joining", offset_days="28", window_days="14")
    expect(page.get_by_text("4 weeks after joining")).to_be_visible()

    steps.follow(page, "Which questions are asked")
    everywhere = ("Before", "After the workshop", "After the call", "Four to six weeks on")
    tick(page, "Coping confidence", *everywhere)
    expect(page.locator("[data-sum=questions]")).to_have_text(["7", "7", "7", "7"])
    expect(page.locator("[data-sum=all]")).to_have_text("45")
    steps.press(page, "Keep these questions")
    expect(page.get_by_text("The questions are kept as you ticked them.")).to_be_visible()
    expect(page.get_by_label("Coping confidence, After the call", exact=True)).to_be_checked()
