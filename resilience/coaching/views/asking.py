"""What somebody asks for where no free time and no telephone suits them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts.form_pages import FormPage
from resilience.coaching import booking_forms, no_time, offers, other_ways
from resilience.coaching.booking_models import NoTime
from resilience.coaching.views.participant import enrolment_of, stopped


class Asking(FormPage):
    """A page of somebody who takes part and may book a call; everybody else is led to how calls stand."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Store nothing of somebody who has stopped. Raises Http404 for somebody who takes no part."""
        self.enrolment = enrolment_of(request)
        if request.method == "POST" and (refusal := stopped(request, self.enrolment)):
            return refusal
        if not offers.standing(self.enrolment, now=clock.now()).bookable:
            return redirect("coaching:calls")
        return super().dispatch(request, *args, **kwargs)


class NoTimeSuits(Asking):
    """Which times would suit, and whether to write once there is one."""

    form_class = booking_forms.Wanting
    template_name = "coaching/no_time.html"

    def get_initial(self) -> dict:
        """Begin with what was said before."""
        said = NoTime.objects.filter(enrolment=self.enrolment).first()
        if said is None:
            return {}
        return {"days": said.wanted, "parts": said.wanted, "tell_me": said.tell_me}

    def taken(self, form: booking_forms.Wanting) -> HttpResponse:
        """Keep it."""
        said = form.cleaned_data
        no_time.ask(
            enrolment=self.enrolment, wanted=[*said["days"], *said["parts"]], tell_me=said["tell_me"], now=clock.now()
        )  # fmt: skip
        words = _("Thank you. Whoever plans the hours sees how many people want which times, and no names.")
        messages.success(self.request, words)
        return redirect("coaching:calls")


class AnotherWay(Asking):
    """Text relay, video or in person: asked for, or no longer."""

    form_class = booking_forms.AnotherWay
    template_name = "coaching/another_way.html"

    def get_initial(self) -> dict:
        """Begin with what is asked for."""
        asked = other_ways.open_wish(self.enrolment)
        return {"way": asked.way} if asked else {}

    def get_context_data(self, **context: object) -> dict:
        """Add what is asked for."""
        return {**super().get_context_data(**context), "asked": other_ways.open_wish(self.enrolment)}

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Take the wish, or take it back."""
        if request.POST.get("do") == "forget":
            other_ways.take_back(self.enrolment, now=clock.now())
            return redirect("coaching:calls")
        return super().post(request, *args, **kwargs)

    def taken(self, form: booking_forms.AnotherWay) -> HttpResponse:
        """Keep it."""
        now = clock.now()
        other_ways.ask(enrolment=self.enrolment, way=form.cleaned_data["way"], by=self.request.user, now=now)
        words = _("Thank you. Whoever leads the coaches arranges it, and you get an e-mail with the time.")
        messages.success(self.request, words)
        return redirect("coaching:calls")
