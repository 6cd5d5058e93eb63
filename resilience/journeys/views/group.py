"""Which group somebody is about to join: remembered in their visit, and carried in the address of the consents.

A sign-in that ends on the way takes the visit's memory with it. The signed word in the address outlives it, since the
sign-in page leads back to the whole address.
"""

from uuid import UUID

from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from resilience import clock
from resilience.accounts.models import User
from resilience.participants import enrolments
from resilience.participants.models import Cohort, Invitation

IN_SESSION = "joining"
FIELD = "group"
SALT = "resilience.joining"


def remember(request: HttpRequest, *, cohort: Cohort, invitation: Invitation | None) -> None:
    """Remember the group of a sheet that was read."""
    held = {"cohort": str(cohort.pk), "invitation": str(invitation.pk) if invitation else ""}
    request.session[IN_SESSION] = held


def forget(request: HttpRequest) -> None:
    """Forget it: the person has joined."""
    request.session.pop(IN_SESSION, None)


def chosen(request: HttpRequest) -> tuple[Cohort, Invitation | None] | None:
    """Return the group that this person is about to join and their invitation; else the open group, else None."""
    held = _read(request) or request.session.get(IN_SESSION)
    if held is None:
        cohort = enrolments.open_cohort(on=clock.now().date())
        return (cohort, None) if cohort else None
    cohort = Cohort.objects.filter(pk=UUID(held["cohort"])).select_related("programme__organisation").first()
    return (cohort, _invitation(held["invitation"])) if cohort else None


def _invitation(key: str) -> Invitation | None:
    return Invitation.objects.filter(pk=UUID(key)).first() if key else None


def address(request: HttpRequest, *, user: User) -> str:
    """Return the address of the consents for `user`, with the group in it where they were invited to one."""
    held = request.session.get(IN_SESSION)
    if held is None or not held["invitation"]:
        return reverse("journeys:consents")
    word = signing.dumps([str(user.pk), held], salt=SALT)
    return f"{reverse('journeys:consents')}?{urlencode({FIELD: word})}"


def _read(request: HttpRequest) -> dict | None:
    """Return what the address carries where it is this person's own."""
    try:
        whose, held = signing.loads(request.GET.get(FIELD, ""), salt=SALT)
    except signing.BadSignature:
        return None
    return held if whose == str(request.user.pk) else None
