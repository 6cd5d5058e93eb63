"""What is held about a person, how they are reached, and stopping."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts.form_pages import FormPage
from resilience.coaching import offers
from resilience.journeys import forms, forms_about_you, held, joining, readings, withdrawing
from resilience.journeys.views.steps import Step, tell_of_landline
from resilience.participants import about_you, enrolments, reasons
from resilience.participants.models import Stage
from resilience.telephony import numbers


class Data(FormPage):
    """What is held, and stopping in one step; open after stopping too."""

    form_class = forms.Stop
    template_name = "journeys/data.html"

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        """Send somebody of whom nothing is held back to the start."""
        self.enrolment = enrolments.chosen(request.user, request.GET.get("programme", ""))
        if self.enrolment is None:
            return redirect("journeys:after-sign-in")
        return super().dispatch(request)

    def get_form_kwargs(self) -> dict:
        """After stopping only deleting is left to choose."""
        return {**super().get_form_kwargs(), "enrolment": self.enrolment}

    def get_context_data(self, **context: object) -> dict:
        """Add the list, and the other programmes that they take part in."""
        others = [each for each in enrolments.living(self.request.user) if each.pk != self.enrolment.pk]
        return super().get_context_data(
            enrolment=self.enrolment,
            others=others,
            held=held.lines(self.enrolment),
            further=about_you.further(self.enrolment.cohort.programme),
            **context,
        )

    def taken(self, form: forms.Stop) -> HttpResponse:
        """Stop, and say what was done."""
        choice = form.cleaned_data["choice"]
        withdrawing.withdraw(
            enrolment=self.enrolment,
            choice=choice,
            by=self.request.user,
            now=clock.now(),
            reason=form.cleaned_data.get("reason", ""),
        )
        deleted = choice in withdrawing.DELETES
        if deleted:
            logout(self.request)
        return redirect("journeys:deleted" if deleted else "journeys:stopped")


def deleted(request: HttpRequest) -> HttpResponse:
    """Confirm to somebody who is nobody here any more."""
    return render(request, "journeys/deleted.html")


def access(request: HttpRequest) -> HttpResponse:
    """Show who read what is somebody's own, and when; open after stopping too."""
    enrolment = enrolments.chosen(request.user, request.GET.get("programme", ""))
    if enrolment is None:
        return redirect("journeys:after-sign-in")
    context = {"enrolment": enrolment, "readings": readings.of(enrolment)}
    return render(request, "journeys/access.html", context)


def stopped(request: HttpRequest) -> HttpResponse:
    """Confirm that nothing more is sent."""
    enrolment = enrolments.current(request.user)
    if enrolment is None or enrolment.withdrawn_at is None:
        return redirect("journeys:after-sign-in")
    asks = not reasons.said(enrolment, Stage.STOPPED)
    context = {"reasons": reasons.choices(Stage.STOPPED) if asks else [], "stage": Stage.STOPPED}
    return render(request, "journeys/stopped.html", {**context, "there": reverse("journeys:why")})


class Reach(Step):
    """The name for a coach and the number."""

    form_class = forms_about_you.Reach
    template_name = "journeys/reach.html"

    def get_initial(self) -> dict:
        """Return what is held."""
        participant = self.enrolment.participant
        phone = numbers.shown(participant.phone) if participant.phone else ""
        return {"chosen_name": participant.chosen_name, "phone": phone}

    def get_form_kwargs(self) -> dict:
        """Ask for a number only where calls or texts were agreed to."""
        return {**super().get_form_kwargs(), "with_number": joining.wants_a_number(self.enrolment)}

    def taken(self, form: forms_about_you.Reach) -> HttpResponse | None:
        """Keep them; a number is not taken away while a call is booked that needs it."""
        if self._is_needed(form):
            words = _("You have a call booked. Write a number that we can ring, or cancel the call.")
            form.add_error("phone", words)
            return None
        participant = self.enrolment.participant
        number = joining.reach(
            participant=participant,
            chosen_name=form.cleaned_data["chosen_name"],
            phone=form.cleaned_data.get("phone", participant.phone),
            by=self.request.user,
            now=clock.now(),
        )
        messages.success(self.request, _("Kept."))
        tell_of_landline(self.request, number)
        return redirect("journeys:data")

    def _is_needed(self, form: forms_about_you.Reach) -> bool:
        taken_away = "phone" in form.fields and not form.cleaned_data["phone"].strip()
        return taken_away and offers.open_booking(self.enrolment, now=clock.now()) is not None
