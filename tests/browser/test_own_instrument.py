"""A site's own questions in a browser: a manager brings them, experts rate them, and one programme tries them out."""

import re

from playwright.sync_api import Page, expect

from tests.browser import looking, rounds, steps
from tests.browser.running import Site
from tests.resilience.measures.test_rules_file import GOOD
from tests.resilience.measures.test_text_pack import TEXT


def at_the_instruments(page: Page, site: Site) -> None:
    page.goto(site.links["manager"])
    page.goto(f"{site.address}/manage/instruments/")
    steps.see(page, "Instruments")


def test_a_sites_own_questions_are_rated_by_an_expert_and_tried_out(device, site):
    manager, expert = device(width=1280), device()
    at_the_instruments(manager, site)
    steps.follow(manager, "Upload an instrument of your own")
    found = looking.at(manager)
    manager.get_by_label("or paste the rules").fill(GOOD)
    manager.get_by_label("or paste the text").fill(TEXT)
    steps.press(manager, "Check and keep it")
    expect(manager.get_by_role("heading", name="What comes next")).to_be_visible()
    found += looking.at(manager)
    assert rounds.named(manager.url.removeprefix(site.address)) == "instruments:own"
    steps.press(manager, "Open it for experts")
    manager.get_by_label("Whom do you ask?").fill("a ward sister")
    steps.press(manager, "Make a link")
    link = re.search(r"http\S+/reviews/[\w-]+/", manager.get_by_text("Copy it now").inner_text()).group()
    steps.follow(manager, "Change it, and ask again")
    found += looking.at(manager)

    expert.goto(link)
    steps.see(expert, "Your opinion on some questions")
    found += looking.at(expert)
    expert.get_by_label("8", exact=True).first.check()
    steps.press(expert, "Send my opinion")
    steps.see(expert, "Thank you")
    found += looking.at(expert)

    manager.go_back()
    manager.reload()
    expect(manager.get_by_text("1 expert answered")).to_be_visible()
    found += looking.at(manager)
    manager.get_by_label("In which programme?").select_option(index=1)
    steps.press(manager, "Try it out there")
    expect(manager.get_by_text("Its words are fixed.")).to_be_visible()
    assert found + looking.at(manager) == []


def test_the_owners_table_is_typed_in_on_a_page_that_everybody_can_use(device, site):
    page = device(width=1280)
    at_the_instruments(page, site)
    steps.follow(page, "SWEMWBS")
    steps.follow(page, "Enter the table")

    assert rounds.named(page.url.removeprefix(site.address)) == "instruments:table"
    assert looking.at(page) == []
