"""Pages on which a manager sets up who runs a programme, what people are told, and who may join when."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts.form_pages import FormPage
from resilience.journeys import forms_about_you, informing
from resilience.organisations import plain, support
from resilience.participants import about_you, enrolments, setting_up, setting_up_forms, sheet
from resilience.participants.managed_pages import OfProgramme
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
        plain.renew()  # Help now shows the numbers of its country
        messages.success(self.request, _("%(name)s is set up.") % {"name": made.name})
        return redirect("content_pages:set-up")


class OwnWord(OfProgramme):
    """The programme's own word for turning to somebody."""

    form_class = setting_up_forms.OwnWord
    template_name = "journeys/own_word.html"

    def get_initial(self) -> dict:
        """Begin with the word that stands."""
        return {"wording": self.programme.wording}

    def taken(self, form: setting_up_forms.OwnWord) -> HttpResponse | None:
        """Keep it, unless the pages are frozen."""
        wording = form.cleaned_data["wording"]
        try:
            setting_up.choose_word(
                programme=self.programme, wording=wording, by=self.request.user, now=clock.now()
            )
        except setting_up.Frozen:
            form.add_error(
                "wording", _("The pages of this programme are frozen, and the word stands in them.")
            )
            return None
        words = _("From now on its pages say “%(word)s”.")
        return self.back(words % {"word": self.programme.get_wording_display()})


class NewGroup(OfProgramme):
    """A group that people join."""

    form_class = setting_up_forms.NewGroup
    template_name = "journeys/new_group.html"

    def get_form_kwargs(self) -> dict:
        """Tell the form of which programme it is, and what day it is there."""
        today = clock.local_day(clock.now(), self.programme.time_zone)
        return {**super().get_form_kwargs(), "programme": self.programme, "today": today}

    def get_context_data(self, **context: object) -> dict:
        """Say where the button of the front page leads now, and what people would miss who joined now."""
        context["joined_now"] = enrolments.open_cohort(on=clock.now().date())
        context["has_people"] = support.has_its_own(self.programme.organisation)
        return super().get_context_data(**context)

    def taken(self, form: setting_up_forms.NewGroup) -> HttpResponse:
        """Make it."""
        made = setting_up.open_group(group=form.save(commit=False), by=self.request.user, now=clock.now())
        return self.back(_("The group “%(name)s” is set up.") % {"name": made.name})


class Information(OfProgramme):
    """What people read before they join: a form to begin with, then the words as they stand.

    In another language of the site it is a translation of the version that is published.
    """

    form_class = setting_up_forms.Information
    template_name = "journeys/write_information.html"

    def dispatch(
        self, request: HttpRequest, *args: object, programme: str, language: str = "", **kwargs: object
    ) -> HttpResponse:
        """Raise Http404 for a language into which it cannot be translated: the site's others, once it stands."""
        self.language = language
        found = Programme.objects.filter(slug=programme).first()
        if language and (found is None or language not in informing.other_languages(found)):
            raise Http404
        return super().dispatch(request, *args, programme=programme, **kwargs)

    def get_initial(self) -> dict:
        """Begin with the words that stand, else with those to translate, or with those that every sheet needs."""
        return {"text": informing.words_to_begin_with(self.programme, language=self.language)}

    def get_context_data(self, **context: object) -> dict:
        """Add the languages that there are to choose from, and the one in which this is written."""
        languages = informing.languages(self.programme)
        here = next((each for each in languages if each.code == self.language), None)
        return super().get_context_data(**context, languages=languages, here=here)

    def taken(self, form: setting_up_forms.Information) -> HttpResponse | None:
        """Publish it; a place that is still to be filled in is named."""
        try:
            setting_up.publish_information(
                programme=self.programme,
                text=form.cleaned_data["text"],
                language=self.language,
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
