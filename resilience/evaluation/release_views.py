"""Releases for organisations and the public: made once for a day, read as a page and as CSV."""

import csv
import io
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from resilience import clock
from resilience.audit import events, trail
from resilience.evaluation import release_words, releases
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
    context = {"evaluation": found.evaluation, "release": found, "parts": release_words.parts(found)}
    return render(request, "evaluation/release.html", context)


def release_file(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    """Hand out one release as CSV; each reading is put on record."""
    found = _find(request, slug, day)
    sheet = io.StringIO()
    rows = csv.writer(sheet, lineterminator="\r\n")
    rows.writerow(["part", "what", "people", "of", "percent"])
    if found.figures.get("synthetic"):
        rows.writerow([_("Synthetic data."), _("These people do not exist."), "", "", ""])
    for part, lines in release_words.parts(found):
        rows.writerows([part, *map(_safe, line)] for line in lines)
    trail.record(events.REPORT_READ, at=clock.now(), target=found, by=request.user, file="release.csv")
    response = HttpResponse(sheet.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
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
