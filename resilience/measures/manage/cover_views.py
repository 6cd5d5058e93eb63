"""Who stands by in a programme that asks about thoughts of harm: one person proposes it, another confirms it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.form_pages import FormPage
from resilience.accounts.models import Role
from resilience.measures import covers
from resilience.measures.manage import forms
from resilience.participants.models import Programme

TO_PUT_RIGHT, TOO_LATE = 422, 409


def programme_of(request: HttpRequest, slug: str) -> Programme:
    """Return a programme that this person manages, or for which they are a safeguarding lead. Raises Http404."""
    found = Programme.objects.filter(slug=slug).select_related("organisation").first()
    mine = [
        role
        for role in (Role.MANAGER, Role.SAFEGUARDING_LEAD)
        if roles.holds(request.user, role, programme=slug)
    ]
    if found is None or not mine:
        raise Http404
    return found


class Standing(FormPage):
    """Who stands by, what waits for a second person, and a form for a change."""

    form_class = forms.CoverForm
    template_name = "measures/manage/cover.html"

    def dispatch(self, request: HttpRequest, programme: str) -> HttpResponse:
        """Raises Http404 for a programme of somebody else."""
        self.programme = programme_of(request, programme)
        return super().dispatch(request)

    def get_form_kwargs(self) -> dict:
        """Offer only the leads of the programme."""
        return {**super().get_form_kwargs(), "leads": covers.leads_of(self.programme)}

    def get_context_data(self, **context: object) -> dict:
        """Add what stands and what is proposed."""
        proposed = covers.proposed_in(self.programme)
        return super().get_context_data(
            programme=self.programme,
            standing=covers.standing_in(self.programme),
            proposed=proposed,
            proposed_by_me=proposed is not None and proposed.proposed_by == self.request.user.pk,
            **context,
        )

    def taken(self, form: forms.CoverForm) -> HttpResponse | None:
        """Keep it for a second person to confirm."""
        said = form.cleaned_data
        try:
            covers.propose(programme=self.programme, by=self.request.user, now=clock.now(), **said)
        except covers.NotLeads:
            form.add_error("second", _("Choose two different people who are leads of this programme."))
            return None
        except covers.NoRoutes:
            form.add_error(None, _no_routes())
            return None
        messages.success(self.request, _("Kept. Ask a second person to open this page and confirm it."))
        return redirect("instruments:cover", self.programme.slug)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Confirm or end where one of these was pressed, else take the form."""
        act = {"confirm": self._confirmed, "end": self._ended}.get(request.POST.get("do", ""))
        return act() if act else super().post(request, *args, **kwargs)

    def _confirmed(self) -> HttpResponse:
        try:
            covers.confirm(programme=self.programme, by=self.request.user, now=clock.now())
        except covers.SamePerson:
            return self._refused(_("You proposed this yourself. A second person confirms it."))
        except covers.NotLeads:
            return self._refused(_("One of the two is no lead of this programme any more. Propose it anew."))
        except covers.NoRoutes:
            return self._refused(_no_routes())
        except covers.NotThere:
            return self._refused(_("Somebody else was faster. This is how it stands now."), status=TOO_LATE)
        messages.success(self.request, _("Confirmed. Questions about thoughts of harm can now be planned."))
        return redirect("instruments:cover", self.programme.slug)

    def _ended(self) -> HttpResponse:
        covers.end(programme=self.programme, by=self.request.user, now=clock.now())
        messages.success(
            self.request, _("Ended. Questions about thoughts of harm are not asked any more, nor planned.")
        )
        return redirect("instruments:cover", self.programme.slug)

    def _refused(self, words: str, *, status: int = TO_PUT_RIGHT) -> HttpResponse:
        form = self.form_class(leads=covers.leads_of(self.programme))
        context = self.get_context_data(form=form, faults=({"words": words},))
        return self.render_to_response(context, status=status)


def _no_routes() -> str:
    return _("First publish somebody of your own organisation to talk to, on the page of people to talk to.")
