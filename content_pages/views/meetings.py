"""One meeting, as somebody who takes part sees it: when, where, whether there is room; and their place."""

from datetime import datetime
from uuid import UUID

from django.db.models import Case, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from content_pages import access
from content_pages.models import LiveSessionPage
from resilience import clock, languages
from resilience.coaching import calendar_file
from resilience.engagement import seats, taking_part
from resilience.engagement.seats import Standing
from resilience.participants import enrolments
from resilience.participants.models import Enrolment

TOO_LATE = 409


@never_cache
def meeting(request: HttpRequest, session: UUID) -> HttpResponse:
    """Show a meeting (GET), or ask for a place or give it back (POST)."""
    enrolment = enrolments.current(request.user)
    if enrolment is not None and enrolment.withdrawn_at is not None:
        return access.refuse(request) if request.method == "POST" else access.to_their_page()
    stands = _standing(enrolment, session)
    if request.method != "POST":
        return _show(request, enrolment, stands, now=clock.now())
    return _take(request, enrolment, stands)


def _standing(enrolment: Enrolment | None, session: UUID) -> Standing:
    """Return where somebody stands with a meeting of their programme. Raises Http404."""
    found = seats.standing(enrolment, session) if enrolment else None
    if found is None:
        raise Http404
    return found


def _take(request: HttpRequest, enrolment: Enrolment, stands: Standing) -> HttpResponse:
    act = seats.give_back if request.POST.get("do") == "give_back" else seats.ask
    try:
        act(enrolment=enrolment, session=stands.session.pk, by=request.user, at=clock.now())
    except taking_part.Stopped:
        return access.refuse(request)
    except (seats.NotOffered, seats.TooLate):
        stands = _standing(enrolment, stands.session.pk)
        return _show(request, enrolment, stands, now=clock.now(), status=TOO_LATE)
    return redirect("content_pages:meeting", stands.session.pk)


def _show(
    request: HttpRequest, enrolment: Enrolment, stands: Standing, *, now: datetime, status: int = 200
) -> HttpResponse:
    page = _page(stands.session.pk)
    context = picture(stands, page, now=now) | {
        "zone": enrolment.participant.time_zone,
        "takes_part": True,
        "too_late": status == TOO_LATE,
        "site_name": enrolment.cohort.programme.public_name,
    }
    return render(request, "content_pages/meeting.html", context, status=status)


def _page(session: UUID) -> LiveSessionPage | None:
    """Return the page of a meeting in the language spoken now, else in another."""
    pages = LiveSessionPage.objects.filter(translation_key=session, live=True)
    spoken = Case(When(locale__language_code=languages.now(), then=Value(0)), default=Value(1))
    return pages.select_related("locale").order_by(spoken, "path").first()


def picture(stands: Standing, page: LiveSessionPage | None, *, now: datetime) -> dict:
    """Return what the page of a meeting shows."""
    session = stands.session
    state = "called-off" if session.called_off_at else "over" if now >= session.ends_at else ""
    return {
        "stands": stands,
        "session": session,
        "page": page,
        "state": state or ("now" if now >= session.starts_at else "coming"),
        "minutes": round((session.ends_at - session.starts_at).total_seconds() / 60),
    }


def calendar(request: HttpRequest, session: UUID) -> HttpResponse:
    """Give the calendar file of a meeting at which somebody has a place. Raises Http404."""
    stands = _standing(enrolments.current(request.user), session)
    if not stands.taken:
        raise Http404
    content = calendar_file.of_live_session(stands.session, now=clock.now())
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    answer["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return answer
