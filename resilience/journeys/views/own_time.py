"""One's own time: pausing and going on, and a line about the hours that were spent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from resilience import clock, pdf
from resilience.journeys import certificate, forms, pausing
from resilience.journeys.views.steps import Step
from resilience.participants import enrolments

FILE = "certificate.pdf"
TO_PUT_RIGHT = 422


class Pause(Step):
    """For how long nothing is sent."""

    form_class = forms.Pause
    template_name = "journeys/pause.html"

    def get_form_kwargs(self) -> dict:
        """Offer to go on only to somebody who has paused."""
        paused, _until = pausing.standing(self.enrolment, now=clock.now())
        return {**super().get_form_kwargs(), "paused": paused}

    def get_context_data(self, **context: object) -> dict:
        """Add whether they have paused, and until when."""
        paused, until = pausing.standing(self.enrolment, now=clock.now())
        return super().get_context_data(paused=paused, until=until, **context)

    def taken(self, form: forms.Pause) -> HttpResponse:
        """Keep the choice."""
        choice = form.cleaned_data["choice"]
        pausing.choose(enrolment=self.enrolment, choice=choice, by=self.request.user, now=clock.now())
        if choice == pausing.Choice.GO_ON:
            messages.success(self.request, _("Good to have you back. Nothing is late."))
        else:
            messages.success(self.request, _("Paused. Everything stays where it is."))
        return redirect("content_pages:my")


@method_decorator(never_cache, name="dispatch")
class Certificate(FormView):
    """A line about the hours that somebody spent, which they alone can make; nothing of it is kept."""

    form_class = certificate.Form
    template_name = "journeys/certificate.html"

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        """Say in words when it opens, to somebody who has no part behind them yet; open after stopping too."""
        enrolment = enrolments.current(request.user)
        if enrolment is None:
            return redirect("journeys:after-sign-in")
        if not certificate.is_open(enrolment):
            return render(request, "journeys/certificate_later.html")
        self.zone = enrolment.participant.time_zone
        return super().dispatch(request)

    def get_initial(self) -> dict:
        """Return today as the last day."""
        return {"last": clock.local_day(clock.now(), self.zone)}

    def form_valid(self, form: certificate.Form) -> HttpResponse:
        """Answer with the file itself: an address to go on to would have to hold the name."""
        words = certificate.sentence(**form.cleaned_data)
        if "show" in self.request.POST:
            return render(self.request, "journeys/certificate_paper.html", {"words": words})
        try:
            file = certificate.printed(words)
        except pdf.Unavailable:
            return render(self.request, "journeys/certificate_paper.html", {"words": words, "no_pdf": True})
        response = HttpResponse(file, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{FILE}"'
        return response

    def form_invalid(self, form: certificate.Form) -> HttpResponse:
        """Show the form again with its faults and all that was typed, 422."""
        return self.render_to_response(self.get_context_data(form=form), status=TO_PUT_RIGHT)
