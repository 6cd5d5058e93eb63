"""Pages about one programme for those who manage it; for everybody else they do not exist."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from resilience.accounts import roles
from resilience.accounts.form_pages import FormPage
from resilience.accounts.models import Role, User
from resilience.participants.models import Programme


def managed(user: User, slug: str) -> Programme:
    """Return the programme of this slug. Raises Http404 where this person does not manage it."""
    found = Programme.objects.select_related("organisation").filter(slug=slug).first()
    if found is None or not roles.holds(user, Role.MANAGER, programme=slug):
        raise Http404
    return found


class OfProgramme(FormPage):
    """A page about one programme that this person manages."""

    def dispatch(self, request: HttpRequest, *args: object, programme: str, **kwargs: object) -> HttpResponse:
        """Raise Http404 where they manage no programme of this slug."""
        self.programme = managed(request.user, programme)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context: object) -> dict:
        """Add the programme."""
        return {**super().get_context_data(**context), "programme": self.programme}

    def back(self, words: str) -> HttpResponse:
        """Return to the programme's own page with words on what was done."""
        messages.success(self.request, words)
        return redirect("content_pages:set-up-programme", self.programme.slug)
