"""Public pages about help and privacy, and what an organisation says of itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from resilience import clock
from resilience.accounts.form_pages import FormPage
from resilience.organisations import describing, forms, help_page, plain, promise, readers
from resilience.organisations.middleware import FIVE_MINUTES


@cache_control(public=True, max_age=FIVE_MINUTES)
def help_now(request: HttpRequest) -> HttpResponse:
    """Show people to talk to; the same page for everyone. Its file answers first, where one stands."""
    return HttpResponse(help_page.html())


def who_reads_what(request: HttpRequest) -> HttpResponse:
    """Show who may read what, from the live policy."""
    context = {"lines": promise.lines(), "kinds": readers.lines()}
    return render(request, "organisations/promise.html", context)


class Describe(FormPage):
    """Name, logo, data controller, incident link and leads of one organisation."""

    form_class = forms.AnOrganisation
    template_name = "organisations/organisation.html"

    def dispatch(self, request: HttpRequest, organisation: str) -> HttpResponse:
        """Raises Http404 for an organisation that runs no programme they manage."""
        self.organisation = get_object_or_404(describing.managed_by(request.user), slug=organisation)
        self.name = self.organisation.name
        return super().dispatch(request)

    def get_form_kwargs(self) -> dict:
        """Begin with what stands."""
        return {**super().get_form_kwargs(), "instance": self.organisation}

    def get_context_data(self, **context: object) -> dict:
        """Add the name and the logo as they are stored."""
        return super().get_context_data(name=self.name, logo=self.organisation.logo, **context)

    def taken(self, form: forms.AnOrganisation) -> HttpResponse:
        """Keep it, and renew the pages that name the organisation."""
        said = form.cleaned_data
        describing.change(
            self.organisation,
            said=said,
            leads=said["leads"],
            logo=said["picture"],
            without_logo=said["without_logo"],
            by=self.request.user,
            now=clock.now(),
        )
        plain.renew()
        messages.success(self.request, _("Kept."))
        return redirect("participants:manage")
