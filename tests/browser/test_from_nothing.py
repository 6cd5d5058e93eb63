"""An empty site in a browser: a manager sets up a programme, an editor writes it, a participant finishes it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.running import Site
from tests.browser.test_signing_in import one_time_code

MANAGER, EDITOR, GRACE = "mo@example.org", "eve@example.org", "grace@example.net"


def come_in(page: Page, site: Site, email: str) -> None:
    """Sign in as staff do for the first time: a code by e-mail, then an app."""
    page.goto(f"{site.address}/accounts/login/")
    steps.give_address_and_code(page, site, email, address_label="Your e-mail address", then="Sign in")
    steps.follow(page, "Set up an app")
    page.get_by_label("Code from your app").fill(
        one_time_code(page.get_by_label("Or type this key into it").input_value())
    )
    steps.press(page, "Set it up")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Set up an app")


def set_up(page: Page, site: Site) -> None:
    """Follow the manager's pages from one to the next."""
    page.goto(f"{site.address}/manage/programmes/")
    steps.follow(page, "Set up an organisation")
    page.get_by_label("Name of the organisation").fill("Hillside Hospital")
    page.get_by_label("Short name").fill("hillside")
    page.get_by_label("Who answers for personal data?").fill("Hillside Hospital, 1 Hill Road")
    steps.press(page, "Set it up")
    steps.follow(page, "Set up a programme")
    page.get_by_label("Name that people see").fill("Firm Footing")
    page.get_by_label("Short name").fill("firm")
    page.get_by_label("Organisation").select_option("Hillside Hospital")
    steps.press(page, "Set it up")
    steps.follow(page, "Information for people")
    box = page.get_by_label("Information for people who think about joining")
    box.fill(re.sub(r"\[[^\]]*\]", "The hospital.", box.input_value()))
    steps.press(page, "Publish it")
    steps.follow(page, "A group that people can join")
    page.get_by_label("Name of the group").fill("Autumn")
    page.get_by_label("Anybody may join").check()
    steps.press(page, "Set it up")
    expect(page.get_by_text("The group “Autumn” is set up.")).to_be_visible()


def write_part(page: Page, site: Site, title: str) -> None:
    """Make a part with one piece, from the editors' first page on."""
    page.goto(f"{site.address}/cms/")
    page.get_by_role("link", name="Firm Footing").first.click()
    page.get_by_role("link", name="Add child page", exact=True).first.click()
    page.get_by_role("link", name=re.compile(r"^Part \(module\)")).click()
    page.locator("#id_title").fill(title)
    page.locator("#id_summary").fill("What this part is about.")
    page.locator("#id_minutes").fill("10")
    publish(page)
    page.get_by_role("link", name=f"Add a child page to '{title}'").click()
    page.locator("#id_title").fill(f"{title}: one piece")
    page.locator("#id_minutes").fill("5")
    add_block(page, "Text")
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("Attention comes in short lengths.")
    add_block(page, "Exercise")
    page.locator("[name=body-1-value-key]").fill(title.lower())
    page.locator("[name=body-1-value-kind]").select_option("reflection")
    page.locator("[name=body-1-value-title]").fill("One sentence")
    page.locator("[name=body-1-value-keeps]").select_option("Y")
    body(page).get_by_title("Add", exact=True).first.click()
    page.locator("[name=body-1-value-prompts-0-value-key]").fill("sentence")
    page.locator("[name=body-1-value-prompts-0-value-label]").fill("Which sentence?")
    page.locator("[name=body-1-value-prompts-0-value-input]").select_option("line")
    publish(page)


def body(page: Page) -> object:
    return page.locator("#panel-child-content-body-content")


def add_block(page: Page, name: str) -> None:
    body(page).get_by_title("Insert a block").last.click()
    page.get_by_role("option", name=name, exact=True).click()


def publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text(re.compile(r"published\."))).to_be_visible()


def join(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/join/")
    expect(page.get_by_text("The hospital.").first).to_be_visible()
    steps.join(page, site, GRACE)


@pytest.mark.long
def test_from_an_empty_site_to_somebody_who_has_finished(device, empty_site):
    empty_site.command("grant_role", MANAGER, "MANAGER")
    empty_site.command("grant_role", EDITOR, "EDITOR")
    manager, editor, grace = device(width=1280), device(width=1280), device()
    come_in(manager, empty_site, MANAGER)
    set_up(manager, empty_site)
    come_in(editor, empty_site, EDITOR)
    for title in ("Before", "After"):
        write_part(editor, empty_site, title)

    join(grace, empty_site)
    for title in ("Before", "After"):
        grace.goto(f"{empty_site.address}/my/")
        steps.follow(grace, re.compile("^(Begin|Go on)"))
        expect(grace.get_by_role("heading", level=1)).to_contain_text(f"{title}: one piece")
        grace.get_by_label("Which sentence?").fill("You saw it and you said so.")
        steps.go_on(grace, grace.get_by_role("button", name="I have done this"))

    grace.goto(f"{empty_site.address}/my/")
    steps.see(grace, "You have reached the end of the parts")
