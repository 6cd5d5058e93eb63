"""On the ward: what a phone keeps, what waits there until the line is back, and that signing out leaves nothing."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looking, steps
from tests.browser.running import Site

PART = "/programmes/demonstration/being-human-at-work/"
READING = PART + "good-people-hard-jobs/"
WRITING = PART + "what-i-would-want-to-hear/"
BOX = "What was needed in the first hour?"
CANARY = "marmalade and a quiet stairwell"
MAY_BE_STORED = re.compile(
    r"/kept/demonstration/[a-z0-9-]+/([a-z0-9-]+/)?|/static/\S+|/help-now/|/not-connected/|/favicon\.ico"
)
STORED = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.push([new URL(request.url).pathname, await (await cache.match(request)).text()]);
    }
  }
  return found;
}"""
LEFT = """async () => ({
  caches: await caches.keys(), stores: (await indexedDB.databases()).map(each => each.name),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
GONE = f"async wanted => JSON.stringify(await ({LEFT})()) === JSON.stringify(wanted)"
NOTHING = {"caches": [], "stores": [], "workers": 0}
WAITING = """async () => {
  const asked = request => new Promise(done => { request.onsuccess = () => done(request.result); });
  const base = await asked(indexedDB.open('kept', 1));
  const rows = await asked(base.transaction('waiting').objectStore('waiting').getAll());
  const mine = await asked(base.transaction('mine').objectStore('mine').get('mine'));
  base.close();
  return {
    rows: rows.map(row => [row.path, row.state]), extractable: mine.key.extractable,
    bytes: rows.map(row => [...new Uint8Array(row.body)].map(byte => String.fromCharCode(byte)).join('')).join(''),
  };
}"""


@pytest.fixture
def phone(device, site) -> Callable[[str], Page]:
    """Open a phone on which somebody chose to keep what they open: `phone("participant-4")`."""

    def open_it(person: str) -> Page:
        page = device()
        page.goto(f"{site.address}/demo/sign-in/{person}/")
        steps.follow(page, "Keep it on this phone")
        steps.press(page, "Keep on this phone")
        expect(page.get_by_text("What you open from now on is kept too.")).to_be_visible()
        return page

    return open_it


def write_without_a_line(page: Page, site: Site, words: str) -> None:
    """Open the piece with a box where there is no line, write and save."""
    page.context.set_offline(True)
    page.goto(site.address + WRITING)
    expect(page.get_by_text("You are not connected. You can read")).to_be_visible()
    page.get_by_label(BOX).fill(words)
    steps.press(page, "Save")
    expect(page.get_by_text("What you saved here waits on this phone.")).to_be_visible()


def with_a_line(page: Page, site: Site) -> None:
    """Come back to where there is a line, and open the programme."""
    page.context.set_offline(False)
    page.goto(f"{site.address}/my/")


def posts_to(site: Site, path: str) -> int:
    """Return how often something was posted to a page, by the site's own log."""
    lines = "".join(file.read_text() for file in (site.var / "log").glob("*.jsonl")).splitlines()
    return sum(f'"POST {path}"' in line and "request_started" in line for line in lines)


def test_nothing_is_stored_until_somebody_chooses_it(device, site, phone):
    page = device()
    page.goto(f"{site.address}/demo/sign-in/participant-24/")
    for path in (PART, READING, WRITING, "/my/phone/"):
        page.goto(site.address + path)

    assert page.evaluate(LEFT) == NOTHING
    chose = phone("participant-25").evaluate(LEFT)
    assert (chose["stores"], chose["workers"]) == (["kept"], 1)
    assert set(chose["caches"]) == {"kept-base", "kept-pages"}


