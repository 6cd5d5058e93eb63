"""Who reads a page of a programme: somebody who takes part in it, or an editor who looks at it."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from content_pages import tailoring
from content_pages.models import Audience
from content_pages.tailoring import Tailored
from resilience import languages
from resilience.accounts import roles, second_factor
from resilience.accounts.models import Role
from resilience.organisations import support
from resilience.organisations.cards import Card
from resilience.organisations.models import Organisation
from resilience.participants import enrolments
from resilience.participants.models import Enrolment, Programme
from resilience.participants.wording import Wording

NO_LONGER = 409


@dataclass(frozen=True)
class Reader:
    """Somebody before a page; an editor has no enrolment, and nothing that they do is kept."""

    enrolment: Enrolment | None
    looks_as: Tailored | None = None

    @property
    def takes_part(self) -> bool:
        """Return whether what they do is kept."""
        return self.enrolment is not None

    @cached_property
    def tailored(self) -> Tailored:
        """Return for whom the words of a page are put; an editor looks as somebody."""
        return tailoring.of(self.enrolment) if self.enrolment else self.looks_as or Tailored()

    @property
    def wording(self) -> str:
        """Return the programme's own word for turning to somebody."""
        return self.tailored.wording

    @property
    def organisation(self) -> Organisation | None:
        """Return the reader's own organisation."""
        return self.enrolment.belongs_to if self.enrolment else None

    @property
    def routes(self) -> list[Card]:
        """Return whom the reader can turn to; an editor is shown no organisation's."""
        return support.cards(self.enrolment.belongs_to, self.enrolment.belongs_as) if self.enrolment else []


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
        return looking(programme)
    if enrolment is None:
        raise Elsewhere
    raise Http404


def looking(programme: str, *, seen_as: Tailored | None = None) -> Reader:
    """Return an editor before the pages of a programme: they read its own word, and a page as it is for somebody."""
    word = Programme.objects.filter(slug=programme).values_list("wording", flat=True).first()
    return Reader(None, replace(seen_as or Tailored(), wording=word or Wording.ASKING))


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
        return redirect_to_login(request.get_full_path(), languages.spoken(settings.LOGIN_URL))
    raise Http404


def to_their_page() -> HttpResponse:
    """Return the redirect to the page that says what there is for somebody now."""
    return redirect("content_pages:my")


def refuse(request: HttpRequest) -> HttpResponse:
    """Say that what somebody sent was not kept, since they no longer take part."""
    context = {"enrolment": enrolments.current(request.user)}
    return render(request, "content_pages/refused.html", context, status=NO_LONGER)
