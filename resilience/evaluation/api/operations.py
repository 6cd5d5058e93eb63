"""The addresses below /api/: read only, each reading on record, and nothing of any other programme."""

from typing import Any, Literal
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.db.models import Model
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI
from ninja.security import HttpBearer

from resilience import clock
from resilience.audit import events, trail
from resilience.evaluation import runs
from resilience.evaluation.api import limits, tokens
from resilience.evaluation.api.shapes import EvaluationOut, ExportOut, Faults, PlanOut, Refusal, ReportOut
from resilience.evaluation.exports import asking, writing
from resilience.evaluation.models import AccessToken, AnalysisRun, DataExport, Evaluation, RunState
from resilience.evaluation.reports import folder

REFUSED: dict[int, Any] = {401: Refusal, 404: Refusal, 422: Faults, 429: Refusal}
FILES = {"long": writing.LONG, "wide": writing.WIDE}
ABOUT = """Figures of finished reports, plans and exported rows, for programs of evaluators. Everything is read only.

Make a token on the page of an evaluation, below "Rows of data", and send it in the head Authorization, after the word
Bearer. It holds for one programme, until its last day. Each reading is put on record. A minute allows 120 of them."""


class Bearer(HttpBearer):
    """A token that holds; wrong ones are counted by the address they come from."""

    def authenticate(self, request: HttpRequest, token: str) -> AccessToken | None:
        now = clock.now()
        found = tokens.find(token, now=now)
        if found is None:
            where = get_adapter(request).get_client_ip(request)
            limits.take(f"wrong:{where}", most=limits.WRONG_A_MINUTE, now=now)
            return None
        limits.take(f"reads:{found.pk}", most=limits.READS_A_MINUTE, now=now)
        return found


api = NinjaAPI(
    title="Evaluations, for programs",
    version="1.0.0",
    description=ABOUT,
    urls_namespace="api",
    docs_url=None,
    auth=Bearer(),
)


@api.exception_handler(limits.TooOften)
def too_often(request: HttpRequest, refused: limits.TooOften) -> HttpResponse:
    """Say when to come back."""
    answer = api.create_response(request, {"detail": "Too many readings. Wait a little."}, status=429)
    answer["Retry-After"] = str(refused.seconds)
    return answer


@api.get("/v1/evaluations/", response={200: list[EvaluationOut], **REFUSED}, url_name="evaluations")
def evaluations(request: HttpRequest) -> Any:
    """The evaluations of the token's programme."""
    _note(request, "evaluations", request.auth.programme)
    return [_told(one) for one in _mine(request).order_by("slug")]


@api.get("/v1/evaluations/{slug}/", response={200: EvaluationOut, **REFUSED}, url_name="evaluation")
def evaluation(request: HttpRequest, slug: str) -> Any:
    """One evaluation."""
    found = _find(request, slug)
    _note(request, "evaluation", found)
    return _told(found)


@api.get("/v1/evaluations/{slug}/plan/", response={200: PlanOut, **REFUSED}, url_name="plan")
def plan(request: HttpRequest, slug: str) -> Any:
    """The analysis plan."""
    found = _find(request, slug)
    _note(request, "plan", found)
    return found.plan


@api.get("/v1/evaluations/{slug}/reports/", response={200: list[ReportOut], **REFUSED}, url_name="reports")
def reports(request: HttpRequest, slug: str) -> Any:
    """The finished reports, the newest first."""
    found = _find(request, slug)
    _note(request, "reports", found)
    rows = found.runs.filter(state=RunState.DONE).select_related("snapshot").order_by("-as_of")
    return [
        {
            "id": one.pk,
            "as_of": one.as_of,
            "checksum": one.snapshot.checksum if one.snapshot else None,
            "finished_at": one.finished_at,
        }
        for one in rows
    ]


@api.get(
    "/v1/evaluations/{slug}/reports/{report}/figures.json",
    response={200: dict, **REFUSED},
    url_name="figures",
)
def figures(request: HttpRequest, slug: str, report: UUID) -> Any:
    """Every figure of a finished report, after disclosure control."""
    found = _find(request, slug)
    row = get_object_or_404(AnalysisRun, pk=report, evaluation=found, state=RunState.DONE)
    _note(request, "figures", row)
    return _file(runs.folder(row) / folder.FIGURES, "application/json")


@api.get("/v1/evaluations/{slug}/exports/", response={200: list[ExportOut], **REFUSED}, url_name="exports")
def exports(request: HttpRequest, slug: str) -> Any:
    """The exports that were asked for, the newest first."""
    found = _find(request, slug)
    _note(request, "exports", found)
    return [
        {
            "id": one.pk,
            "as_of": one.as_of,
            "state": one.state,
            "exact": one.exact,
            "people": one.people,
            "files": [path.name for path in asking.files(one)],
        }
        for one in found.exports.order_by("-as_of")[:100]
    ]


@api.get(
    "/v1/evaluations/{slug}/exports/{export}/rows.csv",
    response={200: str, **REFUSED},
    url_name="rows",
    openapi_extra={"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}},
)
def rows(request: HttpRequest, slug: str, export: UUID, shape: Literal["long", "wide"] = "long") -> Any:
    """The rows of an export, piece by piece: a row an answer, or a row a person."""
    found = _find(request, slug)
    row = get_object_or_404(DataExport, pk=export, evaluation=found)
    path = next((each for each in asking.files(row) if each.name == FILES[shape]), None)
    if path is None:
        raise Http404
    _note(request, f"rows {shape}", row)
    return _file(path, "text/csv; charset=utf-8")


def _file(path: Any, kind: str) -> FileResponse:
    try:
        return FileResponse(path.open("rb"), content_type=kind)
    except FileNotFoundError:
        raise Http404 from None


def _mine(request: HttpRequest) -> Any:
    return Evaluation.objects.filter(programme=request.auth.programme).select_related("programme", "plan")


def _find(request: HttpRequest, slug: str) -> Evaluation:
    return get_object_or_404(_mine(request), slug=slug)


def _note(request: HttpRequest, what: str, target: Model) -> None:
    token = request.auth
    trail.record(
        events.PROGRAM_READ, at=clock.now(), target=target, by=token.user, token=str(token.pk), what=what
    )


def _told(found: Evaluation) -> dict[str, object]:
    return {
        "slug": found.slug,
        "name": found.name,
        "programme": found.programme.slug,
        "synthetic": found.programme.is_synthetic,
        "plan_frozen_at": found.plan.frozen_at,
        "plan_hash": found.plan.hash,
    }
