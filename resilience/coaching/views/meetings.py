"""A facilitator's page: who has a place at a live session, by the names that they chose, and who came."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from resilience import clock
from resilience.accounts import drafting
from resilience.engagement import attendance
from resilience.engagement.models import LiveSession, SeatState

NOT_YET = 409


def meeting(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Show the list (GET), or keep who came (POST). Raises Http404 for everybody but its facilitator."""
    found = (
        LiveSession.objects.filter(facilitator=request.user, pk=session).select_related("programme").first()
    )
    if found is None:
        raise Http404
    if request.method != "POST":
        return _show(request, found)
    try:
        attendance.tick(found, came=_ticked(request), by=request.user, at=clock.now())
    except attendance.NotYet:
        return _show(request, found, status=NOT_YET)
    drafting.forget(user=request.user, page=request.path)
    return redirect("coach:meeting", found.pk)


def _ticked(request: HttpRequest) -> set[uuid.UUID]:
    return {key for each in request.POST.getlist("came") if (key := _key(each)) is not None}


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _show(request: HttpRequest, session: LiveSession, *, status: int = 200) -> HttpResponse:
    rows = attendance.listed(session)
    typed = drafting.kept(user=request.user, page=request.path)
    came = set(typed.getlist("came")) if typed else {str(row.seat) for row in rows if row.attended}
    context = {
        "session": session,
        "zone": session.programme.time_zone,
        "rows": [(row, str(row.seat) in came) for row in rows],
        "waiting": session.seats.filter(state=SeatState.WAITING).count(),
        "begun": clock.now() >= session.starts_at,
        "ticked": any(row.attended is not None for row in rows),
        "given_back": typed is not None,
    }
    return render(request, "coaching/meeting.html", context, status=status)
