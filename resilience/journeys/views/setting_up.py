"""Pages on which a manager sets up who runs a programme, what people are told, and who may join when."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.form_pages import FormPage
from resilience.accounts.models import Role
from resilience.journeys import forms_about_you, informing
from resilience.participants import about_you, setting_up, setting_up_forms, sheet
from resilience.participants.models import Programme


class NewOrganisation(FormPage):
    """An organisation: for managers of the whole site."""

    form_class = setting_up_forms.NewOrganisation
    template_name = "journeys/new_organisation.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Raise Http404 for whoever manages single programmes."""
        if not setting_up.sets_up_the_site(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def taken(self, form: setting_up_forms.NewOrganisation) -> HttpResponse:
        """Make it."""
        made = setting_up.make_organisation(
            organisation=form.save(commit=False), by=self.request.user, now=clock.now()
        )
        messages.success(self.request, _("%(name)s is set up.") % {"name": made.name})
        return redirect("content_pages:set-up")


class OfProgramme(FormPage):
    """A page about one programme that this person manages."""

    def dispatch(self, request: HttpRequest, *args: object, programme: str, **kwargs: object) -> HttpResponse:
        """Raise Http404 where they manage no programme of this slug."""
        found = Programme.objects.select_related("organisation").filter(slug=programme).first()
        if found is None or not roles.holds(request.user, Role.MANAGER, programme=programme):
            raise Http404
        self.programme = found
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context: object) -> dict:
        """Add the programme."""
        return {**super().get_context_data(**context), "programme": self.programme}

    def back(self, words: str) -> HttpResponse:
        """Return to the programme's own page with words on what was done."""
        messages.success(self.request, words)
        return redirect("content_pages:set-up-programme", self.programme.slug)


class NewGroup(OfProgramme):
    """A group that people join."""

    form_class = setting_up_forms.NewGroup
    template_name = "journeys/new_group.html"

    def get_form_kwargs(self) -> dict:
        """Tell the form of which programme it is, and what day it is there."""
        today = clock.local_day(clock.now(), self.programme.time_zone)
        return {**super().get_form_kwargs(), "programme": self.programme, "today": today}

    def taken(self, form: setting_up_forms.NewGroup) -> HttpResponse:
        """Make it."""
        made = setting_up.open_group(group=form.save(commit=False), by=self.request.user, now=clock.now())
        return self.back(_("The group “%(name)s” is set up.") % {"name": made.name})


class Information(OfProgramme):
    """What people read before they join: a form to begin with, then the words as they stand."""

    form_class = setting_up_forms.Information
    template_name = "journeys/write_information.html"

    def get_initial(self) -> dict:
        """Begin with the words that stand, else with those that every sheet needs."""
        return {"text": informing.words_to_begin_with(self.programme)}

    def taken(self, form: setting_up_forms.Information) -> HttpResponse | None:
        """Publish it; a place that is still to be filled in is named."""
        try:
            setting_up.publish_information(
                programme=self.programme,
                text=form.cleaned_data["text"],
                by=self.request.user,
                now=clock.now(),
            )
        except sheet.Unfinished as unfinished:
            words = _("Something is still to be filled in: %(place)s")
            form.add_error("text", words % {"place": unfinished.args[0]})
            return None
        return self.back(
            _("The information is published. People who join from now on agree to this version.")
        )


class Asked(OfProgramme):
    """What is asked about people beside the five questions, and why; and when they see their own results."""

    form_class = forms_about_you.Asked
    template_name = "journeys/asked.html"

    def get_initial(self) -> dict:
        """Return what stands."""
        whys = {name: about_you.why(self.programme, name) for name in forms_about_you.Asked.ABOUT}
        return {**whys, "results_shown": self.programme.results_shown}

    def taken(self, form: forms_about_you.Asked) -> HttpResponse:
        """Keep it."""
        typed = form.cleaned_data
        about_you.choose(
            programme=self.programme,
            whys={name: typed[name] for name in forms_about_you.Asked.ABOUT},
            results_shown=typed["results_shown"],
            by=self.request.user,
            now=clock.now(),
        )
        return self.back(_("Kept. It holds for whoever answers from now on."))
