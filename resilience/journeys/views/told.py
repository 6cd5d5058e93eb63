"""Pages about messages: what somebody is told, and how a programme reminds and reaches its people."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from resilience import clock
from resilience.journeys import being_told, told_forms
from resilience.journeys.views.setting_up import OfProgramme
from resilience.journeys.views.steps import Step
from resilience.measures import rates, reach, reminding, timepoints
from resilience.participants.models import Programme


class Messages(Step):
    """In which programmes somebody is told of short pages, and at which hours."""

    form_class = told_forms.Messages
    template_name = "journeys/messages.html"

    def get_initial(self) -> dict:
        """Return what stands."""
        mine = being_told.enrolments_of(self.enrolment.participant)
        return {
            "programmes": [str(each.pk) for each in mine if each.no_pages_since is None],
            "nights": being_told.nights_of(self.enrolment.participant, now=clock.now()),
        }

    def get_form_kwargs(self) -> dict:
        """Offer each programme that they take part in."""
        person = self.enrolment.participant
        nights = being_told.nights_of(person, now=clock.now())
        return {**super().get_form_kwargs(), "enrolments": being_told.enrolments_of(person), "nights": nights}

    def taken(self, form: told_forms.Messages) -> HttpResponse:
        """Keep the choice."""
        being_told.choose(
            participant=self.enrolment.participant,
            wanted=form.cleaned_data["programmes"],
            nights=form.cleaned_data["nights"],
            by=self.request.user,
            now=clock.now(),
        )
        messages.success(self.request, _("Kept. It holds from now on."))
        return redirect("journeys:messages")


class Reminders(OfProgramme):
    """How a programme reminds; how many came how far; whom a message did not reach."""

    form_class = told_forms.Reminders
    template_name = "journeys/programme_messages.html"

    def get_initial(self) -> dict:
        """Return what stands."""
        programme = self.programme
        return {
            "reminders": str(programme.reminders),
            "first": programme.first_reminder_days,
            "second": programme.second_reminder_days,
        }

    def get_context_data(self, **context: object) -> dict:
        """Add the figures of each group, and who could not be reached."""
        missed = reach.not_reachable(self.programme, now=clock.now())
        return super().get_context_data(
            groups=_groups(self.programme),
            missed=reach.in_words(missed).items(),
            to_put_right=reach.to_put_right(self.programme),
            **context,
        )

    def taken(self, form: told_forms.Reminders) -> HttpResponse:
        """Keep them."""
        reminding.settle(programme=self.programme, by=self.request.user, now=clock.now(), **form.cleaned_data)
        messages.success(self.request, _("Kept. It holds from now on."))
        return redirect("journeys:programme-messages", self.programme.slug)


def _groups(programme: Programme) -> list[dict]:
    labels = {each.key: each.label for each in timepoints.plan_of(programme.pk)}
    found = rates.by_cohort(rates.rows(programme))
    return [
        {"group": group, "lines": [(labels[key], line) for key, line in found[group.pk].items()]}
        for group in programme.cohorts.order_by("-opens_on", "name")
        if group.pk in found
    ]
