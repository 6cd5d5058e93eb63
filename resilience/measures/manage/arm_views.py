"""Pages on which a manager sets up groups, sees how full they are, and holds cards back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from resilience import clock
from resilience.measures import arming, holding_back
from resilience.measures.manage import arm_forms
from resilience.measures.models import Timepoint
from resilience.participants.arms import auditing, counting, plans, tables
from resilience.participants.managed_pages import OfProgramme, managed
from resilience.participants.models import Allocates, Arm, Programme, Stratum

TO_PUT_RIGHT = 409


class Arms(OfProgramme):
    """The groups, how people come into them, what is still missing, and how many are in each."""

    form_class = arm_forms.HowAllocated
    template_name = "measures/manage/arms.html"

    def get_form_kwargs(self) -> dict:
        """Give the form the plan."""
        self.plan = plans.of(self.programme)
        return {**super().get_form_kwargs(), "instance": self.plan}

    def get_context_data(self, **context: object) -> dict:
        """Add the groups, and either what is missing or how it goes."""
        context = super().get_context_data(**context)
        return {**context, **_standing(self.programme), "plan": self.plan}

    def taken(self, form: arm_forms.HowAllocated) -> HttpResponse | None:
        """Keep the plan as a draft."""
        try:
            plans.keep(plan=form.save(commit=False), by=self.request.user, now=clock.now())
        except plans.Fixed:
            return _fixed(self.request, self.programme)
        messages.success(self.request, _("Kept. Nobody comes into a group before you confirm it below."))
        return redirect("questions:arms", self.programme.slug)


def _standing(programme: Programme) -> dict:
    arms = list(Arm.objects.filter(programme=programme).order_by("position"))
    found = {
        "arms": arms,
        "waits": dict(Timepoint.objects.filter(programme=programme).values_list("key", "label")),
        "last": holding_back.last_of(programme.pk),
    }
    if not programme.has_arms:
        return {**found, "lacks": arming.lacks(programme) if arms else []}
    plan = plans.of(programme)
    return {
        **found,
        "rows": counting.rows(programme),
        "strata": counting.by_stratum(programme),
        "in_none": counting.in_none(programme),
        "holds": auditing.holds(plan),
        "mark": plans.mark(plan),
        "anybody": plans.anybody_is_in(programme),
        "by_table": plan.by == Allocates.TABLE,
        "alike": [Stratum(each).label for each in plan.strata],
    }


def _fixed(request: HttpRequest, programme: Programme) -> HttpResponse:
    return render(request, "measures/manage/arms_fixed.html", {"programme": programme}, status=TO_PUT_RIGHT)


class OneArm(OfProgramme):
    """One group: a new one, or one that stands."""

    form_class = arm_forms.OneArm
    template_name = "measures/manage/one_arm.html"

    def get_form_kwargs(self) -> dict:
        """Give the form the group. Raises Http404 where there is no such one."""
        key = self.kwargs.get("arm")
        found = Arm.objects.filter(programme=self.programme, key=key).first() if key else None
        if key and found is None:
            raise Http404
        self.arm = found or arm_forms.blank(self.programme)
        return {**super().get_form_kwargs(), "instance": self.arm}

    def get_context_data(self, **context: object) -> dict:
        """Say whether it is a new one."""
        return {**super().get_context_data(**context), "fresh": self.arm._state.adding, "arm": self.arm}

    def taken(self, form: arm_forms.OneArm) -> HttpResponse:
        """Keep it."""
        try:
            kept = plans.keep_arm(arm=form.save(commit=False), by=self.request.user, now=clock.now())
        except plans.Fixed:
            return _fixed(self.request, self.programme)
        messages.success(self.request, _("“%(label)s” is kept.") % {"label": kept.name})
        return redirect("questions:arms", self.programme.slug)


class Table(OfProgramme):
    """A table from elsewhere that says who is in which group."""

    form_class = arm_forms.TableFile
    template_name = "measures/manage/arms_table.html"

    def taken(self, form: arm_forms.TableFile) -> HttpResponse | None:
        """Take the table in, or say which row and column to put right."""
        raw = form.cleaned_data["table"].read()
        try:
            named = arming.load_table(
                programme=self.programme, raw=raw, by=self.request.user, now=clock.now()
            )
        except tables.Refused as why:
            form.add_error("table", str(why))
            return None
        except plans.Fixed:
            return _fixed(self.request, self.programme)
        words = _("The table is taken in. People named who were in no group before: %(n)s.")
        messages.success(self.request, words % {"n": named})
        return redirect("questions:arms", self.programme.slug)


@require_POST
def do(request: HttpRequest, programme: str) -> HttpResponse:
    """Confirm the groups, open them again, end them, take one out, or hold cards back."""
    found = managed(request.user, programme)
    act = ACTS.get(request.POST.get("do", ""))
    if act is None:
        raise Http404
    try:
        act(request, found)
    except (plans.Fixed, plans.Lacking):
        return _fixed(request, found)
    return redirect("questions:arms", found.slug)


def _confirm(request: HttpRequest, programme: Programme) -> None:
    arming.confirm(programme=programme, by=request.user, now=clock.now())
    messages.success(
        request, _("From now on people come into a group once their first questions are answered.")
    )


def _open_again(request: HttpRequest, programme: Programme) -> None:
    plans.open_again(programme=programme, by=request.user, now=clock.now())
    messages.success(request, _("The groups are a draft again."))


def _end(request: HttpRequest, programme: Programme) -> None:
    plans.end(programme=programme, by=request.user, now=clock.now())
    messages.success(request, _("Nobody comes into a group any more. Who is in one stays there."))


def _remove(request: HttpRequest, programme: Programme) -> None:
    """Take a group out. Raises Http404 where there is no such one."""
    arm = Arm.objects.filter(programme=programme, key=request.POST.get("arm", "")).first()
    if arm is None:
        raise Http404
    plans.remove_arm(arm=arm, by=request.user, now=clock.now())
    messages.success(request, _("“%(label)s” is taken out.") % {"label": arm.name})


def _cards(*, held: bool) -> Callable[[HttpRequest, Programme], None]:
    def act(request: HttpRequest, programme: Programme) -> None:
        plans.hold_cards_back(programme=programme, held=held, by=request.user, now=clock.now())
        messages.success(
            request,
            _("The cards are held back until somebody's last questions are behind them.")
            if held
            else _("The cards are there for everybody."),
        )

    return act


ACTS = {
    "confirm": _confirm,
    "open": _open_again,
    "end": _end,
    "remove": _remove,
    "hold": _cards(held=True),
    "release": _cards(held=False),
}
