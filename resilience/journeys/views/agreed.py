"""What somebody agreed to: each purpose with one button, in each programme that they take part in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from resilience import clock
from resilience.journeys import consenting, forms, joining
from resilience.journeys.views.steps import stopped
from resilience.participants import consent, enrolments, reasons
from resilience.participants.models import Enrolment, Purpose, Stage

TO_PUT_RIGHT = 422
YES, NO = "yes", "no"
REFUSED = {
    consenting.Changed: gettext_lazy(
        "The information was changed since you opened this page. Look at it again, then press the button."
    ),
    consent.Unknown: gettext_lazy("This programme does not ask for that. Nothing was changed."),
    consent.Needed: gettext_lazy(
        "To stop taking part, go to “My data”. There you also choose what happens to your data."
    ),
}


class Agreed(View):
    """The page of one person: nobody else has one of theirs."""

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        """Send somebody who has not joined back to joining; answer in words after stopping."""
        enrolment = enrolments.current(request.user)
        if enrolment is None:
            return redirect("journeys:after-sign-in")
        if enrolment.withdrawn_at is not None:
            return stopped(request)
        return super().dispatch(request)

    def one(self, request: HttpRequest) -> Enrolment:
        """Return the enrolment that a post is about; the only one where it names none. Raises Http404."""
        mine = enrolments.living(request.user)
        slug = request.POST.get("programme", "")
        found = [each for each in mine if slug in ("", each.cohort.programme.slug)]
        if not found:
            raise Http404
        return found[0]


class Consent(Agreed):
    """Each consent as it stands, with one button that gives it or takes it back; a change is a new record."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        return _page(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep one new answer; the same once more changes nothing."""
        enrolment, purpose = self.one(request), request.POST.get("purpose", "")
        given = request.POST.get("given")
        if given not in (YES, NO):
            return _page(request, fault=_("Press the button beside what you would like to change."))
        try:
            cancelled = consenting.change(
                enrolment=enrolment,
                purpose=purpose,
                yes=given == YES,
                by=request.user,
                now=clock.now(),
                read=request.POST.get("read", ""),
            )
        except consenting.Stopped:
            return stopped(request)
        except (consent.Unknown, consent.Needed, consenting.Changed) as why:
            return _page(request, fault=REFUSED[type(why)])
        _tell(request, purpose, yes=given == YES, cancelled=cancelled)
        why = "" if given == YES else f"?why={purpose}"
        return redirect(f"{reverse('journeys:consent')}{why}#{purpose.lower()}")


def _tell(request: HttpRequest, purpose: str, *, yes: bool, cancelled: int) -> None:
    words = (
        _("%(what)s: yes. It holds from now on.")
        if yes
        else _("%(what)s: no. It holds from now on, and nothing else changes.")
    )
    messages.success(request, words % {"what": Purpose(purpose).label})
    if cancelled:
        one, more = (
            "We have cancelled the call you had booked.",
            "We have cancelled the calls you had booked.",
        )
        messages.info(request, ngettext(one, more, cancelled))


def _page(request: HttpRequest, *, fault: str = "") -> HttpResponse:
    sheets = [_sheet(each) for each in consenting.sheets(request.user)]
    taken_back = request.GET.get("why", "")
    asks = taken_back in Purpose.values and taken_back != Purpose.TAKE_PART
    context = {
        "sheets": sheets,
        "faults": [{"words": fault}] if fault else [],
        "zone": enrolments.current(request.user).participant.time_zone,
        "reasons": reasons.choices(Stage.CONSENT) if asks else [],
        "stage": Stage.CONSENT,
        "about": taken_back,
        "there": reverse("journeys:why"),
    }
    return render(request, "journeys/consent.html", context, status=TO_PUT_RIGHT if fault else 200)


def _sheet(sheet: consenting.Sheet) -> dict:
    rows = [(each, *forms.WORDS[Purpose(each.purpose)]) for each in sheet.answers]
    programme, version = sheet.enrolment.cohort.programme, sheet.words.version
    return {"programme": programme, "rows": rows, "newer": sheet.newer, "version": version}


class Again(Agreed):
    """Newer words than those somebody agreed to: read them, go on, or leave it for another day."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the newer words; without any go on."""
        newer = [each for each in consenting.sheets(request.user) if each.newer]
        if not newer:
            return redirect("journeys:consent")
        words = joining.information(newer[0].words)
        return render(request, "journeys/again.html", {"sheet": newer[0], "information": words})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep that they go on under the newer words; where these were changed meanwhile, show them again."""
        typed = request.POST.get("version", "")
        kept = typed.isdecimal() and consenting.agree_again(
            enrolment=self.one(request), version=int(typed), by=request.user, now=clock.now()
        )
        if not kept:
            return redirect("journeys:agree-again")
        messages.success(request, _("Thank you. What you agreed to before stands as it was."))
        return redirect("content_pages:my")


def why(request: HttpRequest) -> HttpResponse:
    """Keep why somebody said no, in one tap; what is not offered is not kept."""
    enrolment = enrolments.current(request.user)
    stage, about = request.POST.get("stage", ""), request.POST.get("about", "")
    if enrolment is None or stage not in BACK:
        raise Http404
    if (enrolment.withdrawn_at is None) == (stage == Stage.STOPPED):
        return stopped(request)
    about = about if stage == Stage.CONSENT and about in Purpose.values else ""
    try:
        reasons.give(
            enrolment=enrolment, stage=stage, code=request.POST.get("code", ""), about=about, now=clock.now()
        )
    except reasons.NotOffered:
        return redirect(BACK[stage])
    messages.success(request, _("Thank you. It is counted with others, without your name."))
    return redirect(BACK[stage])


BACK = {
    Stage.NOT_NOW: "journeys:later",
    Stage.CONSENT: "journeys:consent",
    Stage.STOPPED: "journeys:stopped",
}
