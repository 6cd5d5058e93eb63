"""`page` (from pytest-playwright) in Debian's Chromium at 1280 px; `phone_page` at 360 px; both see `live_server`."""

import os
import shutil
from collections.abc import Iterator

import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str | None:
    """Return the path of the browser: BROWSER_PATH, else the first that is installed."""
    return os.environ.get("BROWSER_PATH") or next(
        (path for name in NAMES if (path := shutil.which(name))), None
    )


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    """Start the system's Chromium, never a downloaded one; skip with the reason where there is none."""
    path = executable()
    if path is None:
        pytest.skip("no browser here (install it: apt-get install chromium)")
    return {"executable_path": path, "args": FLAGS, "headless": True}


@pytest.fixture(scope="session")
def browser_context_args() -> dict:
    """British English, London time, no reuse of anything between tests."""
    return {"locale": "en-GB", "timezone_id": "Europe/London", "viewport": {"width": 1280, "height": 800}}


@pytest.fixture
def phone_page(browser, browser_context_args) -> Iterator:
    """A page as wide as a small telephone, touch and all."""
    context = browser.new_context(
        **{**browser_context_args, "viewport": {"width": 360, "height": 740}, "has_touch": True}
    )
    yield context.new_page()
    context.close()
