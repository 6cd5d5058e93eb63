"""For those who lead coaches or run a programme: the times that are wanted, other ways to talk, who is above whom."""

import uuid
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.form_pages import FormPage
from resilience.accounts.models import Role, User
from resilience.coaching import booking as bookings
from resilience.coaching import (
    booking_forms,
    keeping_apart,
    no_time,
    offers,
    other_ways,
    relations_file,
    slots,
    whom,
)
from resilience.coaching.availability import Slot
from resilience.coaching.booking_models import CoachChange, WorkRelation
from resilience.coaching.models import Coach
from resilience.organisations import describing
from resilience.participants import consent
from resilience.participants.models import Programme

LOOKED_BACK = timedelta(days=90)
SHOWN = 4


def _programmes(user: User, *wanted: str) -> list[Programme]:
    """Return the programmes in which somebody holds one of these roles."""
    held = [roles.programmes(user, role) for role in wanted if role in user.roles]
    found = Programme.objects.order_by("public_name")
    if None not in held:
        found = found.filter(slug__in=set().union(*[each for each in held if each]))
    return list(found)


def calls(request: HttpRequest) -> HttpResponse:
    """Show which times are wanted, how many wait or changed their coach, and what is to be arranged."""
    programmes = _programmes(request.user, Role.COACH_LEAD, Role.MANAGER)
    since = clock.now() - LOOKED_BACK
    changes = CoachChange.objects.filter(cohort__programme__in=programmes, on_date__gte=since.date())
    led = _programmes(request.user, Role.COACH_LEAD)
    context = {
        "days": no_time.DAYS,
        "wanted": no_time.wanted(programmes, since=since),
        "waiting": no_time.waiting(programmes),
        "changes": changes.count(),
        "to_arrange": other_ways.to_arrange(led),
        "leads": roles.holds(request.user, Role.COACH_LEAD),
    }
    return render(request, "coaching/planning.html", context)


class Arrange(FormPage):
    """One wish to talk another way, and the booking that answers it."""

    form_class = booking_forms.Arranging
    template_name = "coaching/arrange.html"

    def dispatch(
        self, request: HttpRequest, *args: object, asked: uuid.UUID, **kwargs: object
    ) -> HttpResponse:
        """Raises Http404 for what is not to be arranged by this person."""
        to_arrange = other_ways.to_arrange(_programmes(request.user, Role.COACH_LEAD))
        self.asked = next((each for each in to_arrange if each.pk == asked), None)
        if self.asked is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict:
        """Offer the coaches whom this person may talk to."""
        return {**super().get_form_kwargs(), "coaches": whom.open_to(self.asked.enrolment)}

    def get_initial(self) -> dict:
        """Begin with the free time that was tapped."""
        return {name: self.request.GET.get(name, "") for name in ("coach", "date", "time")}

    def get_context_data(self, **context: object) -> dict:
        """Add what was asked, which times would suit, and which are free."""
        days, parts = no_time.wishes(self.asked.enrolment)
        more = {"asked": self.asked, "days": days, "parts": parts, "free": self._free()}
        return {**super().get_context_data(**context), **more}

    def _free(self) -> list[tuple[Coach, list[Slot]]]:
        """Return the next free times of each coach whom this person may talk to."""
        return [
            (coach, slots.next_free(coaches=[coach], length=self._length(), now=clock.now(), most=SHOWN))
            for coach in whom.open_to(self.asked.enrolment)
        ]

    def _length(self) -> timedelta:
        return timedelta(minutes=self.asked.enrolment.cohort.programme.call_minutes)

    def taken(self, form: booking_forms.Arranging) -> HttpResponse | None:
        """Book it; a time outside the coach's hours is asked about first."""
        agreed = form.agreed
        hours = {"coach": agreed["coach"], "starts_at": agreed["starts_at"], "length": self._length()}
        if not form.cleaned_data["outside"] and not slots.in_hours(**hours):
            form.ask_about_hours()
            return None
        try:
            other_ways.arrange(self.asked, by=self.request.user, now=clock.now(), **agreed)
        except bookings.TooLate:
            form.add_error("date", _("Choose a time that is still to come."))
            return None
        except bookings.SlotTaken:
            form.add_error("time", _("One of the two has something else then. Choose another time."))
            return None
        except (offers.NotOffered, consent.NotConsented):
            form.add_error(None, _("This person cannot have a call booked now."))
            return None
        messages.success(self.request, _("It is arranged. Both get an e-mail with the time."))
        return redirect("manage-calls:calls")


class Relations(FormPage):
    """Who is above whom in a whole organisation, from a list of everybody in it."""

    form_class = booking_forms.Relations
    template_name = "coaching/relations.html"

    def dispatch(
        self, request: HttpRequest, *args: object, organisation: str, **kwargs: object
    ) -> HttpResponse:
        """Raises Http404 for an organisation that this person does not manage."""
        managed = {each.slug: each for each in describing.managed_by(request.user)}
        if organisation not in managed:
            raise Http404
        self.organisation = managed[organisation]
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context: object) -> dict:
        """Add when the last list came, and how much stood in it."""
        taken = WorkRelation.objects.filter(organisation=self.organisation).order_by("-learned_at")
        return {
            **super().get_context_data(**context),
            "organisation": self.organisation,
            "columns": relations_file.COLUMNS.items(),
            "newest": taken.first(),
            "known": taken.count(),
        }

    def taken(self, form: booking_forms.Relations) -> HttpResponse | None:
        """Take it in, in place of the one before; nothing is said of anybody in it."""
        try:
            relations = relations_file.read(form.cleaned_data["file"])
        except relations_file.NotAList as refused:
            for words in refused.faults:
                form.add_error("file", words)
            return None
        keeping_apart.take_in(
            organisation=self.organisation, relations=relations, by=self.request.user, now=clock.now()
        )
        messages.success(self.request, _("The list is taken in, in place of the one before."))
        return redirect("manage-calls:relations", self.organisation.slug)
