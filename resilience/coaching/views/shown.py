"""What those who book see of a coach, and the number that we ring: the coach's own page."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts.form_pages import FormPage
from resilience.coaching import making
from resilience.coaching.manage import forms
from resilience.coaching.views import coach as coach_views


class Shown(FormPage):
    """Show and change it."""

    form_class = forms.OwnPage
    template_name = "coaching/shown.html"

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        """Raises Http404 for somebody who leads coaches and is none."""
        self.coach = coach_views.mine(request)
        return super().dispatch(request)

    def get_initial(self) -> dict:
        """Begin with what stands."""
        return forms.standing(self.coach)

    def taken(self, form: forms.OwnPage) -> HttpResponse:
        """Keep it; how many people they take stays as it was settled."""
        facts = replace(form.facts, most_people=self.coach.most_people)
        making.say(coach=self.coach, facts=facts, by=self.request.user, now=clock.now())
        messages.success(self.request, _("Kept. Those who look for a coach read it from now on."))
        return redirect("coach:today")
