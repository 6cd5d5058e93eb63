"""Pages for evaluators: how an evaluation stands, its plan, its reports."""

import base64
import hashlib
import re
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.models import Role
from resilience.audit import events, trail
from resilience.evaluation import builder, glance, plans, reportable, runs
from resilience.evaluation.models import AnalysisRun, Evaluation, RunState
from resilience.evaluation.reports import folder

ZIP = "tables.zip"
TYPES = {
    folder.PDF: "application/pdf",
    folder.HTML: "text/html; charset=utf-8",
    folder.FIGURES: "application/json",
    ZIP: "application/zip",
}
SHOWN_IN_THE_BROWSER = {folder.PDF, folder.HTML}
SECONDS_BETWEEN_LOOKS = 2
OVER = {RunState.DONE, RunState.FAILED, RunState.CANCELLED}


def index(request: HttpRequest) -> HttpResponse:
    """List the evaluations of the programmes that this evaluator works for."""
    return render(request, "evaluation/index.html", {"evaluations": _mine(request).order_by("name")})


def evaluation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how an evaluation stands, and its reports."""
    return render(request, "evaluation/evaluation.html", _standing(find(request, slug)))


def _standing(found: Evaluation) -> dict:
    seen = glance.look(found, at=clock.now())
    return {
        "evaluation": found,
        "glance": seen,
        "packs": () if seen.imported or seen.registered else _of_packs(found),
        "why_not": reportable.why_not(found),
        "reports": found.runs.order_by("-asked_at")[:20],
    }


def _of_packs(found: Evaluation) -> QuerySet[Evaluation]:
    """The evaluations of the same programme that hold people of packs, whom this one does not count."""
    return found.programme.evaluations.filter(plan__content__has_key=plans.IMPORTED)


def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a report of the data as they are now; where it may not be asked for yet, say why."""
    now, found = clock.now(), find(request, slug)
    try:
        made = runs.start(evaluation=found, as_of=now, by=request.user, now=now)
    except tuple(reportable.REFUSALS):
        return render(request, "evaluation/evaluation.html", _standing(found), status=422)
    return redirect("evaluation:run", slug=slug, run=made.pk)


def run(request: HttpRequest, slug: str, run: UUID) -> HttpResponse:
    """Show how far a report is, then the report's files. Asked by htmx it answers with the progress alone."""
    found = _run(request, slug, run)
    context = {
        "evaluation": found.evaluation,
        "run": found,
        "words": _step_words(found),
        "going": found.state not in OVER,
        "seconds": SECONDS_BETWEEN_LOOKS,
        "has_pdf": (runs.folder(found) / folder.PDF).exists(),
    }
    if request.htmx:
        return render(request, "evaluation/run_progress.html", context, status=_status(found))
    return render(request, "evaluation/run.html", context)


def _status(found: AnalysisRun) -> int:
    """286 tells htmx to stop asking."""
    return 286 if found.state in OVER else 200


def _step_words(found: AnalysisRun) -> str:
    if found.state == RunState.ASKED:
        return _("Waiting for a worker")
    return {
        builder.FREEZE: _("Freezing the data"),
        builder.COMPUTE: _("Working out the figures"),
        builder.DRAW: _("Drawing the charts"),
        builder.WRITE: _("Writing the pages"),
        builder.PRINT: _("Printing the PDF"),
        builder.STORE: _("Putting the files away"),
    }.get(found.step, "")


def cancel(request: HttpRequest, slug: str, run: UUID) -> HttpResponse:
    """Stop a report; one that is over stays as it is."""
    found = _run(request, slug, run)
    try:
        runs.cancel(found, by=request.user, now=clock.now())
    except runs.CannotCancel:
        pass  # it was finished in the meantime, and the page says so
    return redirect("evaluation:run", slug=slug, run=found.pk)


def file(request: HttpRequest, slug: str, run: UUID, name: str) -> HttpResponse:
    """Hand out one file of a finished report; each reading is put on record."""
    found = _run(request, slug, run)
    if name not in TYPES or found.state != RunState.DONE:
        raise Http404
    data = _read(runs.folder(found), name)
    trail.record(events.REPORT_READ, at=clock.now(), target=found, by=request.user, file=name)
    response = HttpResponse(data, content_type=TYPES[name])
    kind = "inline" if name in SHOWN_IN_THE_BROWSER else "attachment"
    response["Content-Disposition"] = f'{kind}; filename="{slug}-{name}"'
    # django-csp's own way to say something of one answer: our one style element may apply; other files are no pages.
    if name == folder.HTML:
        response._csp_replace = {"style-src": [_style_hash(data)]}
    else:
        response._csp_exempt = True
    return response


def _read(place: Path, name: str) -> bytes:
    try:
        if name == ZIP:
            tables = sorted((place / folder.TABLES).iterdir())
            return folder.zipped({path.name: path.read_bytes() for path in tables})
        return (place / name).read_bytes()
    except FileNotFoundError:
        raise Http404 from None


def _style_hash(page: bytes) -> str:
    """What lets the browser apply the one style element of our own document, and no other."""
    style = re.search(rb"<style>(.*?)</style>", page, re.DOTALL).group(1)
    return f"'sha256-{base64.b64encode(hashlib.sha256(style).digest()).decode()}'"


def _mine(request: HttpRequest):
    allowed = roles.programmes(request.user, Role.EVALUATOR)
    found = Evaluation.objects.select_related("programme", "plan")
    return found if allowed is None else found.filter(programme__slug__in=allowed)


def find(request: HttpRequest, slug: str) -> Evaluation:
    """Return an evaluation that this person works for. Raises Http404."""
    return get_object_or_404(_mine(request), slug=slug)


def _run(request: HttpRequest, slug: str, run: UUID) -> AnalysisRun:
    found = get_object_or_404(AnalysisRun.objects.select_related("evaluation__programme"), pk=run)
    if found.evaluation_id != find(request, slug).pk:
        raise Http404
    return found
