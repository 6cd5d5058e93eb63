"""The demonstration's desk as hands use it: the clock, the two handsets, the outgoing e-mail."""

import re

from playwright.sync_api import Locator, Page, expect

PARTICIPANT, COACH = "Participant's handset", "Coach's handset"


class Desk:
    """The page at /demo/, open in the browser of whoever moves the clock."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        page.goto(f"{address}/demo/")

    def handset(self, name: str) -> Locator:
        """Return one handset."""
        return self.page.get_by_role("group", name=name)

    def expect_text(self, words: str | re.Pattern, *, on: str) -> None:
        """Wait until a handset shows a text."""
        expect(self.handset(on).get_by_role("log")).to_contain_text(words)

    def expect_line(self, words: str, *, on: str) -> None:
        """Wait until a handset's line says something: ringing, in a call, nothing."""
        expect(self.handset(on).get_by_role("status")).to_contain_text(words)

    def answer_and_press_1(self, *, on: str) -> None:
        """Pick up a handset that rings, hear what is said, and press 1."""
        self.expect_line("Ringing", on=on)
        self.press("Answer", on=on)
        expect(self.handset(on).get_by_role("log")).to_contain_text("press 1")
        self.press("1", on=on)

    def press(self, name: str, *, on: str) -> None:
        """Press a button of a handset."""
        self.handset(on).get_by_role("button", name=name, exact=True).click()

    def move_clock(self, button: str) -> None:
        """Move every process on by one of the clock's buttons."""
        before = self.now()
        self.page.get_by_role("button", name=button).click()
        expect(self.page.get_by_text("Demonstration. It is")).not_to_contain_text(before)

    def now(self) -> str:
        """Return the time that the desk shows."""
        return self.page.get_by_text("Demonstration. It is").get_by_role("time").inner_text()
