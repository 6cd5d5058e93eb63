"""Pages on which an evaluator opens an evaluation, writes its plan, freezes it, and says what was done otherwise."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.form_pages import FormPage
from resilience.accounts.models import Role
from resilience.evaluation import (
    approached,
    complaints,
    opening_forms,
    plan_forms,
    plan_page,
    plans,
    versions,
)
from resilience.evaluation.views import find
from resilience.participants.models import Programme

KEEP, FREEZE, DROP = "keep", "freeze", "drop"


class New(FormPage):
    """Open an evaluation of one of the programmes that this evaluator works for."""

    form_class = opening_forms.NewEvaluation
    template_name = "evaluation/new.html"

    def get_form_kwargs(self) -> dict:
        """Offer only the programmes that this person evaluates."""
        allowed = roles.programmes(self.request.user, Role.EVALUATOR)
        found = Programme.objects.order_by("public_name", "slug")
        programmes = found if allowed is None else found.filter(slug__in=allowed)
        return {**super().get_form_kwargs(), "programmes": programmes}

    def taken(self, form: opening_forms.NewEvaluation) -> HttpResponse | None:
        """Open it, and go on to its plan."""
        try:
            made = plans.open_draft(by=self.request.user, now=clock.now(), **form.cleaned_data)
        except plans.NoTimepoints:
            form.add_error(
                "programme", _("This programme asks nothing yet. Its manager sets up the questions first.")
            )
            return None
        except plans.Taken:
            form.add_error("slug", _("This short name is taken. Choose another."))
            return None
        messages.success(
            self.request, _("Opened. Now decide what the report will say, before you see any of it.")
        )
        return redirect("evaluation:plan", made.slug)


class OfEvaluation(FormPage):
    """A form about one evaluation that this person works for."""

    def dispatch(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Raise Http404 for an evaluation that this person does not work for."""
        self.evaluation = find(request, slug)
        self.plan = self.evaluation.plan
        return super().dispatch(request)

    def get_context_data(self, **context: object) -> dict:
        """Add the evaluation and its plan."""
        return super().get_context_data(evaluation=self.evaluation, plan=self.plan, **context)

    def back(self, words: str) -> HttpResponse:
        """Return to the plan with words on what was done."""
        messages.success(self.request, words)
        return redirect("evaluation:plan", self.evaluation.slug)


class _Writing(OfEvaluation):
    form_class = plan_forms.PlanForm

    def get_form_kwargs(self) -> dict:
        """Put in what was written before."""
        written = {"evaluation": self.evaluation, "content": versions.written(self.plan)}
        return {**super().get_form_kwargs(), **written}

    def keep(self, form: plan_forms.PlanForm) -> None:
        """Keep what was typed."""
        now = clock.now()
        versions.write(self.plan, typed=form.typed(), by=self.request.user, now=now)
        approached.tell(evaluation=self.evaluation, numbers=form.approached(), by=self.request.user, now=now)


class Plan(_Writing):
    """The plan: a form while it is written, and a page to read once it is frozen."""

    template_name = "evaluation/plan_form.html"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Show the plan."""
        if self.plan.frozen_at is not None:
            return render(request, "evaluation/plan.html", plan_page.context(self.evaluation))
        return super().get(request)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Keep or freeze; a plan that somebody froze in the meantime stays, and the page says so with 409."""
        if self.plan.frozen_at is not None:
            return render(request, "evaluation/plan.html", plan_page.context(self.evaluation), status=409)
        return super().post(request)

    def taken(self, form: plan_forms.PlanForm) -> HttpResponse | None:
        """Keep what was typed; freeze it where that was asked."""
        self.keep(form)
        if self.request.POST.get("do") != FREEZE:
            return self.back(_("Kept. Nothing is decided before you freeze it."))
        try:
            versions.freeze(self.plan, by=self.request.user, now=clock.now())
        except versions.Unfinished as lacks:
            for key, words in lacks.faults.items():
                form.add_error(key, words)
            return None
        except plans.AlreadyFrozen:
            return self.back(_("Somebody froze it in the meantime. This is how it stands."))
        return self.back(_("Frozen, with its date and fingerprint. You can ask for a report now."))


