"""Pages on which an evaluator brings data from elsewhere: upload, look at what was found, say yes, watch."""

from pathlib import Path
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.models import Role
from resilience.evaluation import full_disk, imports
from resilience.evaluation.dataset import sources
from resilience.evaluation.import_forms import GoOn, Upload
from resilience.evaluation.models import DatasetImport, ImportState
from resilience.evaluation.reports import folder

SECONDS_BETWEEN_LOOKS = 2
SAMPLE = Path(__file__).with_name("sample_pack")


def upload(request: HttpRequest) -> HttpResponse:
    """Take a ZIP file and have it checked; nothing is taken in yet."""
    allowed = roles.programmes(request.user, Role.EVALUATOR)
    form = Upload(request.POST or None, request.FILES or None, allowed=allowed)
    if request.method == "POST" and form.is_valid():
        try:
            row = imports.start(
                chunks=form.cleaned_data["pack"].chunks(),
                slug=form.cleaned_data["slug"],
                by=request.user,
                now=clock.now(),
            )
        except sources.NoPack as refused:
            form.add_error("pack", str(refused))
        except full_disk.FullDisk:
            form.add_error("pack", _(full_disk.WORDS))
        else:
            return redirect("evaluation:import", row=row.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "evaluation/upload.html", {"form": form}, status=status)


def sample(request: HttpRequest) -> HttpResponse:
    """Hand out a small pack with notes on it, as a pattern for one's own."""
    data = folder.zipped({path.name: path.read_bytes() for path in sorted(SAMPLE.iterdir())})
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="sample-pack.zip"'
    return response


def show(request: HttpRequest, row: UUID) -> HttpResponse:
    """Show what was found in a pack, or how far it is. Asked by htmx it answers with that part alone."""
    found = _find(request, row)
    page = "evaluation/import_progress.html" if request.htmx else "evaluation/import.html"
    return render(request, page, _context(found), status=_status(request, found))


def _status(request: HttpRequest, found: DatasetImport) -> int:
    """286 tells htmx to stop asking."""
    return 286 if request.htmx and found.state not in imports.GOING else 200


def _context(found: DatasetImport, form: GoOn | None = None) -> dict:
    return {
        "row": found,
        "form": form or GoOn(),
        "going": found.state in imports.GOING,
        "percent": imports.percent(found),
        "stopping": imports.is_stopping(found),
        "words": _words(found),
        "rows": _rows(found.found),
        "news": any(found.found.get("rows", {}).values()),
        "groups": [
            each | {"more": each["count"] - len(each["shown"])} for each in found.found.get("groups", [])
        ],
        "seconds": SECONDS_BETWEEN_LOOKS,
    }


def _rows(found: dict) -> list[tuple[str, int, int]]:
    """Each file with its new rows, and those that an earlier import took in."""
    known = found.get("known", {})
    return [(file, new, known.get(file, 0)) for file, new in found.get("rows", {}).items()]


def problems(request: HttpRequest, row: UUID) -> FileResponse:
    """Hand out everything that is to be put right, as CSV, while the upload is there."""
    place = imports.folder(_find(request, row)) / imports.PROBLEMS
    if not place.exists():
        raise Http404
    return FileResponse(
        place.open("rb"), as_attachment=True, filename=place.name, content_type="text/csv; charset=utf-8"
    )


def _words(found: DatasetImport) -> str:
    return {
        ImportState.ASKED: _("Waiting for a worker"),
        ImportState.CHECKING: _("Checking every row. Nothing is taken in yet."),
        ImportState.WANTED: _("Waiting for a worker"),
        ImportState.RUNNING: _("Taking the data in"),
    }.get(found.state, "")


def go_on(request: HttpRequest, row: UUID) -> HttpResponse:
    """Have a checked pack taken in, with or without the rows that are named."""
    found, form = _find(request, row), GoOn(request.POST)
    form.is_valid()
    try:
        imports.go_on(found, leave_out=form.cleaned_data["leave_out"])
    except imports.NotReady:
        if found.state == ImportState.CHECKED:
            form.add_error("leave_out", _("Tick this, or put the rows right and upload the pack again."))
            return render(request, "evaluation/import.html", _context(found, form), status=422)
    return redirect("evaluation:import", row=found.pk)


def stop(request: HttpRequest, row: UUID) -> HttpResponse:
    """Stop an import; one that is over stays as it is."""
    found = _find(request, row)
    try:
        imports.cancel(found, now=clock.now())
    except imports.NotReady:
        pass  # it was done in the meantime, and the page says so
    return redirect("evaluation:import", row=found.pk)


def _find(request: HttpRequest, row: UUID) -> DatasetImport:
    """An import into a programme that this evaluator works for. Raises Http404."""
    found = get_object_or_404(DatasetImport.objects.select_related("evaluation"), pk=row)
    allowed = roles.programmes(request.user, Role.EVALUATOR)
    if allowed is not None and found.programme not in allowed:
        raise Http404
    return found
