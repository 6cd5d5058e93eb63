"""Coaches, for whoever makes and leads them: who can be booked and why not, how much each carries, one at a time."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.form_pages import FormPage
from resilience.accounts.models import Role, User
from resilience.coaching import caseload, drift, interests, making, minimum
from resilience.coaching.bookable import Why
from resilience.coaching.manage import forms
from resilience.coaching.models import Coach
from resilience.participants.models import Programme

TO_PUT_RIGHT = 422
WHY = {
    Why.ENDED: gettext_lazy("ended"),
    Why.NO_PROFILE: gettext_lazy("own profile not done"),
    Why.NO_READING: gettext_lazy("manual not read"),
    Why.NO_PRACTICE: gettext_lazy("practice call not signed off"),
    Why.NO_PHONE: gettext_lazy("no telephone number"),
    Why.NO_PROGRAMME: gettext_lazy("in no programme"),
    Why.NO_HOURS: gettext_lazy("no hours set"),
}


def listed(request: HttpRequest) -> HttpResponse:
    """Show the coaches of somebody's programmes: who can be booked, why not, and how much each carries."""
    among, now = making.shown_to(request.user), clock.now()
    coaches = list(Coach.objects.filter(programmes__in=among).distinct())
    load = caseload.of(coaches, now=now)
    rows = [
        {"coach": coach, "why": [WHY[each] for each in reasons], "load": load[coach.pk]}
        for coach, reasons in minimum.with_reasons(coaches)
    ]
    return render(request, "coaching/manage/list.html", {"rows": rows, "programmes": among})


class New(FormPage):
    """Make a coach."""

    form_class = forms.NewCoach
    template_name = "coaching/manage/new.html"

    def get_form_kwargs(self) -> dict:
        """Offer only the programmes for which this person makes coaches, ticked where there is only one."""
        self.among = making.shown_to(self.request.user)
        only = {"programmes": [each.slug for each in self.among]} if len(self.among) == 1 else {}
        kwargs = super().get_form_kwargs()
        return {**kwargs, "among": self.among, "initial": {**kwargs["initial"], **only}}

    def taken(self, form: forms.NewCoach) -> HttpResponse | None:
        """Make the coach, who is told by e-mail."""
        if not form.chosen:
            form.add_error("programmes", _("Choose at least one programme."))
            return None
        try:
            coach = making.make(
                address=form.cleaned_data["address"], facts=form.facts, programmes=form.chosen,
                by=self.request.user, now=clock.now(),
            )  # fmt: skip
        except making.CoachesAlready:
            form.add_error("address", _("Somebody with this address is a coach already."))
            return None
        messages.success(self.request, _("Made. We write to them how to sign in and what comes first."))
        return redirect("coaches:one", coach.slug)


def followed(user: User, slug: str) -> tuple[Coach, list[Programme]]:
    """Return a coach of somebody's programmes, and those programmes. Raises Http404."""
    among = making.shown_to(user)
    found = Coach.objects.filter(slug=slug, programmes__in=among).select_related("user").distinct().first()
    if found is None:
        raise Http404
    return found, among


def leads(user: User, coach: Coach) -> bool:
    """Return whether somebody leads coaches in a programme of this one."""
    slugs = roles.programmes(user, Role.COACH_LEAD)
    return slugs is None or coach.programmes.filter(slug__in=slugs).exists()


