"""The programme as a task list: done, next, what opens when."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from content_pages import drawings, outline, place, progress, rendering, tasks
from content_pages.models import ProgrammePage
from content_pages.opening import Facts
from content_pages.outline import Outline
from resilience import clock
from resilience.coaching import offers
from resilience.engagement import entries, page_views, seats, so_far
from resilience.journeys import finishing
from resilience.measures import timepoints
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
    found = outline.read(enrolment.cohort.programme.slug)
    way = _way(found, enrolment, request.path, now) if found else {}
    context = {
        "enrolment": enrolment,
        "now": now,
        "meetings": seats.standings(enrolment, now=now),
        "sittings": tasks.sittings(enrolment, now=now),
        "calls": offers.standing(enrolment, now=now),
        "zone": enrolment.participant.time_zone,
        "site_name": enrolment.cohort.programme.public_name,
    }
    return render(request, "content_pages/my.html", context | way)


def _way(found: Outline, enrolment: Enrolment, address: str, now: datetime) -> dict:
    """Return the way through the modules as somebody finds it now."""
    facts = _facts(found, enrolment, address, now)
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
        "was_there": following is not None and following.key == last,
        "begun": begun,
        "finished": finished,
        "done": done,
        "words": progress.in_words(done, len(steps), following),
        "again": _again(found, enrolment, now),
        **_told(found, begun=begun, finished=finished),
    }


def _facts(found: Outline, enrolment: Enrolment, address: str, now: datetime) -> Facts:
    today = clock.local_day(now, enrolment.participant.time_zone)
    mine = so_far.read(enrolment, today=today, address=address, now=now, questions=found.waits_for_questions)
    return place.known(mine, now=now, today=today)


def _finished(found: Outline, enrolment: Enrolment, facts: Facts) -> bool:
    """Return whether somebody has reached the end: once is for good, also when parts are added afterwards.

    Where the last part that was left has been taken down, this is where it is noted.
    """
    if enrolment.modules_done_at is None and progress.finished(found, facts):
        finishing.modules_done(enrolment=enrolment, at=facts.now)
    return enrolment.modules_done_at is not None


def _again(found: Outline, enrolment: Enrolment, now: datetime) -> list[tuple[object, str]]:
    today = clock.local_day(now, enrolment.participant.time_zone)
    by_key = {each.key: each for each in found.activities}
    due = entries.to_revisit(enrolment=enrolment, today=today)
    return [(by_key[page], exercise) for page, exercise in due if page in by_key]


def _told(found: Outline, *, begun: bool, finished: bool) -> dict:
    """Return the words of welcome before the first piece, and those at the end after the last."""
    if begun and not finished:
        return {}
    page = ProgrammePage.objects.get(slug=found.slug, live=True)
    return {
        "told": rendering.of_page(page, "ending" if finished else "welcome"),
        "drawing": drawings.address(page.drawing) if page.drawing else "",
        "drawing_alt": page.drawing_alt,
    }
