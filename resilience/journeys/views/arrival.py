"""Where a sign-in leads: each role to its page, a participant back to where they stopped."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from resilience import languages
from resilience.accounts import context
from resilience.accounts.models import Role
from resilience.journeys import joining
from resilience.journeys.views import group
from resilience.participants import enrolments


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
        return redirect("content_pages:my" if enrolment.withdrawn_at else joining.next_step(enrolment))
    if user.is_staff:
        return render(request, "journeys/nothing_yet.html")
    return redirect("journeys:join")
