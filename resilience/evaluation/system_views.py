"""Pages on which an evaluator tells what became of units: on a form, or in a file."""

import csv

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resilience import clock
from resilience.evaluation import system_forms, system_outcomes
from resilience.evaluation.dataset import values
from resilience.evaluation.models import SystemOutcome, Thing
from resilience.evaluation.plan_views import OfEvaluation
from resilience.evaluation.views import find


class _System(OfEvaluation):
    def get_context_data(self, **context: object) -> dict:
        """Add what was told so far."""
        return super().get_context_data(
            things=Thing.labels, rows=system_outcomes.table(self.evaluation), columns=system_outcomes.COLUMNS,
            known=Thing.choices, **context,
        )  # fmt: skip

    def done(self, words: str) -> HttpResponse:
        """Return to the page with words on what was done."""
        messages.success(self.request, words)
        return redirect("evaluation:system", self.evaluation.slug)


class System(_System):
    """What was told, and a form for one unit and period more."""

    form_class = system_forms.OneUnit
    template_name = "evaluation/system.html"

    def taken(self, form: system_forms.OneUnit) -> HttpResponse:
        """Keep the numbers, in place of what was told of the same unit and period."""
        system_outcomes.tell(
            evaluation=self.evaluation, rows=form.rows(), by=self.request.user, now=clock.now()
        )
        return self.done(_("Kept. The next report shows it."))


class SystemFile(_System):
    """A file of outcomes: taken whole, or refused with the rows and columns that are odd."""

    form_class = system_forms.OneFile
    template_name = "evaluation/system_file.html"

    def taken(self, form: system_forms.OneFile) -> HttpResponse | None:
        """Take the file in."""
        try:
            n = system_outcomes.load(
                evaluation=self.evaluation, raw=form.cleaned_data["file"], by=self.request.user, now=clock.now()
            )  # fmt: skip
        except system_outcomes.Refused as refused:
            for words in refused.faults:
                form.add_error("file", words)
            return None
        words = ngettext("Taken in: {n} number.", "Taken in: {n} numbers.", n)
        return self.done(words.format(n=n))


def take_out(request: HttpRequest, slug: str) -> HttpResponse:
    """Take out what was told of one unit in one period; where nothing was, the page simply shows that."""
    found, form = find(request, slug), system_forms.Which(request.POST)
    if form.is_valid():
        system_outcomes.take_back(evaluation=found, by=request.user, now=clock.now(), **form.cleaned_data)
    return redirect("evaluation:system", slug)


def outcomes_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out what was told, in the shape in which a file is taken in; with no rows it is a form to fill in."""
    found = find(request, slug)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-units.csv"'
    writer = csv.writer(response, lineterminator="\n")
    writer.writerow(system_outcomes.COLUMNS)
    for row in SystemOutcome.objects.filter(evaluation=found):
        writer.writerow([values.marked(row.unit), values.marked(row.period), row.outcome, row.value])
    return response
