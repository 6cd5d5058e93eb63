"""The words that an information sheet begins with: those that every sheet needs, with the figures of the plan."""

from django.template import Context
from django.template.loader import select_template

from resilience.measures import budget
from resilience.participants import consent, sheet
from resilience.participants.models import Coaching, Programme


def words_to_begin_with(programme: Programme) -> str:
    """Return the sheet that stands, as somebody would type it; else the one to start from."""
    if form := consent.current_form(programme):
        return sheet.to_text(form.information)
    burden = budget.planned(programme)
    asks = any(each.questions for each in burden.sittings)
    names = [f"participants/information_sheet.{programme.language}.txt", "participants/information_sheet.txt"]
    context = {
        "programme": programme,
        "questions": burden.in_all if asks else 0,
        "questions_with_calls": burden.with_calls,
        "many": burden.is_over,
        "calls": programme.coaching != Coaching.NONE,
    }
    # plain text, typed into a box: whoever shows it escapes it
    return select_template(names).template.render(Context(context, autoescape=False)).strip()
