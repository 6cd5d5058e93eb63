"""What is looked for on every page: axe, one heading, a way to help, nothing wider than the screen, the keyboard."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = {360: 740, 1280: 900}
MOST_TABS = 250
EDITORS = "/cms/"  # Wagtail's own frame: nobody comes here to be helped
PRIMARY = "main .button:not(.secondary):not(.quiet):not(.warning):not([disabled])"
FOCUSED = """([most]) => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const marked = [element, element.closest('label')].filter(Boolean).map(each => getComputedStyle(each));
  const inside = element.matches('[type=time], [type=date]') && !element.matches(':focus-visible');
  const seen = inside || marked.some(style => style.outlineStyle !== 'none' || style.boxShadow !== 'none');
  return {primary: element.matches(most), seen, words: element.innerText || element.name || element.tagName};
}"""

AXE_IS_THERE = "'axe' in window"
VIOLATIONS = "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)"


def at(page: Page) -> list[str]:
    """Return all that is wrong with the page that is open, in words."""
    before = page.viewport_size
    found = faults(page) + keyboard_faults(page)
    page.set_viewport_size(before)
    return found


def faults(page: Page) -> list[str]:
    """Return what is wrong with it at both widths."""
    found = []
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width} px: {fault}" for fault in [*_axe(page), *_too_wide(page)]]
    return found + _frame(page)


def keyboard_faults(page: Page) -> list[str]:
    """Return why the main action of the page cannot be reached by the Tab key, or is not seen when it is."""
    if not page.locator(PRIMARY).filter(visible=True).count():
        return []
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED, [PRIMARY])
        if focused is None:
            continue
        if not focused["seen"]:
            return [f"the focus on “{focused['words']}” cannot be seen"]
        if focused["primary"]:
            return []
    return ["the Tab key does not reach the main action"]


def _axe(page: Page) -> list[str]:
    """Run axe, and fetch from the page what it found wrong alone: all it found right is slow to carry over."""
    if not page.evaluate(AXE_IS_THERE):
        page.evaluate(Axe().axe_script)
    return [
        f"axe {violation['id']}: {node['html'][:160]} ({node['failureSummary'].splitlines()[-1].strip()})"
        for violation in page.evaluate(VIOLATIONS)
        for node in violation["nodes"][:3]
    ]


def _too_wide(page: Page) -> list[str]:
    room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return [f"scrolls sideways: {room[0]} px of content in {room[1]} px"] if room[0] > room[1] else []


def _frame(page: Page) -> list[str]:
    found = []
    if (count := page.locator("h1").count()) != 1:
        found.append(f"{count} main headings instead of one")
    if not page.locator("html[lang]").count():
        found.append("does not say its language")
    if not page.locator("a[href$='/help-now/']").count() and EDITORS not in page.url:
        found.append("no way to Help now")
    if page.locator("time:not([datetime])").count():
        found.append("a time without its moment")
    return found
