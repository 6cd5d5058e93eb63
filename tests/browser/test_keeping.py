"""What is typed is kept by itself, and two devices do not fight over it."""

from playwright.sync_api import Page, expect

from tests.browser import steps

PIECE = "/programmes/demonstration/being-human-at-work/what-i-would-want-to-hear/"
BOX = "What was needed in the first hour?"


def open_piece(device: object, site: object, person: str) -> Page:
    page = device()
    page.goto(f"{site.address}/demo/sign-in/{person}/")
    page.goto(f"{site.address}{PIECE}")
    return page


def test_what_is_typed_is_kept_by_itself_and_the_page_saves_on(device, site):
    page = open_piece(device, site, "participant-4")
    page.get_by_label(BOX).fill("Two minutes alone")
    expect(page.get_by_text("Kept", exact=True)).to_be_visible(timeout=15_000)
    page.get_by_label(BOX).fill("Two minutes alone, and tea")

    steps.press(page, "Save")

    expect(page.get_by_label(BOX)).to_have_value("Two minutes alone, and tea")
    expect(page.get_by_text("You wrote something else here")).to_have_count(0)


def test_of_two_devices_the_reader_chooses(device, site):
    first, second = (open_piece(device, site, "participant-5") for _ in range(2))
    first.get_by_label(BOX).fill("Said on the first")
    steps.press(first, "Save")
    expect(first.get_by_text("Kept:")).to_be_visible()
    second.get_by_label(BOX).fill("Said on the second")

    steps.press(second, "Save")

    expect(second.get_by_text("Said on the first")).to_be_visible()
    steps.press(second, "Keep the one from before")
    expect(second.get_by_label(BOX)).to_have_value("Said on the first")
