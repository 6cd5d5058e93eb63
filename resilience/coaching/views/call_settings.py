"""The page on which a manager settles how a programme's calls are."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from resilience import clock
from resilience.coaching import call_settings, costing, hours_forms
from resilience.coaching.models import Coach
from resilience.participants.managed_pages import OfProgramme


class Calls(OfProgramme):
    """How long a call is, how many there are and until when; the coaches who hold them, and what they cost."""

    form_class = hours_forms.Calls
    template_name = "coaching/call_settings.html"

    def get_initial(self) -> dict:
        """Begin with what holds now."""
        return {name: getattr(self.programme, name) for name in self.form_class.base_fields}

    def get_context_data(self, **context: object) -> dict:
        """Add the coaches of the programme, and what the carrier charged for its calls."""
        coaches = Coach.objects.filter(programmes=self.programme).order_by("-is_active", "shown_name")
        return super().get_context_data(
            **context, coaches=coaches, costs=costing.of_programme(self.programme)
        )

    def taken(self, form: hours_forms.Calls) -> HttpResponse:
        """Keep it."""
        told = form.cleaned_data
        call_settings.settle(
            programme=self.programme, minutes=told["call_minutes"], offered=told["calls_offered"],
            close_after_days=told["calls_close_after_days"], by=self.request.user, now=clock.now(),
        )  # fmt: skip
        return self.back(_("This is saved. Calls that are booked keep their length."))
