"""The page on which a manager enters who backs the coaches."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from resilience import clock
from resilience.participants import backing, backing_forms
from resilience.participants.managed_pages import OfProgramme


class Backing(OfProgramme):
    """Who backs the coaches of a programme; calls cannot be switched on before."""

    form_class = backing_forms.Backing
    template_name = "participants/manage/backing.html"

    def get_initial(self) -> dict:
        """Begin with what stands."""
        return backing_forms.Backing.known(backing.of(self.programme))

    def get_context_data(self, **context: object) -> dict:
        """Say whether it stands."""
        return super().get_context_data(stands=backing.stands(self.programme), **context)

    def taken(self, form: backing_forms.Backing) -> HttpResponse:
        """Keep it."""
        backing.enter(programme=self.programme, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return self.back(_("Kept. Calls can be switched on now."))
