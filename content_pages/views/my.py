"""The programme as a task list: done, next, what opens when."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from content_pages import closing, drawings, outline, progress, rendering, returning, tasks
from content_pages.models import ProgrammePage
from content_pages.outline import Outline
from resilience import clock
from resilience.coaching import offers
from resilience.engagement import completions, entries, page_views
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
    found = outline.read(enrolment.cohort.programme.slug)
    context = {
        "enrolment": enrolment,
        "now": now,
        "paused": pausing.standing(enrolment, now=now),
        "sittings": tasks.sittings(enrolment, now=now),
        "calls": offers.standing(enrolment, now=now),
        "zone": enrolment.participant.time_zone,
        "site_name": enrolment.cohort.programme.public_name,
    }
    return render(
        request, "content_pages/my.html", context | _way(found, enrolment, now) if found else context
    )


def _way(found: Outline, enrolment: Enrolment, now: datetime) -> dict:
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
        "again": _again(found, enrolment, now),
        **_told(found, begun=last is not None or bool(behind), finished=finished),
    }


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