def test_an_opened_part_is_read_without_a_line_and_what_is_saved_arrives_once(site, phone):
    page = phone("participant-26")
    before = posts_to(site, WRITING)
    page.context.set_offline(True)
    page.goto(site.address + READING)
    expect(page.get_by_text("Asha sits upstairs.")).to_be_visible()
    write_without_a_line(page, site, CANARY)
    expect(page.get_by_label(BOX)).to_have_value(CANARY)  # it can still be changed

    with_a_line(page, site)

    expect(page.get_by_text("What you wrote while you were not connected is saved now.")).to_be_visible()
    steps.follow(page, "Show it")
    expect(page.get_by_label(BOX)).to_have_value(CANARY)
    page.goto(f"{site.address}/my/")
    assert page.evaluate(WAITING)["rows"] == []
    assert posts_to(site, WRITING) - before == 1


def test_what_waits_cannot_be_read_out_of_the_browser(site, phone):
    page = phone("participant-27")
    write_without_a_line(page, site, CANARY)

    waits = page.evaluate(WAITING)

    assert waits["rows"] == [[WRITING, "waiting"]]
    assert len(waits["bytes"]) > len(CANARY)
    assert CANARY not in waits["bytes"]
    assert waits["extractable"] is False


def test_what_is_stored_names_nobody_and_holds_nothing_that_was_written(site, phone):
    page = phone("participant-28")
    page.goto(site.address + WRITING)
    page.get_by_label(BOX).fill(CANARY)
    steps.press(page, "Save")
    expect(page.get_by_text("Kept:")).to_be_visible()
    for path in (
        PART,
        READING,
        WRITING,
        "/my/",
        "/my/data/",
        "/calls/",
        "/my/measures/",
        "/promise/",
        "/my/phone/",
    ):
        page.goto(site.address + path)
        page.wait_for_load_state("networkidle")

    stored = page.evaluate(STORED)

    assert [path for path, _text in stored if not MAY_BE_STORED.fullmatch(path)] == []
    assert {PART.replace("programmes", "kept"), WRITING.replace("programmes", "kept")} < {
        path for path, _ in stored
    }
    for path, text in stored:
        for personal in (CANARY, "csrfmiddlewaretoken", "draft_token", "participant-28", "Sign out", "Kept:"):
            assert personal not in text or path.endswith(".js"), (path, personal)
    page.goto(site.address + WRITING)
    assert CANARY in page.content()  # the very page that a person sees holds what the stored one does not


def test_a_page_that_was_never_opened_says_so_calmly_and_leads_to_people(site, phone):
    page = phone("participant")
    page.context.set_offline(True)

    page.goto(f"{site.address}/calls/")

    steps.see(page, "You are not connected")
    assert looking.at(page) == []
    steps.follow(page, "Being human at work")
    steps.see(page, "Being human at work")
    page.get_by_role("link", name="Help now", exact=True).first.click()
    steps.see(page, "Help now")


def test_the_kept_pages_can_be_used_by_everybody(site, phone):
    page = phone("participant-29")
    page.context.set_offline(True)
    for path in (PART, WRITING):
        page.goto(site.address + path)
        expect(page.get_by_text("You are not connected.")).to_be_visible()

        assert looking.at(page) == []


