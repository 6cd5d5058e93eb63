"""The demonstration in a second language: what is translated, beside the pages it translates, by Wagtail's own copy."""

import tomllib
from datetime import datetime
from pathlib import Path

from django.db import transaction
from wagtail.models import Locale, Page

from content_pages import founding
from content_pages.models import HomePage, ModulePage, PublicPage
from resilience.demo import pages
from resilience.participants import consent
from resilience.participants.models import ConsentForm, Programme

PUBLIC = ("sample", "first_days", "pass_it_on")


@transaction.atomic
def load(*, programme: Programme, folder: Path, language: str) -> None:
    """Publish the translations of a folder; a page that is translated already is left as it is.

    What has no translation has no page here either: it is read in the first language until somebody translates it.
    """
    words = tomllib.loads((folder / language / "programme.toml").read_text())
    locale, _fresh = Locale.objects.get_or_create(language_code=language)
    first = founding.page_of(programme.slug)
    home = HomePage.objects.ancestor_of(first).get()
    _translate(home, locale, pages.of_home(words) | {"title": words["public_name"]})
    for name in PUBLIC:
        page = PublicPage.objects.child_of(home).get(slug=name.replace("_", "-"))
        _translate(page, locale, pages.of_public(name, words))
    _translate(first.get_parent().specific, locale, {"title": words["programmes_title"]})
    _translate(first, locale, pages.of_programme(words) | {"title": words["public_name"]})
    modules = list(ModulePage.objects.child_of(first))
    for file in sorted((folder / language).glob("module_*.toml")):
        told = tomllib.loads(file.read_text())
        _module(modules[told["number"] - 1], locale, told)


def inform(*, programme: Programme, folder: Path, language: str, now: datetime) -> ConsentForm:
    """Publish the translation of the information sheet."""
    words = tomllib.loads((folder / language / "programme.toml").read_text())
    return consent.publish(
        programme=programme, information=words["information_sheet_html"].strip(), language=language, now=now
    )


def _module(module: ModulePage, locale: Locale, words: dict) -> None:
    _translate(module, locale, pages.of_module(words))
    for piece, told in zip(module.get_children().specific(), words["activities"], strict=True):
        _translate(piece, locale, pages.of_activity(told))


def _translate(page: Page, locale: Locale, fields: dict) -> None:
    """Publish a translation with these fields, unless there is one."""
    if page.has_translation(locale):
        return
    copy = page.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(copy, name, value)
    founding.show(copy)
