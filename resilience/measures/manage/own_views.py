"""A site's own instrument: upload, revise, ask experts, try out, lock; and the page on which an expert rates it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts.form_pages import FormPage
from resilience.measures import catalogue, own_versions, reviews, site_words
from resilience.measures.instrument_models import Locked, Stage
from resilience.measures.manage import forms
from resilience.measures.manage.views import add_faults
from resilience.measures.models import OwnInstrument
from resilience.participants import freezing

TO_PUT_RIGHT, TOO_LATE = 422, 409


class _Writing(FormPage):
    form_class = forms.OwnForm
    template_name = "measures/manage/write.html"

    def taken(self, form: forms.OwnForm) -> HttpResponse | None:
        """Keep the two files, or say what is wrong with them."""
        try:
            version = self.kept(rules=form.cleaned_data["rules"], words=form.cleaned_data["words"])
        except catalogue.Faulty as why:
            add_faults(form, "rules" if why.file == "the rules" else "words", why)
        except own_versions.Taken:
            form.add_error(
                "rules", _("An instrument that ships with the product has this key. Choose another.")
            )
        except own_versions.NotLater as why:
            words = _("There is a version %(version)s already. Give this one a higher number.")
            form.add_error("rules", words % {"version": why})
        except own_versions.InTheMaking:
            form.add_error("rules", _("Another version of it is being written. Open that one in the list."))
        except own_versions.AnotherOne:
            form.add_error("rules", _("Keep the key and the version as they are."))
        except Locked:
            form.add_error(None, _("This version is fixed by now. Upload a new version instead."))
        else:
            messages.success(self.request, _("Kept."))
            return redirect("instruments:own", version.pk)
        return None

    def kept(self, *, rules: str, words: str) -> OwnInstrument:
        """Store the files and return the version."""
        return own_versions.begin(rules=rules, words=words, by=self.request.user, now=clock.now())


class New(_Writing):
    """The first draft of a version."""


class Revise(_Writing):
    """Other rules or words for a draft; with experts this begins the next review."""

    def dispatch(self, request: HttpRequest, version: str) -> HttpResponse:
        """Raises Http404 for what is not there."""
        self.version = get_object_or_404(OwnInstrument, pk=version)
        return super().dispatch(request)

    def get_initial(self) -> dict:
        """Begin with what stands."""
        return {"rules": self.version.rules, "words": self.version.words}

    def get_context_data(self, **context: object) -> dict:
        """Add the version."""
        return super().get_context_data(version=self.version, **context)

    def kept(self, *, rules: str, words: str) -> OwnInstrument:
        """Put the files in the place of those that stand."""
        return own_versions.revise(
            self.version, rules=rules, words=words, by=self.request.user, now=clock.now()
        )


def own(request: HttpRequest, version: str, *, status: int = 200, **further: object) -> HttpResponse:
    """Show a version: where it stands, what experts said, what can be done next."""
    found = get_object_or_404(OwnInstrument.objects.select_related("piloted_in"), pk=version)
    context = {
        "version": found,
        "instrument": site_words.read(found),
        "reviews": reviews.summary(found),
        "experts": found.experts.order_by("asked_at"),
        "ask": forms.ExpertForm(),
        "pilot": forms.PilotForm(programmes=freezing.programmes_run_by(user=request.user)),
    }
    return render(request, "measures/manage/own.html", context | further, status=status)


def sent_to_experts(request: HttpRequest, version: str) -> HttpResponse:
    """Open the first review."""
    return _done(request, version, own_versions.send_to_experts)


def locked(request: HttpRequest, version: str) -> HttpResponse:
    """Fix a version for good."""
    return _done(request, version, own_versions.lock)


def asked(request: HttpRequest, version: str) -> HttpResponse:
    """Make a link for an expert, and show it once."""
    found = get_object_or_404(OwnInstrument, pk=version)
    if found.stage not in (Stage.DRAFT, Stage.IN_REVIEW):
        return _refused(
            request, version, _("Experts rate a version before it is tried out."), status=TOO_LATE
        )
    form = forms.ExpertForm(request.POST)
    if not form.is_valid():
        return own(request, version, status=TO_PUT_RIGHT, ask=form, wrong=form)
    known_as = form.cleaned_data["known_as"]
    link = reviews.ask(found, known_as=known_as, by=request.user, now=clock.now())
    words = _("The link for %(expert)s is ready. Copy it now: it cannot be shown again. %(link)s")
    messages.success(request, words % {"expert": known_as, "link": link})
    return redirect("instruments:own", version)


def tried_out(request: HttpRequest, version: str) -> HttpResponse:
    """Let one programme ask it."""
    form = forms.PilotForm(request.POST, programmes=freezing.programmes_run_by(user=request.user))
    if not form.is_valid():
        return own(request, version, status=TO_PUT_RIGHT, pilot=form, wrong=form)
    return _done(request, version, own_versions.try_out, programme=form.cleaned_data["programme"])


def _done(request: HttpRequest, version: str, act: Callable, **more: object) -> HttpResponse:
    found = get_object_or_404(OwnInstrument, pk=version)
    try:
        act(found, by=request.user, now=clock.now(), **more)
    except own_versions.NotRated:
        return _refused(
            request, version, _("No expert has rated these words yet. Wait for one, or ask another.")
        )
    except own_versions.NotTriedOut:
        return _refused(
            request, version, _("Nobody has answered it yet. Plan it in the programme that tries it out.")
        )
    except own_versions.NotThere:
        return _refused(
            request, version, _("Somebody else was faster. This is how it stands now."), status=TOO_LATE
        )
    return redirect("instruments:own", version)


def _refused(request: HttpRequest, version: str, words: str, *, status: int = TO_PUT_RIGHT) -> HttpResponse:
    return own(request, version, status=status, faults=({"words": words},))


def expert(request: HttpRequest, code: str) -> HttpResponse:
    """Show an expert the items as they stand (GET), or take their ratings (POST). Raises Http404 for another link."""
    try:
        who = reviews.expert_of(code)
        review = reviews.open_for(who)
    except reviews.Unknown:
        raise Http404 from None
    except reviews.NothingOpen:
        return render(request, "measures/manage/expert.html", {"closed": True})
    except reviews.RatedBefore:
        return render(request, "measures/manage/expert.html", {"thanks": True})
    instrument = reviews.instrument_of(review)
    form = forms.RatingForm(request.POST or None, items=list(instrument.items))
    context = {"form": form, "instrument": instrument, "review": review}
    if request.method == "POST" and form.is_valid():
        return _rated(request, code, context | {"expert": who})
    status = TO_PUT_RIGHT if form.errors else 200
    return render(request, "measures/manage/expert.html", context, status=status)


def _rated(request: HttpRequest, code: str, context: dict) -> HttpResponse:
    form, review = context["form"], context["review"]
    if request.POST.get("review") != str(review.pk):
        words = _(
            "The words have changed since you opened this page. Please read them again before you rate them."
        )
        return render(
            request,
            "measures/manage/expert.html",
            context | {"faults": ({"words": words},)},
            status=TO_PUT_RIGHT,
        )
    try:
        reviews.rate(review=review, expert=context["expert"], said=form.said, now=clock.now())
    except (reviews.RatedBefore, reviews.NothingOpen):
        return render(request, "measures/manage/expert.html", {"thanks": True}, status=TOO_LATE)
    return redirect("instruments:expert", code)
