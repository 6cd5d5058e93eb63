"""The words that an information sheet begins with: those that every sheet needs, with the figures of the plan."""

from django.template import Context
from django.template.loader import select_template

from resilience.journeys import consenting
from resilience.measures import timepoints
from resilience.participants import about_you, consent, sheet
from resilience.participants.models import Coaching, Programme

BESIDE_THE_TICKS = 10  # five questions about the person, two about contact, three about the time


def words_to_begin_with(programme: Programme) -> str:
    """Return the sheet that stands, as somebody would type it; else the one to start from."""
    if form := consent.current_form(programme):
        return sheet.to_text(form.information)
    cells = [cell for each in timepoints.plan_of(programme.pk) for cell in each.planned.all()]
    asked, _minutes = timepoints.questions_and_minutes(cells)
    names = [f"participants/information_sheet.{programme.language}.txt", "participants/information_sheet.txt"]
    context = {
        "programme": programme,
        "questions": asked + _asked_on_joining(programme) if asked else 0,
        "calls": programme.coaching != Coaching.NONE,
    }
    # plain text, typed into a box: whoever shows it escapes it
    return select_template(names).template.render(Context(context, autoescape=False)).strip()


def _asked_on_joining(programme: Programme) -> int:
    """Return how many ticks and questions come with joining: more where the programme says why it asks more."""
    return len(consenting.purposes(programme)) + BESIDE_THE_TICKS + len(about_you.further(programme))
