"""After the code: consents, about you, is this a good time. Each step can be left and found again."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts.form_pages import FormPage
from resilience.journeys import consenting, forms, forms_about_you, joining
from resilience.journeys.views import group
from resilience.organisations import support
from resilience.participants import about_you, enrolments, invitations, numbers_of, reasons
from resilience.participants.models import Enrolment, Readiness, Stage
from resilience.telephony import numbers

STOPPED = 409


class Consents(FormPage):
    """A tick for each purpose, on one page."""

    form_class = forms.Consents
    template_name = "journeys/consents.html"

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        """Let somebody who has joined go on, and say in words where there is no group to join."""
        enrolment = enrolments.current(request.user)
        found = group.chosen(request)
        if enrolment and (found is None or found[0].pk == enrolment.cohort_id):
            return stopped(request) if enrolment.withdrawn_at else redirect(joining.next_step(enrolment))
        if found is None:
            return render(request, "journeys/not_open.html")
        whole = group.address(request, user=request.user)
        if request.method != "POST" and group.FIELD not in request.GET and whole != request.path:
            return redirect(whole)
        self.cohort, self.invitation = found
        try:
            self.words = joining.form_of(self.cohort.programme)
        except joining.NoWords:
            return render(request, "journeys/not_open.html")
        return super().dispatch(request)

    def get_form_kwargs(self) -> dict:
        """Ask for what this programme asks."""
        return {**super().get_form_kwargs(), "purposes": consenting.purposes(self.cohort.programme)}

    def get_context_data(self, **context: object) -> dict:
        """Add the version that is agreed to."""
        return super().get_context_data(
            words=self.words,
            information=joining.information(self.words),
            reasons=reasons.choices(Stage.JOINING),
            **context,
        )

    def taken(self, form: forms.Consents) -> HttpResponse:
        """Join; where the information was changed since they opened the page, ask them to look again first."""
        if self.request.POST.get("read", str(self.words.pk)) != str(self.words.pk):
            form.add_error(
                None,
                _("The information was changed since you opened this page. Look at it again, then join."),
            )
            return None
        try:
            enrolment = joining.join(
                user=self.request.user,
                cohort=self.cohort,
                invitation=self.invitation,
                form=self.words,
                given=form.given,
                now=clock.now(),
            )
        except (invitations.NotGood, joining.Closed) as why:
            return render(self.request, "journeys/invitation_not_good.html", {"why": _why(why)}, status=410)
        except enrolments.AlreadyIn:
            return redirect("journeys:after-sign-in")
        group.forget(self.request)
        return redirect(joining.next_step(enrolment))


def _why(why: Exception) -> str:
    return type(why).__name__.lower()


def stopped(request: HttpRequest) -> HttpResponse:
    """Say that this person has stopped taking part; what a page kept open sends is not stored."""
    refused = request.method == "POST"
    return render(request, "journeys/stopped.html", {"refused": refused}, status=STOPPED if refused else 200)


class Step(FormPage):
    """A page for somebody who has joined; `self.enrolment` is theirs."""

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        """Send somebody who has not joined back to joining; answer in words after stopping."""
        enrolment = enrolments.current(request.user)
        if enrolment is None:
            return redirect("journeys:after-sign-in")
        self.enrolment = enrolment
        if enrolment.withdrawn_at is not None:
            return stopped(request)
        return super().dispatch(request)

    def get_context_data(self, **context: object) -> dict:
        """Add the enrolment."""
        return super().get_context_data(enrolment=self.enrolment, **context)


class AboutYou(Step):
    """Five questions, a name for a coach, a number where one is needed."""

    form_class = forms_about_you.AboutYou
    template_name = "journeys/about_you.html"

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        """A second sending of the same page goes on; it changes nothing."""
        response_of = super().dispatch
        enrolment = enrolments.current(request.user)
        if enrolment and enrolment.withdrawn_at is None and enrolment.about_you_at is not None:
            return redirect(joining.next_step(enrolment))
        return response_of(request)

    def get_form_kwargs(self) -> dict:
        """Ask for a number only where calls or texts were agreed to."""
        wanted = {"cohort": self.enrolment.cohort, "with_number": joining.wants_a_number(self.enrolment)}
        return {**super().get_form_kwargs(), **wanted}

    def taken(self, form: forms_about_you.AboutYou) -> HttpResponse:
        """Keep the answers."""
        said = form.cleaned_data
        number = joining.tell_about_you(
            enrolment=self.enrolment,
            about=said,
            chosen_name=said["chosen_name"],
            phone=said.get("phone", ""),
            by=self.request.user,
            now=clock.now(),
        )
        tell_of_landline(self.request, number)
        more = about_you.further(self.enrolment.cohort.programme)
        return redirect("journeys:further" if more else "journeys:readiness")


class Further(Step):
    """The questions that a programme has to give a reason for, on a page of their own; open later too."""

    form_class = forms_about_you.Further
    template_name = "journeys/further.html"

    def get_form_kwargs(self) -> dict:
        """Ask only what the programme says why of."""
        return {**super().get_form_kwargs(), "programme": self.enrolment.cohort.programme}

    def get_initial(self) -> dict:
        """Return what was said before."""
        return about_you.described(self.enrolment.respondent)

    def get_context_data(self, **context: object) -> dict:
        """Say whether this is a step of joining."""
        return super().get_context_data(joining=not self.enrolment.readiness, **context)

    def taken(self, form: forms_about_you.Further) -> HttpResponse:
        """Keep the answers; while joining go on, later lead back."""
        about_you.tell_further(enrolment=self.enrolment, said=form.cleaned_data, now=clock.now())
        return redirect("journeys:data" if self.enrolment.readiness else "journeys:readiness")


def not_for_me(request: HttpRequest) -> HttpResponse:
    """Count why somebody would rather not take part, beside nobody, and sign them out."""
    found, code = group.chosen(request), request.POST.get("code", "")
    if found is not None and enrolments.current(request.user) is None:
        try:
            reasons.count(cohort=found[0], stage=Stage.JOINING, code=code, now=clock.now())
        except reasons.NotOffered:
            pass
    logout(request)
    return redirect("/")


def tell_of_landline(request: HttpRequest, number: numbers.Number | None) -> None:
    """Say what a landline can and cannot do."""
    if words := numbers_of.limits(number):
        messages.info(request, words)


class GoodTime(Step):
    """Three questions that are not kept, then the way that the person chooses.

    What is suggested comes in the answer itself: a redirect would write it into an address, and so into a history.
    """

    template_name = "journeys/readiness.html"

    def get_form_class(self) -> type:
        """Return the questions first, then the ways."""
        chooses = "way" in self.request.GET or "suggested" in self.request.POST
        return forms.Way if chooses else forms.GoodTime

    def get_context_data(self, **context: object) -> dict:
        """Add what is suggested and people to talk to."""
        context.setdefault("suggested", self.request.POST.get("suggested", ""))
        routes = support.cards(self.enrolment.belongs_to, self.enrolment.belongs_as)
        return super().get_context_data(routes=routes, ways=Readiness, **context)

    def taken(self, form: forms.GoodTime | forms.Way) -> HttpResponse:
        """Suggest a way, or keep the chosen one."""
        said = form.cleaned_data
        if isinstance(form, forms.GoodTime):
            way = joining.suggest(heavy=said["heavy"], good_time=said["good_time"], someone=said["someone"])
            return self.render_to_response(self.get_context_data(form=forms.Way(), suggested=way))
        joining.choose(
            enrolment=self.enrolment,
            way=said["way"],
            ask_again_on=said["ask_again_on"],
            by=self.request.user,
            now=clock.now(),
        )
        return redirect("journeys:later" if said["way"] == Readiness.NOT_NOW else "measures:due")


def later(request: HttpRequest) -> HttpResponse:
    """Say what happens after "not now"."""
    enrolment: Enrolment | None = enrolments.current(request.user)
    if enrolment is None or enrolment.readiness != Readiness.NOT_NOW:
        return redirect("journeys:after-sign-in")
    if enrolment.withdrawn_at is not None:
        return stopped(request)
    asks = not reasons.said(enrolment, Stage.NOT_NOW)
    context = {"reasons": reasons.choices(Stage.NOT_NOW) if asks else [], "stage": Stage.NOT_NOW}
    return render(
        request, "journeys/later.html", {"enrolment": enrolment, **context, "there": reverse("journeys:why")}
    )
