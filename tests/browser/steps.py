"""What a participant does, by the words on the pages."""

import re
import time

from playwright.sync_api import Locator, Page, expect

from tests.browser import looking
from tests.browser.running import Site

WAIT_FOR_MAIL_S = 20
WAIT_FOR_NEWS_S = 20
WORDS_OF_FOCUS = """() => {
  const element = document.activeElement;
  const named = element.labels && element.labels.length ? element.labels[0].innerText : element.innerText;
  return (element.type === 'radio' ? 'radio: ' : '') + (named || element.getAttribute('aria-label') || '').trim();
}"""


def see(page: Page, heading: str | re.Pattern) -> None:
    """Wait until the page with this heading is shown."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def look_again_until(page: Page, shown: Locator) -> None:
    """Load the page again until something stands on it, as somebody does who waits for news."""
    until = time.monotonic() + WAIT_FOR_NEWS_S
    while not shown.count():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.5)
        page.reload()


def press(page: Page, name: str) -> None:
    """Press the button of this name."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def go_on(page: Page, onwards: Locator) -> None:
    """Click a button or a link and wait until the page it leads to has come."""
    with page.expect_navigation():
        onwards.click()


def follow(page: Page, name: str | re.Pattern) -> None:
    """Follow the link of this name in the page itself."""
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def menu(page: Page, name: str) -> None:
    """Follow a link of the main menu."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True).click()


def choose(page: Page, question: str, answer: str) -> None:
    """Choose an answer of a group of radio buttons."""
    group(page, question).get_by_label(answer, exact=True).check()


def group(page: Page, question: str) -> Locator:
    """Return a fieldset by its legend."""
    return page.get_by_role("group", name=question)


def code_for(site: Site, email: str, *, after: int) -> str:
    """Return the code of the newest message to an address, once more than `after` have come to it."""
    until = time.monotonic() + WAIT_FOR_MAIL_S
    while time.monotonic() < until:
        mine = [mail for mail in site.mails() if mail["to"] == email]
        if len(mine) > after:
            return re.search(r"\b\d{6}\b", mine[-1].get_content()).group()
        time.sleep(0.1)
    raise AssertionError(f"No code came for {email}")


def give_address_and_code(page: Page, site: Site, email: str, *, address_label: str, then: str) -> None:
    """Type an address, then the code that comes to it, and press the button named `then`."""
    before = len([mail for mail in site.mails() if mail["to"] == email])
    page.get_by_label(address_label).fill(email)
    press(page, "Send me a code")
    see(page, "Type your code")
    page.get_by_label("The code").fill(code_for(site, email, after=before))
    press(page, then)


def say_whose_device(page: Page, answer: str) -> None:
    """Say whether the device is shared."""
    see(page, "Whose device is this?")
    page.get_by_label(answer).check()
    press(page, "Go on")


def agree_to(page: Page, *purposes: str) -> None:
    """Tick what somebody agrees to, and join."""
    see(page, "What you agree to")
    for purpose in purposes:
        page.get_by_label(purpose).check()
    press(page, "Join")


def answer_all(page: Page, *, place: int) -> int:
    """Answer every page of a sitting, always with the choice at `place`; return how many pages there were."""
    follow(page, "Begin")
    pages = 0
    while True:
        save = page.get_by_role("button", name="Save and go on")
        end = page.get_by_role("heading", level=1, name="Thank you. People to talk to")
        expect(save.or_(end)).to_be_visible()
        if end.count():
            return pages
        for question in page.get_by_role("group").filter(has=page.get_by_role("radio")).all():
            question.get_by_role("radio").nth(place).check()
        heading = page.get_by_role("heading", level=1).inner_text()
        save.click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text(heading)
        pages += 1


def skip_the_rest(page: Page) -> int:
    """Skip every piece that is left; return how many."""
    skipped = 0
    ends = page.get_by_role("heading", level=1, name="You have reached the end of the parts")
    onwards = page.get_by_role("main").get_by_role("link", name=re.compile(r"^(Begin|Go on)\b"))
    while True:
        expect(ends.or_(onwards.first)).to_be_visible()
        if ends.count():
            return skipped
        onwards.first.click()
        skip = page.get_by_role("button", name="Skip this")
        expect(skip.or_(onwards.first).or_(ends)).to_be_visible()
        if skip.count():
            skip.click()
            skipped += 1
            expect(skip).to_have_count(0)


def tab_to(page: Page, words: str) -> None:
    """Press the Tab key until what begins with these words has the focus."""
    for _press in range(looking.MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(WORDS_OF_FOCUS).startswith(words):
            return
    raise AssertionError(f"The Tab key does not reach “{words}”")


def join(page: Page, site: Site, email: str) -> None:
    """Join a programme that anybody may join, agreeing to no more than is needed."""
    press(page, "Go on to join")
    give_address_and_code(page, site, email, address_label="Your private e-mail address", then="Go on")
    say_whose_device(page, "My own phone")
    agree_to(page, "I take part")
    see(page, "About you")
    press(page, "Go on")
    see(page, "Is this a good time?")
    press(page, "Go on")
    page.get_by_label("Start", exact=True).check()
    press(page, "Go on")
