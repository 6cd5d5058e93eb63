"""Pages on which a manager sets up programmes: what there is, what is still missing, and a new one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from content_pages import readiness
from resilience import clock
from resilience.accounts import roles
from resilience.accounts.form_pages import FormPage
from resilience.accounts.models import Role
from resilience.measures import budget
from resilience.organisations.models import Organisation
from resilience.participants import setting_up, setting_up_forms
from resilience.participants.models import Programme
from resilience.participants.packing import whole


def programmes(request: HttpRequest) -> HttpResponse:
    """List the programmes that this person manages, and what each still lacks."""
    wide = setting_up.sets_up_the_site(request.user)
    context = {
        "standing": readiness.of_all(setting_up.programmes_run_by(request.user), on=clock.now().date()),
        "sets_up": wide,
        "organisations": Organisation.objects.order_by("name") if wide else [],
    }
    return render(request, "content_pages/set_up/programmes.html", context)


def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what one programme has and lacks. Raises Http404 for one that this person does not manage."""
    found = _managed(request, slug)
    context = {
        "programme": found,
        "stands": readiness.of(found, on=clock.now().date()),
        "groups": found.cohorts.order_by("-opens_on", "name"),
        "timepoints": found.timepoints.order_by("position"),
        "burden": budget.planned(found),
        "limits": budget.limits(),
    }
    return render(request, "content_pages/set_up/programme.html", context)


@never_cache
def pack(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the programme with its rules as one file. Raises Http404 for one that this person does not manage."""
    found = _managed(request, slug)
    raw = whole.export(programme=found, by=request.user, now=clock.now())
    answer = HttpResponse(raw, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}.zip"'
    return answer


def _managed(request: HttpRequest, slug: str) -> Programme:
    if not roles.holds(request.user, Role.MANAGER, programme=slug):
        raise Http404
    return get_object_or_404(Programme.objects.select_related("organisation"), slug=slug)


class NewProgramme(FormPage):
    """A programme with its first page: for managers of the whole site."""

    form_class = setting_up_forms.NewProgramme
    template_name = "content_pages/set_up/new_programme.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Raise Http404 for whoever manages single programmes."""
        if not setting_up.sets_up_the_site(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict:
        """Give the form an empty programme: it is no page of an object."""
        return {**super().get_form_kwargs(), "instance": Programme()}

    def get_context_data(self, **context: object) -> dict:
        """Say whether there is an organisation to choose."""
        return {**super().get_context_data(**context), "can_begin": Organisation.objects.exists()}

    def taken(self, form: setting_up_forms.NewProgramme) -> HttpResponse:
        """Make it with its questions and its first page."""
        made = readiness.make(
            programme=form.save(commit=False),
            asks=form.cleaned_data["asks"] == "usual",
            by=self.request.user,
            now=clock.now(),
        )
        messages.success(self.request, _("“%(name)s” is set up.") % {"name": made.public_name})
        return redirect("content_pages:set-up-programme", made.slug)
