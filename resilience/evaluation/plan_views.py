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

    def taken(self, form: plan_forms.PlanForm) -> HttpResponse | None:
        """Keep what was typed; where freezing was asked, go on to what would be fixed, if nothing is lacking."""
        self.keep(form)
        if not self.freezing():
            return self.back(self.kept())
        self.name_what_lacks(form)
        return None if form.errors else redirect("evaluation:plan_freeze", self.evaluation.slug)

    def keep(self, form: plan_forms.PlanForm) -> None:
        """Keep what was typed."""
        now = clock.now()
        versions.write(self.plan, typed=form.typed(), by=self.request.user, now=now)
        approached.tell(evaluation=self.evaluation, numbers=form.approached(), by=self.request.user, now=now)

    def freezing(self) -> bool:
        """Whether freezing was asked for."""
        return self.request.POST.get("do") == FREEZE

    def name_what_lacks(self, form: plan_forms.PlanForm) -> None:
        """Say at once all that stands in the way of freezing, beside what is odd on the form."""
        for key, words in versions.faults_of(self.plan, form.sound()).items():
            if key not in form.errors:
                form.add_error(key, words)

    def form_invalid(self, form: plan_forms.PlanForm) -> HttpResponse:
        """Show the form again with everything that is odd or lacking."""
        if self.freezing():
            self.name_what_lacks(form)
        return super().form_invalid(form)

    def kept(self) -> str:
        """What is said of a draft that was kept."""
        raise NotImplementedError  # each of the two pages says it in its own words


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

    def kept(self) -> str:
        return _("Kept. Nothing is decided before you freeze it.")


class NextVersion(_Writing):
    """A new version of a frozen plan: the old one is kept, and the reason is printed."""

    template_name = "evaluation/plan_next.html"

    def dispatch(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Lead to the plan itself while it is not frozen."""
        if find(request, slug).plan.frozen_at is None:
            return redirect("evaluation:plan", slug)
        return super().dispatch(request, slug)

    def get_context_data(self, **context: object) -> dict:
        """Add the number of the version."""
        return super().get_context_data(number=self.plan.version + 1, **context)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Throw the new version away where that was asked; else read the form."""
        if request.POST.get("do") == DROP:
            versions.drop_next(self.plan, by=request.user, now=clock.now())
            return self.back(_("The new version is thrown away. The frozen plan stands."))
        return super().post(request)

    def name_what_lacks(self, form: plan_forms.PlanForm) -> None:
        """A version in which nothing is new lacks a change."""
        super().name_what_lacks(form)
        if not form.errors and not versions.changes(self.plan):
            form.add_error(None, nothing_new())

    def kept(self) -> str:
        return _("The new version is kept as a draft. The frozen plan still stands.")


class Freeze(OfEvaluation):
    """What would be fixed for good, to be read before it is: of the first version, or of the next with its reason."""

    template_name = "evaluation/plan_freeze.html"

    def dispatch(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Lead back to the plan where nothing is being written."""
        plan = find(request, slug).plan
        if plan.frozen_at is not None and plan.next_content is None:
            return redirect("evaluation:plan", slug)
        return super().dispatch(request, slug)

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Show what would be fixed; lead back to the form where something is lacking."""
        if versions.faults_of(self.plan, {}):
            messages.error(request, _("The plan is not ready to be frozen: something is lacking."))
            return redirect(self.writing(), self.evaluation.slug)
        return super().get(request)

    def writing(self) -> str:
        """The page on which it is written."""
        return "evaluation:plan" if self.plan.frozen_at is None else "evaluation:plan_next"

    def get_form_class(self) -> type[plan_forms.Seen]:
        """Ask for a reason where a frozen plan is replaced."""
        return plan_forms.Seen if self.plan.frozen_at is None else plan_forms.Why

    def get_context_data(self, **context: object) -> dict:
        """Add what would be fixed, and its fingerprint."""
        return super().get_context_data(
            **plan_page.proposed(self.evaluation) | {"writing": self.writing()} | context
        )

    def taken(self, form: plan_forms.Seen) -> HttpResponse | None:
        """Freeze what was read; where somebody changed it since then, show it again."""
        if form.cleaned_data["seen"] != plans.digest(versions.written(self.plan)):
            form.add_error(
                None, _("Somebody changed it in the meantime. Read it again: this is how it stands.")
            )
            return None
        try:
            return self.back(self._freeze(form))
        except versions.Unfinished as lacks:
            for words in lacks.faults.values():
                form.add_error(None, words)
        except versions.NothingNew:
            form.add_error(None, nothing_new())
        except plans.AlreadyFrozen:
            return self.back(_("Somebody froze it in the meantime. This is how it stands."))
        return None

    def _freeze(self, form: plan_forms.Seen) -> str:
        now = clock.now()
        if self.plan.frozen_at is None:
            versions.freeze(self.plan, by=self.request.user, now=now)
            return _("Frozen, with its date and fingerprint. You can ask for a report now.")
        versions.replace(self.plan, why=form.cleaned_data["why"], by=self.request.user, now=now)
        return _("The new version is frozen. The old one is kept, and the report prints the reason.")


def nothing_new() -> str:
    """What is said of a version that is the same as the frozen plan."""
    return _("Nothing is different from the frozen plan.")


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
