"""Pages on which a manager says what is asked when, and sees how far people have come with it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from resilience import clock
from resilience.measures import board as the_board
from resilience.measures import budget, grid, timepoints, timetable, timetable_forms, undelivered
from resilience.participants.managed_pages import OfProgramme, managed

A_PAGE = 50


class Grid(OfProgramme):
    """The grid of instruments and time points, with what it comes to."""

    form_class = timetable_forms.Grid
    template_name = "measures/grid.html"

    def get_form_kwargs(self) -> dict:
        """Give the form what may be asked, and when."""
        self.plan = timepoints.plan_of(self.programme.pk)
        return {**super().get_form_kwargs(), "instruments": grid.in_order(self.programme), "plan": self.plan}

    def get_context_data(self, **context: object) -> dict:
        """Add what the grid comes to as it is ticked now."""
        context = super().get_context_data(**context)
        asks = context["form"].asks()
        return {
            **context,
            "rows": context["form"].rows(),
            "plan": self.plan,
            "burden": budget.of(self.programme, [(each, asks[each.key]) for each in self.plan]),
            "limits": budget.limits(),
        }

    def form_valid(self, form: timetable_forms.Grid) -> HttpResponse:
        """Count again without keeping anything, or keep it."""
        if "count" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)

    def taken(self, form: timetable_forms.Grid) -> HttpResponse:
        """Keep it; whoever was asked at a time point is asked no more there."""
        timetable.ask(programme=self.programme, asks=form.asks(), by=self.request.user, now=clock.now())
        messages.success(self.request, _("The questions are kept as you ticked them."))
        return redirect("questions:grid", self.programme.slug)


def board(request: HttpRequest, programme: str) -> HttpResponse:
    """Show how many stand where at each time point, and the list of study codes that the filters leave."""
    found, now = managed(request.user, programme), clock.now()
    plan = timepoints.plan_of(found.pk)
    chosen = the_board.chosen(plan, timepoint=request.GET.get("at", ""), standing=request.GET.get("is", ""))
    listed = the_board.listed(found, chosen.timepoint, standing=chosen.standing, now=now) if plan else []
    columns = the_board.counted(found, plan, now=now)
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": found,
        "columns": columns,
        "rows": the_board.rows(columns),
        "chosen": chosen,
        "plan": plan,
        "page": page,
        "lines": [the_board.line(row) for row in page],
        "undelivered": undelivered.of(found),
    }
    return render(request, "measures/board.html", context)
