"""The programme as a task list: done, next, what opens when."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from content_pages import (
    closing,
    coming_back,
    drawings,
    held_cards,
    outline,
    place,
    progress,
    rendering,
    returning,
    tasks,
)
from content_pages.models import ProgrammePage
from content_pages.opening import Facts
from content_pages.outline import Outline
from resilience import clock
from resilience.coaching import agreements, called_off, offers, ratings
from resilience.engagement import page_views, seats
from resilience.journeys import finishing, pausing
from resilience.measures import beginning, coming, timepoints, waiting
from resilience.participants import enrolments
from resilience.participants.models import Enrolment


@never_cache
def task_list(request: HttpRequest) -> HttpResponse:
    """Show somebody their programme; plain words after stopping and between programmes."""
    enrolment = enrolments.current(request.user)
    if enrolment is None:
        return render(request, "content_pages/between.html")
    if enrolment.withdrawn_at is not None:
        return render(request, "content_pages/stopped.html", {"enrolment": enrolment})
    now = clock.now()
    timepoints.refresh(enrolment=enrolment, now=now)
    beginning.look(enrolment, now=now)
    programme = enrolment.cohort.programme
    found = outline.read(programme.slug, wording=programme.wording)
    way = _way(request, found, enrolment, now) if found else {}
    context = {
        "enrolment": enrolment,
        "now": now,
        "paused": pausing.standing(enrolment, now=now),
        "meetings": seats.standings(enrolment, now=now),
        "sittings": tasks.sittings(enrolment, now=now),
        "to_come": coming.of(enrolment, now=now),
        "calls": (calls := offers.standing(enrolment, now=now)),
        "proposes": agreements.proposed_by_coach(calls.upcoming),
        "called_off": called_off.newest(enrolment) if calls.bookable else None,
        "to_rate": ratings.awaited(enrolment),
        "waits": waiting.waits(enrolment, calls.group, now=now),
        "zone": enrolment.participant.time_zone,
        "site_name": programme.public_name,
    }
    return render(request, "content_pages/my.html", context | way)


def _way(request: HttpRequest, found: Outline, enrolment: Enrolment, now: datetime) -> dict:
    """Return the way through the modules as somebody finds it now."""
    facts = place.facts_of(enrolment, found, address=request.path, now=now)
    last = page_views.latest(enrolment, among=[each.key for each in found.activities])
    finished = _finished(found, enrolment, facts)
    steps = progress.steps(found, facts, last=last)
    following = None if finished else progress.next_piece(found, facts, last=last)
    done = sum(step.state == progress.DONE for step in steps)
    begun = last is not None or bool(facts.completed)
    return {
        "outline": found,
        "steps": steps,
        "following": following,
        "short": returning.short_piece(steps, facts.completed, instead_of=following),
        "was_there": following is not None and following.key == last,
        "begun": begun,
        "finished": finished,
        "any_behind": bool(facts.completed),
        "closing": closing.of(enrolment, now=now) if finished else None,
        "done": done,
        "words": progress.in_words(done, len(steps), following),
        "again": coming_back.due(request, found, enrolment, now=now),
        **_told(found, enrolment, begun=begun, finished=finished),
    }


def _finished(found: Outline, enrolment: Enrolment, facts: Facts) -> bool:
    """Return whether somebody has reached the end: once is for good, also when parts are added afterwards.

    Where the last part that was left has been taken down, this is where it is noted.
    """
    if enrolment.modules_done_at is None and progress.finished(found, facts):
        finishing.modules_done(enrolment=enrolment, at=facts.now)
    return enrolment.modules_done_at is not None


def _told(found: Outline, enrolment: Enrolment, *, begun: bool, finished: bool) -> dict:
    """Return the words of welcome before the first piece, and those at the end after the last."""
    if begun and not finished:
        return {}
    page = ProgrammePage.objects.get(pk=found.page)
    return {
        "told": rendering.of_page(page, "ending" if finished else "welcome", held=held_cards.of(enrolment)),
        "drawing": drawings.address(page.drawing) if page.drawing else "",
        "drawing_alt": page.drawing_alt,
    }
