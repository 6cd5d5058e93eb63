"""`site` is the demonstration as it stands on its first day, in real processes; `device()` opens a browser on it.

A device that met a fault in the browser's own log (a script, a blocked file) fails its test.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.browser import running

HERE = Path(__file__).parent
PHONE, DESKTOP = 360, 1280
PATIENCE_MS = 20_000
REFUSED = "Failed to load resource: the server responded with a status of 4"


def pytest_itemcollected(item: pytest.Item) -> None:
    """Every test here drives a browser, and by the machine's own clock: only the site's clock is moved."""
    if item.path.parent == HERE:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.real_time)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that drive a browser are the long ones, so they begin first: no worker waits for the other at the end."""
    items.sort(key=lambda item: item.path.parent != HERE)


@pytest.fixture(scope="package")
def site(browser) -> Iterator[running.Site]:
    """The site that tests share which leave the clock alone; it is gone before the tests that need none begin."""
    with running.started() as started:
        yield started


@pytest.fixture
def fresh_site(browser) -> Iterator[running.Site]:
    """A site for one test alone, which may move its clock."""
    with running.started() as started:
        yield started


@pytest.fixture
def empty_site(browser, empty_database) -> Iterator[running.Site]:
    """A site for one test alone on which nobody has set up anything."""
    with running.started(database=empty_database) as started:
        yield started


@pytest.fixture
def device(browser, browser_context_args) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser of its own, as on another device: `device(width=360, javascript=False)`."""
    contexts, faults = [], []
    expect.set_options(timeout=PATIENCE_MS)

    def note(message: ConsoleMessage) -> None:
        if (
            message.type == "error"
            and not message.text.startswith(REFUSED)
            and "/cms/" not in message.page.url
        ):
            faults.append(f"{message.page.url}: {message.text}")

    def open_page(*, width: int = PHONE, javascript: bool = True, **more: object) -> Page:
        size = {"width": width, "height": 740 if width == PHONE else 900}
        context = browser.new_context(
            **{**browser_context_args, "viewport": size, "java_script_enabled": javascript, **more}
        )
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", note)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
