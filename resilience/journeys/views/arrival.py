"""Where a sign-in leads: each role to its page, a participant back to where they stopped."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from resilience import languages
from resilience.accounts import context
from resilience.accounts.models import Role
from resilience.journeys import joining
from resilience.journeys.views import group
from resilience.participants import consent, enrolments
from resilience.participants.models import Enrolment


def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead on."""
    user = request.user
    for role, _label, url in context.PLACES:
        if role != Role.PARTICIPANT and role in user.roles and context.opens(url, to=user):
            return redirect(languages.spoken(url))
    enrolment = enrolments.current(user)
    if group.IN_SESSION in request.session:
        return redirect("journeys:consents")
    if enrolment is not None:
        return redirect(_onwards(enrolment))
    if user.is_staff:
        return render(request, "journeys/nothing_yet.html")
    return redirect("journeys:join")


def _onwards(enrolment: Enrolment) -> str:
    """Return where somebody goes on; newer words than those they agreed to are asked about first, and can wait."""
    if enrolment.withdrawn_at is not None:
        return "content_pages:my"
    step = joining.next_step(enrolment)
    asks = step == "content_pages:my" and consent.newer_words(enrolment) is not None
    return "journeys:agree-again" if asks else step
