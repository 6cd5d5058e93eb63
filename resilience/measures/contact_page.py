"""Ask to be contacted, and the list from which a lead takes it."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resilience import clock
from resilience.accounts.form_pages import FormPage
from resilience.measures import contact_wishes, talking
from resilience.measures.contact_models import By
from resilience.measures.models import ContactWish
from resilience.participants import enrolments

TOO_LATE = 409


class Wish(forms.Form):
    """How somebody wants to be contacted, and when it is safe."""

    how = forms.ChoiceField(
        label=gettext_lazy("How should we contact you?"), choices=By.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )  # fmt: skip
    safe_time = forms.CharField(
        label=gettext_lazy("When is a good time, and what should we know?"), required=False, max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class Ask(FormPage):
    """The page on which somebody asks to be contacted. Raises Http404 for who takes part in nothing."""

    form_class = Wish
    template_name = "measures/contact.html"

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        """Find the person's place in the programme."""
        self.enrolment = enrolments.current(request.user)
        if self.enrolment is None:
            raise Http404
        return super().dispatch(request)

    def get_form(self, form_class: type | None = None) -> Wish:
        """Offer the telephone to those who gave a number."""
        form = super().get_form(form_class)
        if not self.enrolment.participant.phone:
            form.fields["how"].choices = [(By.EMAIL.value, By.EMAIL.label)]
        return form

    def get_context_data(self, **context: object) -> dict:
        """Add people who answer now."""
        return super().get_context_data(routes=talking.routes_of(self.enrolment), **context)

    def taken(self, form: Wish) -> HttpResponse | None:
        """Pass it on, or say plainly that this was not possible."""
        try:
            contact_wishes.ask(enrolment=self.enrolment, now=clock.now(), **form.cleaned_data)
        except contact_wishes.Nobody:
            form.add_error(None, _("We could not pass this on. Please ring one of the people below."))
            return None
        messages.success(
            self.request, _("Passed on. If it cannot wait, ring one of the people on this page.")
        )
        return redirect("measures:contact")


def listed(request: HttpRequest, *, status: int = 200, faults: tuple = ()) -> HttpResponse:
    """Show a lead what waits, without names, and whom they have taken, with them."""
    context = {
        "waiting": contact_wishes.waiting_for(request.user),
        "taken": contact_wishes.taken_by(request.user),
        "faults": faults,
    }
    return render(request, "measures/manage/contact_wishes.html", context, status=status)


def taken(request: HttpRequest, wish: str) -> HttpResponse:
    """Take one. Raises Http404 for one of a programme that this person does not lead in."""
    mine = [each.pk for each in contact_wishes.waiting_for(request.user)]
    found = get_object_or_404(ContactWish, pk=wish)
    try:
        if found.pk not in mine and found.taken_at is None:
            raise Http404
        contact_wishes.take(found, by=request.user, now=clock.now())
    except contact_wishes.Taken:
        return listed(request, status=TOO_LATE, faults=({"words": _("Somebody else has taken it.")},))
    return redirect("instruments:wishes")
