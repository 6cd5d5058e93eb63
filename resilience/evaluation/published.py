"""Keep what reports showed, and find what earlier ones of the same people showed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Min, QuerySet

from resilience.evaluation import disclosure, plans
from resilience.evaluation.models import (
    DataExport,
    DatasetSnapshot,
    Evaluation,
    ExportState,
    PublishedFigures,
    Report,
)

KEPT = (
    "characteristics", "coach_background", "core_or_optional", "fairness", "flow", "measures", "missing", "subgroups",
    "traits_by_calls",
)  # fmt: skip


def before(stored: DatasetSnapshot, *, version: str) -> list[dict]:
    """Return what was published of these people before this snapshot was first published.

    The same snapshot built again has the same figures: whatever came in between was set against it already.
    """
    evaluation = stored.evaluation
    rows = PublishedFigures.objects.filter(evaluation__in=_of_the_same_people(evaluation))
    own = {"evaluation": evaluation, "checksum": stored.checksum, "version": version}
    first = PublishedFigures.objects.filter(**own).first()
    if first is not None:
        rows = rows.filter(published_at__lt=first.published_at)
    others = rows.exclude(checksum=stored.checksum, version=version).order_by("published_at", "pk")
    return list(others.values_list("figures", flat=True))


def _of_the_same_people(evaluation: Evaluation) -> QuerySet[Evaluation]:
    """The evaluations of a programme's own people, or the one of an imported pack."""
    if evaluation.plan.content.get(plans.IMPORTED):
        return Evaluation.objects.filter(pk=evaluation.pk)
    of_the_programme = Evaluation.objects.filter(programme=evaluation.programme_id)
    return of_the_programme.exclude(plan__content__has_key=plans.IMPORTED)


def seen_before(evaluation: Evaluation, moment: datetime) -> datetime | None:
    """When figures of these people, or rows to work them out from, first left before a moment; None if none did."""
    same = _of_the_same_people(evaluation)
    reports = Report.objects.filter(run__evaluation__in=same, made_at__lt=moment)
    figures = PublishedFigures.objects.filter(evaluation__in=same, published_at__lt=moment)
    rows = DataExport.objects.filter(
        evaluation__in=same, state__in=[ExportState.DONE, ExportState.GONE], finished_at__lt=moment
    )
    found = (
        reports.aggregate(at=Min("made_at"))["at"],
        figures.aggregate(at=Min("published_at"))["at"],
        rows.aggregate(at=Min("finished_at"))["at"],
    )
    return min(filter(None, found), default=None)


def keep(stored: DatasetSnapshot, release: disclosure.Release, *, now: datetime) -> None:
    """Keep the counts that a report shows. A second time changes nothing."""
    figures = release.figures
    PublishedFigures.objects.get_or_create(
        evaluation=stored.evaluation,
        checksum=stored.checksum,
        version=figures["version"],
        defaults={"as_of": stored.as_of, "published_at": now, "figures": _counts(figures)},
    )


def _counts(figures: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: figures[name] for name in ("plan", "snapshot")}
    return told | {name: _pruned(figures[name]) for name in KEPT if name in figures}


def _pruned(found: Any) -> Any:
    """Counts, names and what is hidden; no figure that is none of these is needed."""
    if isinstance(found, Mapping):
        return {key: _pruned(one) for key, one in found.items() if not isinstance(one, float)}
    if isinstance(found, list):
        return [_pruned(one) for one in found if not isinstance(one, float)]
    return found
