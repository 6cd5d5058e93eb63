"""Whom somebody talks to and would rather not talk to, on a participant's and on a coach's side."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resilience import clock
from resilience.accounts.form_pages import FormPage
from resilience.coaching import booking_forms, firewall, keeping_apart, slots
from resilience.coaching.booking_models import Apart
from resilience.coaching.models import Booking, Coach, CoachingRelationship, Side, Status
from resilience.coaching.views.coach import mine as own_coach
from resilience.coaching.views.participant import enrolment_of, stopped
from resilience.participants.models import Enrolment

TO_PUT_RIGHT = 422
FORGET_ALL, FORGET_LAST = "forget", "forget-last"
FORGOTTEN = {
    FORGET_ALL: gettext_lazy("What you told us here is forgotten."),
    FORGET_LAST: gettext_lazy("The last that you told us here is forgotten."),
}


def whom(request: HttpRequest) -> HttpResponse:
    """Show whom somebody can talk to (GET); keep one of them away, or let them back (POST). No reason is asked."""
    enrolment = enrolment_of(request)
    if request.method == "POST":
        return stopped(request, enrolment) or _choose(request, enrolment)
    return render(request, "coaching/whom.html", _coaches(enrolment))


def _coaches(enrolment: Enrolment) -> dict:
    coaches = slots.coaches_of(enrolment.cohort.programme)
    said = Apart.objects.filter(participant=enrolment.participant, side=Side.PARTICIPANT)
    away = set(said.values_list("coach", flat=True))
    together = CoachingRelationship.objects.filter(enrolment=enrolment, active_to=None)
    known = set(together.values_list("coach", flat=True))
    return {
        "offered": firewall.open_to(enrolment.participant, coaches=coaches),
        "away": [coach for coach in coaches if coach.pk in away],
        "known": known,
    }


def _choose(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    slug = request.POST.get("coach", "")
    coach = next((each for each in slots.coaches_of(enrolment.cohort.programme) if each.slug == slug), None)
    if coach is None:
        raise Http404
    if request.POST.get("do") == "after-all":
        keeping_apart.after_all(coach=coach, participant=enrolment.participant, side=Side.PARTICIPANT)
        messages.success(
            request,
            _("Their times are shown to you again. If you book one, what the two of you agreed still holds."),
        )
    else:
        keeping_apart.not_with(
            coach=coach, enrolment=enrolment, side=Side.PARTICIPANT, by=request.user, now=clock.now()
        )
        messages.success(request, _("Their times are no longer shown to you, and nobody asks why."))
    return redirect("coaching:whom")


class AtWork(FormPage):
    """Whom one stands above or below at work, for whichever side is signed in."""

    form_class = booking_forms.Declaring
    template_name = "coaching/at_work.html"
    here = "coaching:at-work"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Store nothing of a participant who has stopped. Raises Http404 for somebody who takes no part."""
        enrolment = enrolment_of(request)
        if request.method == "POST" and (refusal := stopped(request, enrolment)):
            return refusal
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context: object) -> dict:
        """Add the second form, how much was declared, and the frame of the side that is signed in."""
        for_coach = self.here.startswith("coach:")
        context.setdefault("myself", booking_forms.Myself())
        return {
            **super().get_context_data(**context),
            "told": keeping_apart.told(self.request.user),
            "for_coach": for_coach,
            "base": "base_staff.html" if for_coach else "base.html",
        }

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Take a person at work or one's own number, or take back the last of it or all."""
        if (do := request.POST.get("do")) in FORGOTTEN:
            keeping_apart.take_back(by=request.user, now=clock.now(), only_last=do == FORGET_LAST)
            messages.success(request, FORGOTTEN[do])
            return redirect(self.here)
        if request.POST.get("do") == "myself":
            return self._myself(request)
        return super().post(request, *args, **kwargs)

    def _myself(self, request: HttpRequest) -> HttpResponse:
        form = booking_forms.Myself(request.POST)
        if not form.is_valid():
            context = self.get_context_data(form=booking_forms.Declaring(), myself=form, faulty=form)
            return self.render_to_response(context, status=TO_PUT_RIGHT)
        keeping_apart.name_oneself(by=request.user, known_as=form.cleaned_data["known_as"], now=clock.now())
        messages.success(request, _("Kept. Lists from work find you by this too."))
        return redirect(self.here)

    def taken(self, form: booking_forms.Declaring) -> HttpResponse:
        """Keep it."""
        keeping_apart.declare(by=self.request.user, now=clock.now(), **form.said)
        messages.success(
            self.request, _("Kept. If this person is here, you two are not offered to each other.")
        )
        return redirect(self.here)


class CoachAtWork(AtWork):
    """The same page for a coach."""

    here = "coach:at-work"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Raises Http404 for somebody who is no coach."""
        own_coach(request)
        return FormPage.dispatch(self, request, *args, **kwargs)


def not_with(request: HttpRequest, booking: uuid.UUID) -> HttpResponse:
    """Ask a coach once more (GET), then keep the two apart (POST): no reason, and neutral words to the other."""
    coach: Coach = own_coach(request)
    found = Booking.objects.filter(coach=coach, pk=booking).exclude(status=Status.HELD)
    one = found.select_related("participant__user", "enrolment__cohort__programme").first()
    if one is None:
        raise Http404
    if request.method == "POST":
        keeping_apart.not_with(
            coach=coach, enrolment=one.enrolment, side=Side.COACH, by=request.user, now=clock.now()
        )
        messages.success(request, _("You are not offered to this person any more. Nobody asks why."))
        return redirect("coach:today")
    context = {"booking": one, "name": one.participant.chosen_name, "zone": coach.time_zone}
    return render(request, "coaching/not_with.html", context)
