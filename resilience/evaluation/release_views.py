"""Releases for organisations and the public: made once for a day, read as a page and as CSV."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from resilience import clock
from resilience.audit import events, trail
from resilience.evaluation import releases
from resilience.evaluation.disclosing import ten_five
from resilience.evaluation.models import OrganisationRelease
from resilience.evaluation.views import find

REFUSALS = {
    releases.NoReport: lambda: _("Build a report first: a release is made of the newest finished one."),
    releases.MadeAlready: lambda: _("There is a release of this day already. It stays as it is."),
    releases.TooFewChanged: lambda: _(
        "Fewer than 10 people have joined, answered or left since a release. Wait until there are more."
    ),
}


class Releases(View):
    """The releases so far, and a button for the next."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the releases of an evaluation."""
        return self._page(request, slug)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Make the next one; where it may not be made, say why."""
        evaluation = find(request, slug)
        try:
            made = releases.make(evaluation=evaluation, by=request.user, now=clock.now())
        except tuple(REFUSALS) as refusal:
            return self._page(request, slug, why=REFUSALS[type(refusal)](), status=422)
        messages.success(request, _("The release was made. It cannot be changed."))
        return redirect("evaluation:release", slug=slug, day=made.day.isoformat())

    def _page(self, request: HttpRequest, slug: str, *, why: str = "", status: int = 200) -> HttpResponse:
        evaluation = find(request, slug)
        context = {"evaluation": evaluation, "releases": evaluation.organisation_releases.all(), "why": why}
        return render(request, "evaluation/releases.html", context, status=status)


def release(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    """Show one release."""
    found = _find(request, slug, day)
    context = {"evaluation": found.evaluation, "release": found, "parts": _parts(found.figures)}
    return render(request, "evaluation/release.html", context)


def release_file(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    """Hand out one release as CSV; each reading is put on record."""
    found = _find(request, slug, day)
    sheet = io.StringIO()
    rows = csv.writer(sheet, lineterminator="\r\n")
    rows.writerow(["part", "what", "people", "of", "percent"])
    if found.figures.get("synthetic"):
        rows.writerow([_("Synthetic data."), _("These people do not exist."), "", "", ""])
    for part, lines in _parts(found.figures):
        rows.writerows([part, *map(_safe, line)] for line in lines)
    trail.record(events.REPORT_READ, at=clock.now(), target=found, by=request.user, file="release.csv")
    response = HttpResponse(sheet.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-release-{day}.csv"'
    return response


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _find(request: HttpRequest, slug: str, day: str) -> OrganisationRelease:
    evaluation = find(request, slug)
    try:
        return OrganisationRelease.objects.select_related("evaluation__programme").get(
            evaluation=evaluation, day=date.fromisoformat(day)
        )
    except (ValueError, OrganisationRelease.DoesNotExist):
        raise Http404 from None


def _parts(figures: dict) -> list[tuple[str, list[tuple[str, str, str, str]]]]:
    """The release as parts with rows of what, people, of how many, per cent: page and CSV show the same."""
    steps = {key: one for key, one in figures["flow"].items() if key != "answered"}
    parts = [
        (_("Who took part"), list(_lines(steps))),
        (_("Answered, of those who began"), list(_lines(figures["flow"]["answered"]))),
    ]
    for name, groups in figures["characteristics"].items():
        parts.append((_words(name), list(_lines(groups))))
    parts.append((_("Agree that"), list(_lines(figures["acceptability"]))))
    for measure, waves in figures["reliable_change"].items():
        for when, kinds in waves.items():
            parts.append((f"{_words(measure)}, {when.upper()}", list(_lines(kinds))))
    return [(title, lines) for title, lines in parts if lines]


def _lines(found: dict) -> Iterator[tuple[str, str, str, str]]:
    hidden = _("hidden")
    for key, one in found.items():
        n = hidden if one["n"] is None else str(one["n"])
        of = "" if "of" not in one else hidden if one["of"] is None else str(one["of"])
        yield _words(key), n, of, _percent(one)


def _percent(one: dict) -> str:
    """Worked out anew from the rounded counts, so that a release of an earlier version says no more than they do."""
    if one["n"] is None or one.get("of") is None:
        return ""
    found = ten_five.percentage(one["n"], one["of"])
    if "percent_at_least" in found:
        return _("{percent}% or more").format(percent=found["percent_at_least"])
    if "percent_below" in found:
        return _("less than {percent}%").format(percent=found["percent_below"])
    return f"{found['percent']:.0f}%"


def _words(key: str) -> str:
    names = {
        "registered": _("Enrolled"),
        "consented": _("Let us use their answers"),
        "started": _("Began the modules"),
        "completed_modules": _("Finished enough modules"),
        "offered_call": _("Were offered a call"),
        "accepted_call": _("Agreed to a call"),
        "one_call_or_more": _("Had one call or more"),
        "two_calls_or_more": _("Had two calls or more"),
        "withdrew": _("Stopped taking part"),
        "answered_all": _("Answered at every time point"),
        "improved": _("Reliably better"),
        "unchanged": _("No reliable change"),
        "worse": _("Reliably worse"),
    }
    return names.get(key) or key.replace("_", " ").replace(".", ": ").capitalize()
