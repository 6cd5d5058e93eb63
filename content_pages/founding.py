"""The pages that a site needs before anybody can write one: a front page, the folder, a programme's first page."""

import tomllib
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Value, When
from wagtail.models import Locale, Page, Site

from content_pages import counting_parts
from content_pages.models import HomePage, ProgrammePage, ProgrammesPage, PublicPage
from resilience.participants.models import Programme

FIRST_DAYS = Path(__file__).parent / "shipped" / "first_days.toml"


def add(above: Page, page: Page) -> Page:
    """Return the page, stored and shown below another."""
    above.add_child(instance=page)
    return show(page)


def show(page: Page) -> Page:
    """Return the page, shown, with a first revision for editors to go back to."""
    page.save_revision().publish()
    return page


def page_of(slug: str) -> ProgrammePage | None:
    """Return the first page of a programme: that in the first language, where there is one."""
    first = Case(When(locale__language_code=settings.LANGUAGE_CODE, then=Value(0)), default=Value(1))
    return ProgrammePage.objects.filter(slug=slug).order_by(first, "path").first()


def at_the_top(home: HomePage) -> HomePage:
    """Return the front page, stored: beside that of another language, else in place of what Wagtail put there."""
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
    if HomePage.objects.exists():
        return root.add_child(instance=home)
    home.locale, _fresh = Locale.objects.get_or_create(language_code=Locale.get_default().language_code)
    for page in root.get_children():
        page.delete()
    root.refresh_from_db()
    root.add_child(instance=home)
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": home, "hostname": "localhost"})
    return home


def folder(home: HomePage) -> ProgrammesPage:
    """Return the folder of the programmes below a front page; made now where there is none."""
    found = ProgrammesPage.objects.child_of(home).first()
    return found or add(home, ProgrammesPage(title="Programmes", slug="programmes", locale=home.locale))


def front_page(programme: Programme) -> HomePage:
    """Return a plain front page with the programme's name, for a site that has none, and the first days beside it."""
    home = show(at_the_top(HomePage(title=programme.public_name, slug="home")))
    first_days(home)
    return home


def first_days(home: HomePage) -> PublicPage:
    """Return the page to which Help now leads, in the words that come with the product; editors change them."""
    words = tomllib.loads(FIRST_DAYS.read_text())
    body = [{"type": "text", "value": words.pop("html").strip()}]
    page = PublicPage(slug="first-days", show_in_menus=True, people_to_talk_to=True, body=body, **words)
    return add(home, page)


@transaction.atomic
def found(*, programme: Programme) -> ProgrammePage:
    """Return the first page of a programme, empty and ready for its parts; made now where there is none.

    Pages that stand already are taken over with the parts that they show.
    """
    if page := page_of(programme.slug):
        counting_parts.parts(page)
        return page
    home = HomePage.objects.first() or front_page(programme)
    return add(folder(home), ProgrammePage(title=programme.public_name, slug=programme.slug))
