"""What people see, from the very templates of the pages, without what surrounds a page and where its links lead."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from content_pages.papers import plain
from content_pages.papers.questions import Asked
from resilience.journeys import consenting, forms
from resilience.measures import forms as answering
from resilience.measures.models import Timepoint
from resilience.organisations import support
from resilience.participants.models import ConsentForm, Programme


@dataclass(frozen=True)
class Screen:
    """One page: what it is, and what stands on it."""

    title: str
    html: SafeString


def of(
    programme: Programme, *, words: ConsentForm | None, plan: list[Timepoint], asked: list[Asked]
) -> list[Screen]:
    """Return joining, a page of questions that may be printed, and the page after the questions."""
    found = [Screen(_("Joining"), _consents(programme, words))] if words else []
    if first := next((each for each in asked if each.in_words), None):
        found.append(Screen(_("A page of questions"), _questions(first, plan)))
        found.append(Screen(_("The page after the questions"), _after(programme)))
    return found


def _consents(programme: Programme, words: ConsentForm) -> SafeString:
    form = forms.Consents(purposes=consenting.purposes(programme))
    return _drawn("journeys/consents.html", form=form, words=words)


def _questions(asked: Asked, plan: list[Timepoint]) -> SafeString:
    form = answering.build(asked.instrument)
    sitting = {"timepoint": next(iter(plan), None)}
    return _drawn(
        "measures/instrument.html", form=form, instrument=asked.instrument, occasion=sitting, pages_left=1
    )


def _after(programme: Programme) -> SafeString:
    return _drawn("measures/after.html", routes=support.cards(programme.organisation))


def _drawn(template: str, **context: object) -> SafeString:
    page = render_to_string(template, {"csrf_token": "left out", **context})
    return plain.main(page, deeper=3)
