"""Pages on which an evaluator asks for rows of data, watches them being written and takes the files."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from resilience import clock
from resilience.audit import events, trail
from resilience.evaluation.exports import asking, forms, writing
from resilience.evaluation.models import DataExport, ExportState
from resilience.evaluation.views import find

SECONDS_BETWEEN_LOOKS = 2
TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".sav": "application/x-spss-sav",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
    ".txt": "text/plain; charset=utf-8",
}


def exports(request: HttpRequest, slug: str) -> HttpResponse:
    """List the exports of an evaluation; a POST asks for another."""
    found = find(request, slug)
    form, why_not = forms.Ask(request.POST), asking.why_not(found)
    if request.method == "POST" and form.is_valid() and not why_not:
        exact = form.cleaned_data["exact"]
        made = asking.start(evaluation=found, exact=exact, by=request.user, now=clock.now())
        return redirect("evaluation:export", slug=slug, export=made.pk)
    context = {
        "evaluation": found,
        "form": forms.Ask(),
        "why_not": why_not,
        "exports": found.exports.order_by("-asked_at")[:20],
        "days": asking.KEPT.days,
    }
    return render(
        request, "evaluation/exports.html", context, status=422 if request.method == "POST" else 200
    )


def export(request: HttpRequest, slug: str, export: UUID) -> HttpResponse:
    """Show how far an export is, then its files. Asked by htmx it answers with the progress alone."""
    row = _row(request, slug, export)
    going = row.state in asking.GOING
    context = {
        "evaluation": row.evaluation,
        "export": row,
        "going": going,
        "words": _("Writing the files") if row.state == ExportState.RUNNING else _("Waiting for a worker"),
        "files": [
            {"name": path.name, "what": _what(path.name), "size": path.stat().st_size}
            for path in sorted(asking.files(row), key=lambda each: _place(each.name))
        ],
        "gone_at": row.finished_at + asking.KEPT if row.finished_at else None,
        "seconds": SECONDS_BETWEEN_LOOKS,
    }
    if request.htmx:
        return render(request, "evaluation/export_progress.html", context, status=200 if going else 286)
    return render(request, "evaluation/export.html", context)


def cancel(request: HttpRequest, slug: str, export: UUID) -> HttpResponse:
    """Stop an export; one that is over stays as it is."""
    row = _row(request, slug, export)
    try:
        asking.cancel(row, by=request.user, now=clock.now())
    except asking.CannotCancel:
        pass  # it was finished in the meantime, and the page says so
    return redirect("evaluation:export", slug=slug, export=row.pk)


def file(request: HttpRequest, slug: str, export: UUID, name: str) -> FileResponse:
    """Hand out one file of an export, piece by piece; each reading is put on record."""
    row = _row(request, slug, export)
    path = next((each for each in asking.files(row) if each.name == name), None)
    if path is None:
        raise Http404
    trail.record(events.EXPORT_READ, at=clock.now(), target=row, by=request.user, file=name)
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=f"{slug}-{name}", content_type=TYPES[path.suffix]
    )


def _row(request: HttpRequest, slug: str, export: UUID) -> DataExport:
    """Return an export of an evaluation that this person works for. Raises Http404."""
    found = get_object_or_404(DataExport.objects.select_related("evaluation__programme"), pk=export)
    if found.evaluation_id != find(request, slug).pk:
        raise Http404
    return found


def _place(name: str) -> tuple[int, str]:
    """Where a file stands in the list: what most people want comes first."""
    return list(_meanings()).index(_kind(name)), name


def _what(name: str) -> str:
    return _meanings()[_kind(name)]


def _kind(name: str) -> str:
    return writing.SAV if name.endswith(".sav") else name


def _meanings() -> dict[str, str]:
    return {
        writing.WIDE: _("Answers and scores, one row a person"),
        writing.LONG: _("Answers, one row an answer"),
        writing.SAV: _("One row a person for SPSS, with labels and missing codes"),
        writing.WORKBOOK: _("What each column means, as a workbook"),
        writing.CODEBOOK: _("What each column means, as CSV"),
        writing.DICTIONARY: _("For REDCap: the data dictionary"),
        writing.EVENTS: _("For REDCap: the events"),
        writing.FORMS: _("For REDCap: which form belongs to which event"),
        writing.RECORDS: _("For REDCap: the records"),
        writing.PACK: _("The dataset pack, which another copy of this site can take in"),
        writing.ABOUT: _("What this export is, to keep beside it"),
    }
