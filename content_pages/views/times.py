"""Pages on which a manager says when questions are asked: the list of time points, one of them, where to begin."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from content_pages import titles
from resilience import clock
from resilience.measures import cautions, in_words, timetable, timetable_forms
from resilience.measures.models import Timepoint
from resilience.participants import backing
from resilience.participants.managed_pages import OfProgramme, managed
from resilience.participants.models import Programme

TO_PUT_RIGHT = 409
NOT_BACKED = gettext_lazy(
    "Calls stay off until a supervisor, cover and a scope are entered. Do that first, under “Backing for coaches”."
)


class Times(OfProgramme):
    """The time points in words and in order, what to mind of them, and a ready-made timetable to begin from."""

    form_class = timetable_forms.BeginFrom
    template_name = "content_pages/set_up/times.html"

    def get_context_data(self, **context: object) -> dict:
        """Add the time points as somebody would say them."""
        plan = list(
            self.programme.timepoints.order_by("position").select_related("after").prefetch_related("planned")
        )
        names = titles.of(self.programme)
        return {
            **super().get_context_data(**context),
            "rows": [
                (each, in_words.when(each, **names), in_words.window(each), timetable.was_asked(each))
                for each in plan
            ],
            "cautions": cautions.of(self.programme, plan, **names),
            "can_begin": not timetable.anybody_was_asked(self.programme),
            "version": self.programme.timetable_versions.last(),
        }

    def taken(self, form: timetable_forms.BeginFrom) -> HttpResponse | None:
        """Put the chosen timetable in place of what stands, where nobody was asked yet."""
        try:
            timetable.begin_from(
                programme=self.programme,
                schedule=form.cleaned_data["schedule"],
                by=self.request.user,
                now=clock.now(),
            )
        except timetable.AskedAlready:
            form.add_error(
                "schedule", _("People were asked by the timetable that stands. Change it step by step.")
            )
            return None
        messages.success(self.request, _("The timetable is set up. You can change each time point."))
        return redirect("content_pages:times", self.programme.slug)


class OneTime(OfProgramme):
    """One time point: a new one, or one that stands."""

    form_class = timetable_forms.OneTimepoint
    template_name = "content_pages/set_up/one_time.html"

    def get_form_kwargs(self) -> dict:
        """Give the form the time point, the meetings and the parts. Raises Http404 where there is no such one."""
        key = self.kwargs.get("timepoint")
        found = (
            self.programme.timepoints.filter(key=key).first() if key else Timepoint(programme=self.programme)
        )
        if found is None:
            raise Http404
        self.instance, names = found, titles.of(self.programme)
        return {**super().get_form_kwargs(), "instance": found, **names}

    def get_initial(self) -> dict:
        """Begin a new one with the next free short name."""
        taken = set(self.programme.timepoints.values_list("key", flat=True))
        free = next(f"t{n}" for n in range(1, len(taken) + 2) if f"t{n}" not in taken)
        return {} if "timepoint" in self.kwargs else {"key": free}

    def get_context_data(self, **context: object) -> dict:
        """Say whether people were asked at it already."""
        context = super().get_context_data(**context)
        fresh = self.instance._state.adding
        return {**context, "fresh": fresh, "asked": not fresh and timetable.was_asked(self.instance)}

    def taken(self, form: timetable_forms.OneTimepoint) -> HttpResponse:
        """Keep it."""
        keep = timetable.add if self.instance._state.adding else timetable.change
        kept = keep(timepoint=form.save(commit=False), by=self.request.user, now=clock.now())
        messages.success(self.request, _("“%(label)s” is kept.") % {"label": kept.label})
        return redirect("content_pages:times", self.programme.slug)


@require_POST
def place(request: HttpRequest, programme: str, timepoint: str) -> HttpResponse:
    """Move a time point up or down, or take it out; say why where that cannot be."""
    found = managed(request.user, programme).timepoints.filter(key=timepoint).first()
    act = ACTS.get(request.POST.get("do", ""))
    if found is None or act is None:
        raise Http404
    try:
        act(found, request)
    except tuple(WHY_NOT) as refused:
        words = WHY_NOT[type(refused)] % {"label": found.label, "other": next(iter(refused.args), "")}
        return _refused(request, found.programme, words)
    return redirect("content_pages:times", programme)


def _moving(*, earlier: bool) -> Callable[[Timepoint, HttpRequest], None]:
    return lambda found, request: timetable.move(
        timepoint=found, earlier=earlier, by=request.user, now=clock.now()
    )


def _remove(found: Timepoint, request: HttpRequest) -> None:
    timetable.remove(timepoint=found, by=request.user, now=clock.now())
    messages.success(request, _("“%(label)s” is taken out.") % {"label": found.label})


WHY_NOT = {
    timetable.AskedAlready: gettext_lazy(
        "People were asked at “%(label)s” or beside it, so it stays where it is."
    ),
    timetable.CountedFrom: gettext_lazy(
        "“%(other)s” counts its days from another one here. Change that first."
    ),
    timetable.AtTheEnd: gettext_lazy("“%(label)s” cannot move any further."),
}
ACTS = {"up": _moving(earlier=True), "down": _moving(earlier=False), "remove": _remove}


def _refused(request: HttpRequest, programme: Programme, words: str) -> HttpResponse:
    context = {"programme": programme, "words": words}
    return render(request, "content_pages/set_up/time_stays.html", context, status=TO_PUT_RIGHT)


class Settling(OfProgramme):
    """Whether calls are offered and until when, and what happens where time points meet."""

    form_class = timetable_forms.Settling
    template_name = "content_pages/set_up/settling.html"

    def get_form_kwargs(self) -> dict:
        """Give the form the programme."""
        return {**super().get_form_kwargs(), "instance": self.programme}

    def taken(self, form: timetable_forms.Settling) -> HttpResponse | None:
        """Keep it; say what is missing where calls were to be switched on and nobody backs the coaches."""
        try:
            timetable.settle(programme=form.save(commit=False), by=self.request.user, now=clock.now())
        except backing.NotBacked:
            form.add_error("coaching", NOT_BACKED)
            return None
        messages.success(self.request, _("Kept. Who was asked already keeps the days that held then."))
        return redirect("content_pages:times", self.programme.slug)
