"""Pages on calls: whether they should be core or optional, and what they would take for more people."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from resilience.evaluation import canonical, planner, releases, snapshots
from resilience.evaluation.analysis import scale_up
from resilience.evaluation.analysis.exposure import NOT_TOLD
from resilience.evaluation.analysis.frozen import Measure
from resilience.evaluation.models import AnalysisRun
from resilience.evaluation.reports import rounding, tables_of_exposure
from resilience.evaluation.reports.words import Words
from resilience.evaluation.views import find


def core_or_optional(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the newest finished report says of it, in the language of the page."""
    evaluation = find(request, slug)
    context: dict = {"evaluation": evaluation, "run": None}
    if (found := releases.newest(evaluation)) is not None and "core_or_optional" in found[1]:
        run, figures = found
        words = _words(run, figures)
        context |= {
            "run": run,
            "page": tables_of_exposure.page(_named(figures), words),
        }
    return render(request, "evaluation/core_or_optional.html", context)


def _named(figures: dict) -> dict:
    """The figures with a name for those whose group nobody told."""
    design = figures.get("design") or {}
    return figures | {"design": design | {"arms": {NOT_TOLD: _("Not told"), **design.get("arms", {})}}}


def scale_up_planner(request: HttpRequest, slug: str) -> HttpResponse:
    """Work out three cases from the inputs of the form; from the log where nothing was asked yet."""
    evaluation = find(request, slug)
    found = releases.newest(evaluation)
    start = planner.from_log(found[1] if found else None)
    form = planner.Planner({**start, **request.GET.dict()})
    context = {"evaluation": evaluation, "form": form, "run": found[0] if found else None, "rows": ()}
    if form.is_valid():
        context["rows"] = _rows(scale_up.project_all(form.cases()))
    status = 200 if form.is_valid() else 422
    return render(request, "evaluation/scale_up.html", context, status=status)


def _rows(found: dict[str, scale_up.Projection]) -> list[tuple[str, list[str]]]:
    cases = [found[case] for case in scale_up.CASES]
    shown = [
        ("people", _("People with a call"), 1),
        ("held", _("Calls that take place"), 1),
        ("missed", _("Calls that are missed"), 1),
        ("hours", _("Coach hours in all"), 1),
        ("hours_a_week", _("Coach hours a week, while people join"), 1),
        ("weeks_needed", _("Weeks that the coaches need"), 1),
        ("waiting_days", _("Days from asking to the call, on average"), 1),
        ("cost", _("Cost in all"), 0),
        ("cost_each", _("Cost for each person with a call"), 2),
    ]
    return [
        (head, [rounding.number(getattr(one, key), places) for one in cases]) for key, head, places in shown
    ]


def _words(run: AnalysisRun, figures: dict) -> Words:
    """What things are called, as the snapshot of a report holds it; keys stand for themselves where it is gone."""
    place = snapshots.folder(run.snapshot.checksum) / canonical.META
    if not place.exists():
        found = figures["measures"].items()
        return Words(
            {},
            {},
            {key: Measure(key, key, key, (), 0, 0, 0, 0, one.get("direction", 1)) for key, one in found},
        )
    meta = json.loads(place.read_text())
    measures = {one["key"]: Measure(**one) for one in meta["measures"]}
    return Words(meta["origin"]["labels"], meta["plan"]["labels"], measures)