class One(FormPage):
    """One coach: what is missing, what they carry, and what participants see of them."""

    form_class = forms.CoachForm
    template_name = "coaching/manage/one.html"

    def dispatch(self, request: HttpRequest, coach: str) -> HttpResponse:
        """Raises Http404 for a coach of somebody else's programmes."""
        self.coach, self.among = followed(request.user, coach)
        return super().dispatch(request)

    def get_form_kwargs(self) -> dict:
        """Begin with what stands."""
        return {**super().get_form_kwargs(), "among": self.among, "initial": forms.standing(self.coach)}

    def get_context_data(self, **context: object) -> dict:
        """Add how the coach stands; the share of advice is for whoever leads them."""
        now, lead = clock.now(), leads(self.request.user, self.coach)
        [(coach, reasons)] = minimum.with_reasons([self.coach])
        shown = {
            "coach": coach,
            "why": [WHY[each] for each in reasons],
            "practice": getattr(coach, "practice_call", None),
            "practice_missing": Why.NO_PRACTICE in minimum.missing(coach),
            "load": caseload.of([coach], now=now)[coach.pk],
            "blocks": drift.blocks(coach) if lead else None,
            "is_lead": lead,
            "is_me": coach.user_id == self.request.user.pk,
        }
        days = {"practice_form": practice_form(), "end_form": end_form()}
        return super().get_context_data(**{**shown, **days, **context})

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Do what one of the other buttons asks for, else take the form."""
        acts = {"practice": self._signed, "end": self._ended, "again": self._again, "invite": self._invited}
        act = acts.get(request.POST.get("do", ""))
        return act() if act else super().post(request, *args, **kwargs)

    def taken(self, form: forms.CoachForm) -> HttpResponse:
        """Keep what is said of the coach."""
        making.change(
            coach=self.coach, facts=form.facts, programmes=form.chosen, among=self.among, by=self.request.user,
            now=clock.now(),
        )  # fmt: skip
        messages.success(self.request, _("Kept."))
        return redirect(
            "coaches:list" if not form.chosen else "coaches:one", *([self.coach.slug] * bool(form.chosen))
        )

    def _signed(self) -> HttpResponse:
        form = practice_form(self.request.POST)
        if not leads(self.request.user, self.coach):
            raise Http404
        if not form.is_valid():
            return self._again_with(practice_form=form, faults=faults(form))
        try:
            minimum.sign_off(
                coach=self.coach, held_date=form.cleaned_data["day"], by=self.request.user, now=clock.now()
            )
        except minimum.OwnCall:
            return self._again_with(faults=[{"words": _("Somebody else signs off your own practice call.")}])
        messages.success(self.request, _("Signed off."))
        return redirect("coaches:one", self.coach.slug)

    def _ended(self) -> HttpResponse:
        form = end_form(self.request.POST)
        if not form.is_valid():
            return self._again_with(end_form=form, faults=faults(form))
        making.end(
            coach=self.coach, last_date=form.cleaned_data["day"], by=self.request.user, now=clock.now()
        )
        messages.success(self.request, _("Kept. No calls are offered after that day."))
        return redirect("coaches:one", self.coach.slug)

    def _again(self) -> HttpResponse:
        making.begin_again(coach=self.coach, by=self.request.user, now=clock.now())
        messages.success(self.request, _("They coach again."))
        return redirect("coaches:one", self.coach.slug)

    def _invited(self) -> HttpResponse:
        making.tell(self.coach, now=clock.now())
        messages.success(self.request, _("We write to them once more, at the most once a day."))
        return redirect("coaches:one", self.coach.slug)

    def _again_with(self, **shown: object) -> HttpResponse:
        form = self.form_class(among=self.among, initial=forms.standing(self.coach))
        return self.render_to_response(self.get_context_data(form=form, **shown), status=TO_PUT_RIGHT)


def practice_form(data: object = None) -> forms.OnADay:
    """Return the form for the day of a practice call."""
    label = _("When did they hold a practice call with a colleague?")
    return forms.OnADay(data, label=label, last=clock.now().date(), prefix="practice")


def end_form(data: object = None) -> forms.OnADay:
    """Return the form for a coach's last day."""
    return forms.OnADay(data, label=_("Last day"), first=clock.now().date(), prefix="end")


def faults(form: forms.OnADay) -> list[dict]:
    """Return what is to be put right, for the summary on top of the page."""
    return [{"target": f"id_{form.prefix}-day", "words": words} for words in form.errors.get("day", [])]


def wanted(request: HttpRequest) -> HttpResponse:
    """Show which training coaches and leads want, n and percent by role, of each programme."""
    tables = [(each, interests.table(each)) for each in making.shown_to(request.user)]
    return render(request, "coaching/manage/wanted.html", {"tables": tables})