def test_two_versions_are_both_shown_and_neither_is_lost(site, phone):
    page = phone("participant-30")
    page.goto(site.address + WRITING)
    page.get_by_label(BOX).fill("written at home")
    steps.press(page, "Save")
    expect(page.get_by_text("Kept:")).to_be_visible()
    write_without_a_line(page, site, "written in the lift")

    with_a_line(page, site)
    page.get_by_role("button", name="Look at it").click()

    expect(page.get_by_text("Kept before:")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("written at home")
    expect(page.get_by_label(BOX)).to_have_value("written in the lift")
    assert page.evaluate(WAITING)["rows"] == [[WRITING, "look"]]  # not let go before somebody chose
    steps.press(page, "Keep what is in the boxes")
    expect(page.get_by_text("Kept:")).to_be_visible()
    expect(page.get_by_label(BOX)).to_have_value("written in the lift")
    assert page.evaluate(WAITING)["rows"] == []


def test_a_page_that_was_open_when_the_line_went_keeps_what_was_typed(site, phone):
    page = phone("participant-31")
    page.goto(site.address + WRITING)
    page.get_by_label(BOX).fill("first")
    steps.press(page, "Save")
    expect(page.get_by_text("Kept:")).to_be_visible()
    page.get_by_label(BOX).fill("second")
    page.context.set_offline(True)
    steps.press(page, "Save")
    expect(page.get_by_text("What you saved here waits on this phone.")).to_be_visible()
    page.get_by_label(BOX).fill("third")
    steps.press(page, "Save")
    expect(page.get_by_label(BOX)).to_have_value("third")

    with_a_line(page, site)

    expect(page.get_by_text("is saved now.")).to_be_visible()  # its own page was before it: nothing to choose
    page.goto(site.address + WRITING)
    expect(page.get_by_label(BOX)).to_have_value("third")


def test_what_waits_outlives_a_sign_in_that_ended_and_goes_out_for_the_same_person(site, phone):
    page = phone("participant-32")
    write_without_a_line(page, site, CANARY)
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.goto(f"{site.address}/accounts/login/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(WAITING)["rows"] == [[WRITING, "waiting"]]

    page.goto(f"{site.address}/demo/sign-in/participant-32/")

    expect(page.get_by_text("is saved now.")).to_be_visible()
    page.goto(site.address + WRITING)
    expect(page.get_by_label(BOX)).to_have_value(CANARY)


def test_somebody_else_who_signs_in_finds_nothing_and_sends_nothing(site, phone):
    page = phone("participant-33")
    write_without_a_line(page, site, CANARY)
    page.context.clear_cookies()
    page.context.set_offline(False)

    page.goto(f"{site.address}/demo/sign-in/participant-34/")

    page.wait_for_function(GONE, arg=NOTHING)
    page.goto(site.address + WRITING)
    expect(page.get_by_label(BOX)).to_have_value("")


def test_signing_out_leaves_nothing_and_warns_of_what_still_waits(site, phone):
    page = phone("participant-35")
    write_without_a_line(page, site, CANARY)
    page.context.route(re.compile("line.json"), lambda route: route.abort())
    page.context.set_offline(False)
    page.goto(f"{site.address}/my/consent/")
    page.evaluate("async () => { await navigator.serviceWorker.ready }")

    page.get_by_role("button", name="Sign out", exact=True).click()

    expect(page.get_by_role("status").get_by_text("If you sign out now, it is gone.")).to_be_visible()
    page.get_by_role("button", name="Sign out all the same").click()
    page.wait_for_url(f"{site.address}/")
    assert page.evaluate(LEFT) == NOTHING


def test_taking_it_off_leaves_nothing(site, phone):
    page = phone("participant-36")
    assert page.evaluate(STORED)

    steps.press(page, "Take it off this phone")

    expect(page.get_by_text("It is off this phone.")).to_be_visible()
    assert page.evaluate(LEFT) == NOTHING


def test_signing_out_without_a_line_still_takes_it_off(site, phone):
    page = phone("participant-37")
    page.context.set_offline(True)

    page.get_by_role("button", name="Sign out", exact=True).click()

    expect(page.get_by_text("sign out again when there is a line")).to_be_visible()
    assert page.evaluate(LEFT) == NOTHING


def test_the_browser_is_offered_a_sign_for_its_first_screen(device, site):
    page = device()
    page.goto(f"{site.address}/demo/sign-in/participant-38/")
    page.goto(f"{site.address}/my/phone/")

    address = page.locator("link[rel=manifest]").get_attribute("href")
    manifest = json.loads(page.request.get(site.address + address).text())

    assert (manifest["start_url"], manifest["display"], manifest["name"]) == (
        "/my/",
        "standalone",
        "Staff programme",
    )
    for icon in manifest["icons"]:
        assert page.request.get(site.address + icon["src"]).status == 200
