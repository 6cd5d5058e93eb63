"""Before there is a sign-in: the information sheet, the address, the code."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View

from resilience import clock
from resilience.accounts import codes
from resilience.accounts.form_pages import FormPage
from resilience.accounts.forms import Code
from resilience.journeys import forms, joining
from resilience.journeys.views import group
from resilience.participants import enrolments, invitations

JOIN = "join"


class Sheet(View):
    """The information sheet of the open group, or of the one that an invitation leads to."""

    def dispatch(self, request: HttpRequest, code: str = "") -> HttpResponse:
        """Say in words where nobody can join by this address."""
        now = clock.now()
        try:
            self.invitation = invitations.find(code, now=now) if code else None
        except invitations.NotGood as why:
            return _not_good(request, why)
        self.cohort = self.invitation.cohort if self.invitation else enrolments.open_cohort(on=now.date())
        if self.cohort is None or not enrolments.takes_people(self.cohort, on=now.date()):
            return render(request, "journeys/not_open.html")
        return super().dispatch(request, code)

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Show the sheet; note that an invitation was opened."""
        if self.invitation:
            invitations.opened(self.invitation, now=clock.now())
        programme = self.cohort.programme
        try:
            form = joining.form_of(programme)
        except joining.NoWords:
            return render(request, "journeys/not_open.html")
        questions, minutes = joining.burden(programme)
        context = {"programme": programme, "form": form, "words": joining.information(form)}
        return render(request, "journeys/sheet.html", {**context, "questions": questions, "minutes": minutes})

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Remember which group it is, and ask for the address."""
        group.remember(request, cohort=self.cohort, invitation=self.invitation)
        return redirect("journeys:consents" if request.user.is_authenticated else "journeys:address")


def _not_good(request: HttpRequest, why: invitations.NotGood) -> HttpResponse:
    status = 404 if isinstance(why, invitations.Unknown) else 410
    context = {"why": type(why).__name__.lower(), "open": enrolments.open_cohort(on=clock.now().date())}
    return render(request, "journeys/invitation_not_good.html", context, status=status)


class Address(FormPage):
    """Asks for a private address; what is answered is the same for a member and a stranger."""

    form_class = forms.Address
    template_name = "journeys/address.html"

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        """Let somebody who is signed in go on."""
        if request.user.is_authenticated:
            return redirect("journeys:consents")
        return super().dispatch(request)

    def taken(self, form: forms.Address) -> HttpResponse:
        """Send the code."""
        try:
            codes.send(self.request, email=form.cleaned_data["email"].strip().lower(), purpose=JOIN)
        except codes.TooOften:
            return respond_429(self.request)
        return redirect("journeys:code")


class TypeCode(FormPage):
    """Takes the code; only then is there a sign-in of this address."""

    form_class = Code
    template_name = "journeys/code.html"

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        """Go back to the address where no code waits."""
        if request.user.is_authenticated:
            return redirect("journeys:consents")
        self.process = codes.waiting(request, purpose=JOIN)
        if self.process is None:
            return redirect("journeys:address")
        return super().dispatch(request)

    def get_context_data(self, **context: object) -> dict:
        """Add the address."""
        return super().get_context_data(email=self.process.email, **context)

    def taken(self, form: Code) -> HttpResponse | None:
        """Sign in by allauth's own way, second factor included, and go on to the consents."""
        try:
            right = codes.is_right(self.process, form.cleaned_data["code"])
        except codes.TooManyTries:
            messages.error(self.request, _("That was too many tries. Ask for a new code."))
            return redirect("journeys:address")
        if not right:
            form.add_error("code", _("That is not the code. Check it, or ask for a new one."))
            return None
        email = self.process.email
        user = joining.person(email=email)
        record_authentication(self.request, user, method="code", email=email)
        onwards = group.address(self.request, user=user)
        return perform_login(self.request, Login(user=user, email=email, redirect_url=onwards))
