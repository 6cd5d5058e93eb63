"""Takes a page narrow and wide, light and dark, into `<folder>/<role>/<page>-<state>-<width>-<light or dark>.png`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

SIZES = {360: 740, 1280: 900}
SCHEMES = ("light", "dark")
PATIENCE_MS = 20_000
EVERY_PICTURE = """() => Promise.all([...document.images].map(image => {
  image.loading = 'eager';
  return image.decode().catch(() => null);
}))"""


class Camera:
    """Opens pages as people, and takes them."""

    def __init__(self, browser: Browser, folder: Path, address: str) -> None:
        self.browser, self.folder, self.address = browser, folder, address
        self.taken = 0

    @contextmanager
    def person(self, name: str = "", *, width: int = 360) -> Iterator[Page]:
        """Open a page in a browser of its own, signed in by the demonstration's link where a name is given."""
        context = self.browser.new_context(
            locale="en-GB",
            timezone_id="Europe/London",
            viewport={"width": width, "height": SIZES[width]},
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        self.open(page, f"/demo/sign-in/{name}/" if name else "/")
        yield page
        context.close()

    def open(self, page: Page, path: str) -> None:
        """Open an address of the site."""
        page.goto(self.address + path)

    def take(self, page: Page, role: str, name: str, state: str = "plain") -> None:
        """Take the page as it stands, four times, and leave it as it was."""
        before = page.viewport_size
        page.wait_for_load_state()
        page.evaluate(EVERY_PICTURE)
        (self.folder / role).mkdir(parents=True, exist_ok=True)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for width, height in SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                page.screenshot(
                    path=self.folder / role / f"{name}-{state}-{width}-{scheme}.png", full_page=True
                )
                self.taken += 1
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(before)

    def take_at(self, page: Page, role: str, path: str, name: str, state: str = "plain") -> None:
        """Open an address and take it."""
        self.open(page, path)
        self.take(page, role, name, state)
