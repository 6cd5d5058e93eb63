"""The coach's manual: read part by part, each marked as read, and printed whole."""

import structlog
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from resilience import clock, pdf
from resilience.coaching import community, manual, minimum
from resilience.coaching.models import Coach
from resilience.participants.models import Programme

log = structlog.get_logger(__name__)


def programme_of(request: HttpRequest, slug: str) -> Programme:
    """Return a programme in which somebody coaches or leads coaches. Raises Http404."""
    found = next((each for each in community.programmes_of(request.user) if each.slug == slug), None)
    if found is None:
        raise Http404
    return found


def contents(request: HttpRequest) -> HttpResponse:
    """Show the parts of each programme's manual, and which the coach has read."""
    coach = Coach.objects.filter(user=request.user).first()
    whole = [manual.of(programme) for programme in community.programmes_of(request.user)]
    shown = [(each, _marked(each, manual.marks(coach, each) if coach else {})) for each in whole]
    return render(request, "coaching/manual/contents.html", {"manuals": shown, "coach": coach})


def _marked(whole: manual.Manual, marks: dict[str, str]) -> list[tuple[manual.Part, str]]:
    return [(part, marks.get(part.key, "")) for part in whole.parts]


def part(request: HttpRequest, programme: str, part: str) -> HttpResponse:
    """Show one part of a manual (GET), or mark it as read and go on to the next (POST)."""
    whole = manual.of(programme_of(request, programme))
    found = whole.part(part)
    if found is None:
        raise Http404
    coach = Coach.objects.filter(user=request.user, programmes=whole.programme).first()
    if request.method == "POST":
        return _read(request, whole, found, coach)
    context = {
        "manual": whole,
        "part": found,
        "coach": coach,
        "is_read": bool(coach) and manual.marks(coach, whole).get(found.key) == "READ",
    }
    return render(request, "coaching/manual/page.html", context)


def _read(
    request: HttpRequest, whole: manual.Manual, found: manual.Part, coach: Coach | None
) -> HttpResponse:
    if coach is None:
        raise Http404
    manual.read(coach=coach, manual=whole, part=found, now=clock.now())
    minimum.look(coach, now=clock.now())
    later = whole.parts[whole.parts.index(found) + 1 :]
    if later:
        return redirect("coach:manual-part", whole.programme.slug, later[0].key)
    messages.success(request, _("That was the last part of this manual."))
    return redirect("coach:manual")


def printed(request: HttpRequest, programme: str) -> HttpResponse:
    """Return a programme's manual as a PDF, in the version that stands now."""
    whole = manual.of(programme_of(request, programme))
    try:
        raw = manual.printed(whole)
    except pdf.Unavailable as missing:
        log.warning("no PDF can be made", why=str(missing))
        messages.error(
            request, _("No PDF can be made here at the moment. The manual can be read on this page.")
        )
        return redirect("coach:manual")
    answer = HttpResponse(raw, content_type="application/pdf")
    name = f"{whole.programme.slug}-coaches-manual-{whole.version}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
