"""The programme as a task list: done, next, what opens when."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from content_pages import closing, coming_back, drawings, outline, progress, rendering, returning, tasks
from content_pages.models import ProgrammePage
from content_pages.outline import Outline
from resilience import clock
from resilience.coaching import offers
from resilience.engagement import completions, page_views
from resilience.journeys import pausing
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
    programme = enrolment.cohort.programme
    found = outline.read(programme.slug, wording=programme.wording)
    context = {
        "enrolment": enrolment,
        "now": now,
        "paused": pausing.standing(enrolment, now=now),
        "sittings": tasks.sittings(enrolment, now=now),
        "calls": offers.standing(enrolment, now=now),
        "zone": enrolment.participant.time_zone,
        "site_name": programme.public_name,
    }
    return render(
        request, "content_pages/my.html", context | _way(request, found, enrolment, now) if found else context
    )


def _way(request: HttpRequest, found: Outline, enrolment: Enrolment, now: datetime) -> dict:
    """Return the way through the modules as somebody finds it now."""
    behind = completions.behind(enrolment)
    last = page_views.latest(enrolment, among=[each.key for each in found.activities])
    steps = progress.steps(found, behind)
    following = progress.next_piece(found, behind, last=last)
    finished = progress.finished(found, behind)
    return {
        "outline": found,
        "steps": steps,
        "following": following,
        "short": returning.short_piece(steps, behind, instead_of=following),
        "was_there": following is not None and following.key == last,
        "begun": last is not None or bool(behind),
        "finished": finished,
        "any_behind": bool(behind),
        "closing": closing.of(enrolment, now=now) if finished else None,
        "done": sum(step.state == progress.DONE for step in steps),
        "words": progress.in_words(sum(step.state == progress.DONE for step in steps), len(steps), following),
        "again": coming_back.due(request, found, enrolment, now=now),
        **_told(found, begun=last is not None or bool(behind), finished=finished),
    }


def _told(found: Outline, *, begun: bool, finished: bool) -> dict:
    """Return the words of welcome before the first piece, and those at the end after the last."""
    if begun and not finished:
        return {}
    page = ProgrammePage.objects.get(pk=found.page)
    return {
        "told": rendering.of_page(page, "ending" if finished else "welcome"),
        "drawing": drawings.address(page.drawing) if page.drawing else "",
        "drawing_alt": page.drawing_alt,
    }
