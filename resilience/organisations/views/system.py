"""What gets in the way at work, and the log of what is being done about it, for those who run a programme."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts.form_pages import FormPage
from resilience.organisations import action_forms, system_actions, system_list
from resilience.organisations.system_models import SystemAction


class System(FormPage):
    """What was raised by ten people or more, what is being done, and a form for a new line of the log."""

    form_class = action_forms.NewAction
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

    def taken(self, form: action_forms.NewAction) -> HttpResponse:
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

    form_class = action_forms.ActionNow
    template_name = "organisations/action.html"

    def get_initial(self) -> dict:
        """Return how the action stands."""
        theirs = SystemAction.objects.filter(
            organisation__in=system_actions.organisations_of(self.request.user)
        )
        self.action = get_object_or_404(
            theirs.select_related("unit", "organisation"), pk=self.kwargs["action"]
        )
        return action_forms.now(self.action)

    def get_context_data(self, **context: object) -> dict:
        """Add the action."""
        return {**super().get_context_data(**context), "action": self.action}

    def taken(self, form: action_forms.ActionNow) -> HttpResponse:
        """Keep how it stands now."""
        system_actions.change(self.action, by=self.request.user, now=clock.now(), **form.cleaned_data)
        messages.success(self.request, _("Kept. Everybody who takes part there sees it as it stands now."))
        return redirect("organisations:system")
