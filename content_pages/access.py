"""Who reads a page of a programme: somebody who takes part in it, or an editor who looks at it."""

from dataclasses import dataclass

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from content_pages.models import Audience
from resilience.accounts import roles, second_factor
from resilience.accounts.models import Role
from resilience.organisations.models import Organisation
from resilience.participants import enrolments
from resilience.participants.models import Enrolment

NO_LONGER = 409


@dataclass(frozen=True)
class SeenAs:
    """As whom an editor looks at a page: a profession and a level, each empty where it is not given."""

    profession: str = ""
    level: str = ""


@dataclass(frozen=True)
class Reader:
    """Somebody before a page; an editor has no enrolment, and nothing that they do is kept."""

    enrolment: Enrolment | None
    seen_as: SeenAs = SeenAs()

    @property
    def takes_part(self) -> bool:
        """Return whether what they do is kept."""
        return self.enrolment is not None

    @property
    def profession(self) -> str:
        """Return the profession whose stories they get; that of whom an editor looks as."""
        return self.enrolment.respondent.profession if self.enrolment else self.seen_as.profession

    @property
    def level(self) -> str:
        """Return how far they have come in their work; that of whom an editor looks as."""
        return self.enrolment.respondent.level if self.enrolment else self.seen_as.level

    @property
    def organisation(self) -> Organisation | None:
        """Return the organisation behind the programme."""
        return self.enrolment.cohort.programme.organisation if self.enrolment else None


class Elsewhere(Exception):
    """This person has stopped, or is between programmes: their own page says what there is for them."""


def reader(request: HttpRequest, *, programme: str) -> Reader:
    """Return who reads. Raises Elsewhere for somebody who no longer takes part, Http404 for another programme."""
    enrolment = enrolments.current(request.user)
    if enrolment is not None and enrolment.cohort.programme.slug == programme:
        if enrolment.withdrawn_at is not None:
            raise Elsewhere
        return Reader(enrolment)
    if _edits(request, programme):
        return Reader(None)
    if enrolment is None:
        raise Elsewhere
    raise Http404


def _edits(request: HttpRequest, programme: str) -> bool:
    """Return whether somebody edits the programme; whoever also takes part in another came in without a second step."""
    if Role.EDITOR not in request.user.roles or not second_factor.given(request):
        return False
    return roles.holds(request.user, Role.EDITOR, programme=programme)


def before_serving(page: object, request: HttpRequest) -> HttpResponse | None:
    """Let Wagtail serve what is for everyone; pages of a programme stand at addresses of their own.

    A visitor is asked to sign in. Raises Http404 for everybody else.
    """
    if getattr(page, "audience", None) == Audience.EVERYONE:
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise Http404


def to_their_page() -> HttpResponse:
    """Return the redirect to the page that says what there is for somebody now."""
    return redirect("content_pages:my")


def refuse(request: HttpRequest) -> HttpResponse:
    """Say that what somebody sent was not kept, since they no longer take part."""
    context = {"enrolment": enrolments.current(request.user)}
    return render(request, "content_pages/refused.html", context, status=NO_LONGER)
