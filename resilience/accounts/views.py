"""Pages around a sign-in that allauth does not have."""

from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from resilience import languages
from resilience.accounts import codes, device, forms
from resilience.accounts.form_pages import FormPage

AGAIN = "again"


def next_page(request: HttpRequest) -> str:
    """Return the page to go on to: `next` where it is ours, else the page that suits the person's role."""
    there = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return there
    return languages.spoken(settings.LOGIN_REDIRECT_URL)


class WithNext:
    """Carries `next` through a form."""

    def get_context_data(self, **context: object) -> dict:
        """Add where the page goes on to."""
        return super().get_context_data(next=next_page(self.request), **context)


class Device(WithNext, FormPage):
    """Asks once, after a code, whose device this is."""

    form_class = forms.Device
    template_name = "accounts/device.html"

    def taken(self, form: forms.Device) -> HttpResponse:
        """Let the sign-in last as long as the device allows."""
        device.choose(self.request, form.cleaned_data["device"])
        return HttpResponseRedirect(next_page(self.request))


class Again(WithNext, TemplateView):
    """Offers a fresh code before private text is shown; the button sends it."""

    template_name = "accounts/again.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send the code and go to where it is typed."""
        try:
            codes.send(request, email=request.user.email, purpose=AGAIN)
        except codes.TooOften:
            return respond_429(request)
        return redirect(f"{reverse('accounts:again-code')}?{urlencode({'next': next_page(request)})}")


class AgainCode(WithNext, FormPage):
    """Takes the fresh code."""

    form_class = forms.Code
    template_name = "accounts/again_code.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Go back to the offer where no code waits."""
        self.process = codes.waiting(request, purpose=AGAIN)
        if self.process is None:
            return redirect(f"{reverse('accounts:again')}?{urlencode({'next': next_page(request)})}")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context: object) -> dict:
        """Add the address."""
        return super().get_context_data(email=self.request.user.email, **context)

    def taken(self, form: forms.Code) -> HttpResponse | None:
        """Go on to the private text when the code is right."""
        try:
            right = codes.is_right(self.process, form.cleaned_data["code"])
        except codes.TooManyTries:
            messages.error(self.request, _("That was too many tries. Ask for a new code."))
            return redirect(f"{reverse('accounts:again')}?{urlencode({'next': next_page(self.request)})}")
        if not right:
            form.add_error("code", _("That is not the code. Check it, or ask for a new one."))
            return None
        device.show(self.request)
        return HttpResponseRedirect(next_page(self.request))


def to_sign_in(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Send Wagtail's own sign-in and reset pages to the one way in."""
    return redirect(f"{reverse('account_login')}?{urlencode({'next': '/cms/'})}")
