"""`make screens`: pictures of every page that each role can reach by links, narrow and wide, light and dark.

    var/screens/<role>/<page>-<state>-<width>-<light or dark>.png

The demonstration runs by itself for this. One page of each shape is taken: of forty calls, one.
"""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.browser import running
from tests.plugins.browser import FLAGS, executable

OUT = running.ROOT / "var" / "screens"
VISITOR = "visitor"
WIDTHS = (360, 1280)
THEMES = ("light", "dark")
MOST = 60
STARTS = ("/", "/join/", "/accounts/login/", "/help-now/", "/promise/", "/demo/")
LEAVE_OUT = re.compile(
    r"^/(?:cms/.+|accounts/logout|demo/sign-in|demo/mail|static|media|documents|admin)|\.(?:ics|eml|pdf|zip|json|csv)$"
)
ONE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
PEOPLE = {"participant": ("participant", "participant-5", "participant-10", "participant-12")}


def main() -> int:
    """Take the pictures; return 1 where a page answered with a fault."""
    path = executable()
    if path is None:
        print("There is no browser here. Install it: apt-get install chromium", file=sys.stderr)
        return 1
    shutil.rmtree(OUT, ignore_errors=True)
    faults = []
    with running.started() as site, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        for role in (VISITOR, *site.links):
            for person in PEOPLE.get(role, (role,)):
                faults += _take(browser, site, role=role, person=person)
        browser.close()
    print(f"{len(list(OUT.rglob('*.png')))} pictures in {os.path.relpath(OUT)}")
    print("\n".join(faults))
    return 1 if faults else 0


def _take(browser: Browser, site: running.Site, *, role: str, person: str) -> list[str]:
    """Walk what one person can reach, and take each page in each size and theme; return the faults met."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    page, faults = context.new_page(), []
    starts = STARTS
    if role != VISITOR:
        page.goto(f"{site.address}/demo/sign-in/{person}/")
        starts = (urlsplit(page.url).path,)
    for path in _walk(page, site.address, starts, faults):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740 if width == 360 else 900})
            for theme in THEMES:
                page.emulate_media(color_scheme=theme)
                file = OUT / role / f"{_name(path)}-{person}-{width}-{theme}.png"
                file.parent.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=file, full_page=True, animations="disabled")
    context.close()
    return faults


def _walk(page: Page, address: str, starts: tuple[str, ...], faults: list[str]) -> Iterator[str]:
    """Yield each path once it is open in the page, one of each shape."""
    waiting, seen = list(starts), set()
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        if _shape(path) in seen or LEAVE_OUT.search(path):
            continue
        seen.add(_shape(path))
        try:
            answer = page.goto(f"{address}{path}", wait_until="load")
        except Error:
            continue  # a file to keep, not a page
        if answer is None or answer.status >= 500:
            faults.append(f"{path} answered {answer.status if answer else 'nothing'}")
            continue
        links = page.eval_on_selector_all("a[href]", "found => found.map(one => one.getAttribute('href'))")
        yield path
        waiting += [_within(address, page.url, link) for link in links if _within(address, page.url, link)]


def _within(address: str, here: str, link: str) -> str:
    target = urlsplit(urljoin(here, link))
    return target.path if f"{target.scheme}://{target.netloc}" == address else ""


def _shape(path: str) -> str:
    return ONE.sub("one", path)


def _name(path: str) -> str:
    return re.sub(r"\W+", "-", _shape(path)).strip("-") or "front"


if __name__ == "__main__":
    sys.exit(main())
