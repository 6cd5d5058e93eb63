"""Pages in a language that is read from the right, and in one whose words are longer, on a small telephone."""

import pytest
from playwright.sync_api import Page

SPILLS = """() => [...document.querySelectorAll('main *, header *, footer *')]
  .filter(each => each.getBoundingClientRect().right > innerWidth + 1 || each.getBoundingClientRect().left < -1)
  .filter(each => document.documentElement.scrollWidth > document.documentElement.clientWidth)
  .map(each => each.outerHTML.slice(0, 120))"""
TURN = "document.documentElement.dir = 'rtl'; document.documentElement.lang = 'ar'"
MEETS = """() => {
  const brand = document.querySelector('.brand span').getBoundingClientRect();
  const help = document.querySelector('.help').getBoundingClientRect();
  return brand.right > help.left && help.right > brand.left && brand.bottom > help.top && help.bottom > brand.top;
}"""
PATHS = ["/", "/help-now/", "/promise/", "/my/", "/my/data/", "/calls/", "/calls/times/"]


@pytest.fixture
def page(device, site) -> Page:
    opened = device()
    opened.goto(f"{site.address}/demo/sign-in/participant-9/")
    return opened


@pytest.mark.parametrize("path", PATHS)
def test_a_page_that_is_read_from_the_right_stays_within_the_screen(page, site, path):
    page.goto(site.address + path)

    page.evaluate(TURN)

    assert page.evaluate(SPILLS) == []
    assert not page.evaluate(MEETS)


@pytest.mark.parametrize("path", PATHS)
def test_a_french_page_stays_within_the_screen(page, site, path):
    page.goto(f"{site.address}/fr{path}")

    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.evaluate(SPILLS) == []
    assert not page.evaluate(MEETS)


def test_what_spills_over_the_screen_is_noticed(page, site):
    page.goto(f"{site.address}/help-now/")

    page.evaluate("document.querySelector('main').style.width = '500px'")

    assert page.evaluate(SPILLS)