class NextVersion(_Writing):
    """A new version of a frozen plan: the old one is kept, and the reason is printed."""

    template_name = "evaluation/plan_next.html"

    def dispatch(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Lead to the plan itself while it is not frozen."""
        if find(request, slug).plan.frozen_at is None:
            return redirect("evaluation:plan", slug)
        return super().dispatch(request, slug)

    def get_context_data(self, **context: object) -> dict:
        """Add the form for the reason."""
        return super().get_context_data(
            **{"why": plan_forms.Why(), "number": self.plan.version + 1} | context
        )

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Throw the new version away where that was asked; else read the form."""
        if request.POST.get("do") == DROP:
            versions.drop_next(self.plan, by=request.user, now=clock.now())
            return self.back(_("The new version is thrown away. The frozen plan stands."))
        return super().post(request)

    def taken(self, form: plan_forms.PlanForm) -> HttpResponse | None:
        """Keep what was typed; freeze it in place of the old version where that was asked, with a reason."""
        self.keep(form)
        if self.request.POST.get("do") != FREEZE:
            return self.back(_("The new version is kept as a draft. The frozen plan still stands."))
        why = plan_forms.Why(self.request.POST)
        if not why.is_valid():
            form.add_error(None, why.errors["why"])
            return None
        return self._replaced(form, why.cleaned_data["why"])

    def _replaced(self, form: plan_forms.PlanForm, why: str) -> HttpResponse | None:
        try:
            versions.replace(self.plan, why=why, by=self.request.user, now=clock.now())
        except versions.Unfinished as lacks:
            for key, words in lacks.faults.items():
                form.add_error(key, words)
            return None
        except versions.NothingNew:
            form.add_error(None, _("Nothing is different from the frozen plan."))
            return None
        return self.back(
            _("The new version is frozen. The old one is kept, and the report prints the reason.")
        )

    def form_invalid(self, form: plan_forms.PlanForm) -> HttpResponse:
        """Show the form again, with the reason that was typed."""
        why = plan_forms.Why(self.request.POST) if self.request.POST.get("do") == FREEZE else plan_forms.Why()
        return self.render_to_response(self.get_context_data(form=form, why=why), status=422)


class Deviation(OfEvaluation):
    """Say what was done otherwise than the frozen plan says."""

    form_class = plan_forms.Deviation
    template_name = "evaluation/deviation.html"

    def taken(self, form: plan_forms.Deviation) -> HttpResponse | None:
        """Keep it."""
        try:
            versions.deviate(self.plan, by=self.request.user, now=clock.now(), **form.cleaned_data)
        except versions.NotFrozen:
            form.add_error(None, _("The plan is not frozen yet: change it instead."))
            return None
        return self.back(_("Written down. The report prints it with its reason."))


class Approached(OfEvaluation):
    """Tell how many were approached, before or after the plan is frozen: it is a fact and no decision."""

    form_class = plan_forms.Approached
    template_name = "evaluation/approached.html"

    def get_initial(self) -> dict:
        """Put in what was told before."""
        return dict(self.evaluation.approached)

    def taken(self, form: plan_forms.Approached) -> HttpResponse:
        """Keep the numbers."""
        approached.tell(
            evaluation=self.evaluation, numbers=form.cleaned_data, by=self.request.user, now=clock.now()
        )
        return self.back(_("Kept."))


class Complaints(OfEvaluation):
    """Tell how many complaints were made of the programme, as often as there is news."""

    form_class = plan_forms.Complaints
    template_name = "evaluation/complaints.html"

    def get_initial(self) -> dict:
        """Put in what was told before."""
        return {"number": self.evaluation.complaints}

    def taken(self, form: plan_forms.Complaints) -> HttpResponse:
        """Keep the number."""
        number = form.cleaned_data["number"]
        complaints.tell(evaluation=self.evaluation, number=number, by=self.request.user, now=clock.now())
        return self.back(_("Kept. The next report shows it."))


def earlier(request: HttpRequest, slug: str, version: str) -> HttpResponse:
    """Show a version of the plan that a later one replaced."""
    found = find(request, slug)
    if not version.isdecimal():
        raise Http404
    return render(request, "evaluation/plan.html", plan_page.earlier(found, version))
