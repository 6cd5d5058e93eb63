"""The list of people to talk to, for the leads who keep it true: write, propose, publish by a second person."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts.form_pages import FormPage
from resilience.accounts.models import User
from resilience.organisations import forms, keeping, national, plain, publishing, support
from resilience.organisations.models import SupportRoute

TO_PUT_RIGHT, TOO_LATE = 422, 409
Act = Callable[..., None]


def listed(request: HttpRequest, *, faults: tuple = (), status: int = 200) -> HttpResponse:
    """Show each route that this lead keeps: until when it is shown, and what waits for a second person."""
    context = {"parts": keeping.parts(request.user), "faults": faults}
    return render(request, "organisations/safeguarding.html", context, status=status)


class _Writing(FormPage):
    """A page on which a version of a route is written; kept as a draft, or put before a second person at once."""

    form_class = forms.Route
    template_name = "organisations/route.html"
    version: SupportRoute

    def get_form_kwargs(self) -> dict:
        """Begin with the words of the version; whoever writes keeps it true unless they choose otherwise."""
        owner = self.version.owner or self.request.user.pk
        return {
            **super().get_form_kwargs(),
            "instance": self.version,
            "initial": {"owner": str(owner)},
            "leads": support.leads_of(self.version.organisation),
            "languages": settings.LANGUAGES,
            "for_a_country": self.version.organisation_id is None,
        }

    def get_context_data(self, **context: object) -> dict:
        """Add whose route it is."""
        of = self.version.organisation or dict(national.COUNTRIES)[self.version.country]
        return super().get_context_data(of=of, **context)

    def taken(self, form: forms.Route) -> HttpResponse | None:
        """Keep the words, and propose them where that was asked for."""
        by, now = self.request.user, clock.now()
        try:
            with (
                transaction.atomic()
            ):  # what cannot be proposed is not kept either, so that nothing is stored twice
                version = self.kept(form, by=by, now=now)
                if "propose" in self.request.POST:
                    publishing.propose(version, by=by, now=now)
        except publishing.Over:
            form.add_error("expires_on", _("Choose a day from tomorrow on, within a year."))
            return None
        except publishing.InTheMaking:
            form.add_error(
                None, _("Another version of this is being written already. Open that one in the list.")
            )
            return None
        messages.success(self.request, _said(version))
        return redirect("organisations:safeguarding")

    def kept(self, form: forms.Route, *, by: User, now: datetime) -> SupportRoute:
        """Store the words and return the version."""
        return publishing.begin(self.version, by=by, now=now)


def _said(version: SupportRoute) -> str:
    version.refresh_from_db()
    if version.proposed_by is None:
        return _("Kept as a draft. Nobody else is shown it yet.")
    return _("Kept. Ask a second person to look at it and publish it.")


class New(_Writing):
    """A route that an organisation did not have yet."""

    def dispatch(self, request: HttpRequest, organisation: str) -> HttpResponse:
        """Raises Http404 for an organisation that this lead does not keep."""
        found = get_object_or_404(support.organisations_of(request.user), slug=organisation)
        self.version = SupportRoute(organisation=found)
        return super().dispatch(request)


class InPlaceOf(_Writing):
    """A version of this site's own for a route that ships with the product."""

    def dispatch(self, request: HttpRequest, country: str, shipped: str) -> HttpResponse:
        """Raises Http404 for what does not ship, and for everybody but leads of the whole site."""
        cards = {card.slug: card for card in national.shipped(country, language=national.FIRST_LANGUAGE)}
        if shipped not in cards or not support.keeps_countries(request.user):
            raise Http404
        begun = SupportRoute.objects.filter(country=country, instead_of=shipped, state__in=keeping.LIVE)
        if route := begun.order_by("-version").first():
            return redirect("organisations:route", route.pk)
        card = cards[shipped]
        words = {
            name: getattr(card, name)
            for name in ("label", "text", "phone", "sms", "url", "urgent", "position")
        }
        self.version = SupportRoute(country=country, instead_of=shipped, **words)
        return super().dispatch(request)


class Change(_Writing):
    """The next version of a route."""

    def dispatch(self, request: HttpRequest, route: str) -> HttpResponse:
        """Raises Http404 for a route that this lead does not keep."""
        self.version = _kept_by(request, route)
        return super().dispatch(request)

    def kept(self, form: forms.Route, *, by: User, now: datetime) -> SupportRoute:
        """Store the words as a draft of the version after the one that is shown."""
        stored = SupportRoute.objects.get(pk=self.version.pk)
        return publishing.change(stored, by=by, now=now, **form.cleaned_data)


def proposed(request: HttpRequest, route: str) -> HttpResponse:
    """Put a draft before a second person."""
    return _done(request, route, publishing.propose)


def published(request: HttpRequest, route: str) -> HttpResponse:
    """Show a proposed version; never by whoever proposed it."""
    return _done(request, route, publishing.publish)


def taken_down(request: HttpRequest, route: str) -> HttpResponse:
    """Stop showing a route, or throw a draft away."""
    return _done(request, route, publishing.take_down)


def checked(request: HttpRequest, route: str) -> HttpResponse:
    """Mark one route as checked today."""
    support.mark_as_checked(_kept_by(request, route), by=request.user, now=clock.now())
    return redirect("organisations:safeguarding")


def _kept_by(request: HttpRequest, route: str) -> SupportRoute:
    """Return a version. Raises Http404 for one of an organisation that this person does not keep."""
    return get_object_or_404(support.of_lead(request.user).select_related("organisation"), pk=route)


def _done(request: HttpRequest, route: str, act: Act) -> HttpResponse:
    """Do one thing with a version and show the list, with the reason where it could not be done."""
    version = _kept_by(request, route)
    try:
        act(version, by=request.user, now=clock.now())
    except publishing.SamePerson:
        return _refused(request, _("You proposed this version yourself. A second person publishes it."))
    except publishing.Over:
        words = _(
            "The day until which “%(name)s” is shown must lie within a year. Open it and choose another."
        )
        return _refused(request, words % {"name": version.label})
    except publishing.NotThere:
        return _refused(
            request, _("Somebody else was faster. This is how the list stands now."), status=TOO_LATE
        )
    plain.renew()
    return redirect("organisations:safeguarding")


def _refused(request: HttpRequest, words: str, *, status: int = TO_PUT_RIGHT) -> HttpResponse:
    return listed(request, faults=({"words": words},), status=status)
