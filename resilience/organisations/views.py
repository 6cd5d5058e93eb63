"""Public pages about help and privacy, and what somebody keeps true: people to talk to, and the action log."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from resilience import clock
from resilience.accounts.form_pages import FormPage
from resilience.organisations import forms, help_page, promise, readers, support, system_actions, system_list
from resilience.organisations.models import SystemAction


@cache_control(public=True, max_age=help_page.FIVE_MINUTES)
def help_now(request: HttpRequest) -> HttpResponse:
    """Show people to talk to; the same page for everyone, without a sign-in."""
    return HttpResponse(help_page.html())


def who_reads_what(request: HttpRequest) -> HttpResponse:
    """Show who may read what, from the live policy."""
    return render(request, "organisations/promise.html", {"lines": promise.lines(), "kinds": readers.lines()})


def safeguarding(request: HttpRequest) -> HttpResponse:
    """Show each support route that this lead keeps, with the day it was last checked."""
    theirs = support.by_organisation(support.of_lead(request.user))
    context = {"country": support.everywhere(), "organisations": theirs}
    return render(request, "organisations/safeguarding.html", context)


def checked(request: HttpRequest, route: str) -> HttpResponse:
    """Mark one route as checked today. Raises Http404 for one of an organisation that they do not lead in."""
    found = get_object_or_404(support.of_lead(request.user), pk=route)
    support.mark_as_checked(found, by=request.user, now=clock.now())
    help_page.forget()
    return redirect("organisations:safeguarding")


class System(FormPage):
    """What was raised by ten people or more, what is being done, and a form for a new line of the log."""

    form_class = forms.NewAction
    template_name = "organisations/system.html"

    def get_form_kwargs(self) -> dict:
        """Offer only the organisations of the programmes that this person runs."""
        self.organisations = list(system_actions.organisations_of(self.request.user))
        return {**super().get_form_kwargs(), "organisations": self.organisations}

    def get_context_data(self, **context: object) -> dict:
        """Add what was raised and the log, for each organisation."""
        context = super().get_context_data(**context)
        found = [
            {"name": each.name, "raised": system_list.shown(each), "actions": system_actions.of(each)}
            for each in self.organisations
        ]
        return {**context, "organisations": found}

    def taken(self, form: forms.NewAction) -> HttpResponse:
        """Put the action into the log."""
        organisation, unit = form.place
        wanted = {name: form.cleaned_data[name] for name in ("factor", "what", "post", "state")}
        system_actions.add(
            organisation=organisation, unit=unit, by=self.request.user, now=clock.now(), **wanted
        )
        messages.success(self.request, _("It stands in the log. Everybody who takes part there can read it."))
        return redirect("organisations:system")


class Action(FormPage):
    """One line of the log, to be changed. Raises Http404 for one of another organisation."""

    form_class = forms.ActionNow
    template_name = "organisations/action.html"

    def get_initial(self) -> dict:
        """Return how the action stands."""
        theirs = SystemAction.objects.filter(
            organisation__in=system_actions.organisations_of(self.request.user)
        )
        self.action = get_object_or_404(
            theirs.select_related("unit", "organisation"), pk=self.kwargs["action"]
        )
        return forms.now(self.action)

    def get_context_data(self, **context: object) -> dict:
        """Add the action."""
        return {**super().get_context_data(**context), "action": self.action}

    def taken(self, form: forms.ActionNow) -> HttpResponse:
        """Keep how it stands now."""
        system_actions.change(self.action, by=self.request.user, now=clock.now(), **form.cleaned_data)
        messages.success(self.request, _("Kept. Everybody who takes part there sees it as it stands now."))
        return redirect("organisations:system")
