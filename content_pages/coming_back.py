"""Exercises whose day has come: what the task list asks about them, and where the answer goes."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from content_pages import outline, rendering, tailoring
from content_pages.exercises import Exercise, back_name
from content_pages.outline import Activity, Outline
from content_pages.tailoring import Tailored
from resilience import clock
from resilience.accounts import drafting
from resilience.engagement import entries
from resilience.participants.models import Enrolment


@dataclass(frozen=True)
class Again:
    """One exercise that is asked about, with the page on which it stands and the token of that page."""

    activity: Activity
    exercise: Exercise
    draft_token: str

    @property
    def name(self) -> str:
        """Return the name that its answers have in the form."""
        return back_name(self.exercise)


def due(request: HttpRequest, found: Outline, enrolment: Enrolment, *, now: datetime) -> list[Again]:
    """Return what is asked about today, the oldest first; two questions to the database, however much there is."""
    today = clock.local_day(now, enrolment.participant.time_zone)
    by_key = {each.key: each for each in found.activities}
    rows = [row for row in entries.to_revisit(enrolment=enrolment, today=today) if row[0] in by_key]
    texts = outline.texts({page for page, _ in rows}) if rows else {}
    mine = tailoring.of(enrolment)
    asked = {page: _asked(raw, mine) for page, raw in texts.items()}
    return [
        Again(by_key[page], asked[page][key], drafting.token(request, page=by_key[page].url))
        for page, key in rows
        if page in asked and key in asked[page] and asked[page][key].revisit_question
    ]


def _asked(raw: str, mine: Tailored) -> dict[str, Exercise]:
    pieces = rendering.of_activity(raw, tailored=mine, collects=True)
    return {each.key: each for each in rendering.asked(pieces)}
