"""Without what not everybody has: JavaScript, and a pointer."""

import re

from playwright.sync_api import Page, expect

from tests.browser import steps


def test_measures_work_without_javascript_and_keep_what_was_half_filled(device, site):
    page = device(javascript=False)
    page.goto(site.links["participant"])
    steps.follow(page, "Answer them")
    steps.follow(page, "Begin")
    heading = page.get_by_role("heading", level=1).inner_text()
    steps.choose(page, "I have felt calm and relaxed", "Most of the time")

    steps.press(page, "Keep this for later")
    steps.follow(page, "Begin")

    calm = steps.group(page, "I have felt calm and relaxed").get_by_label("Most of the time", exact=True)
    expect(calm).to_be_checked()
    steps.press(page, "Save and go on")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(heading)
    expect(page.get_by_text("3 pages to go")).to_be_visible()


def test_a_part_works_without_javascript(device, site):
    page = device(javascript=False)
    page.goto(f"{site.address}/demo/sign-in/participant-2/")
    steps.follow(page, re.compile("Begin|Go on"))
    expect(page.locator("details[open]").first).to_contain_text(
        "Asha"
    )  # we come back to her: she stands open
    page.get_by_text("The story of a radiographer", exact=True).click()
    expect(page.get_by_text("She holds up the other hand.")).to_be_visible()
    steps.press(page, "I have done this")
    steps.follow(page, "What I would want to hear")
    page.get_by_label("What was needed in the first hour?").fill("Two minutes alone")
    steps.press(page, "Save")

    expect(page.get_by_label("What was needed in the first hour?")).to_have_value("Two minutes alone")
    steps.menu(page, "My programme")
    expect(page.get_by_text("You were in “What I would want to hear”.")).to_be_visible()


def test_a_call_is_booked_and_cancelled_by_keyboard_alone(device, site):
    page = device(width=1280)
    page.goto(f"{site.address}/demo/sign-in/participant-21/")
    steps.see(page, "You have reached the end")

    steps.tab_to(page, "Calls")
    _enter(page, "Your calls")
    steps.tab_to(page, "See free times")
    _enter(page, "When should we ring?")
    steps.tab_to(page, "radio: ")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate(steps.WORDS_OF_FOCUS)
    steps.tab_to(page, "Book this call")
    _enter(page, "Your call is booked")
    assert chosen.removeprefix("radio: ").splitlines()[0] in page.get_by_role("main").inner_text()

    steps.tab_to(page, "Cancel this call")
    _enter(page, "Cancel")
    steps.tab_to(page, "Cancel")
    _enter(page, "This call is cancelled")


def _enter(page: Page, heading: str) -> None:
    page.keyboard.press("Enter")
    steps.see(page, heading)
