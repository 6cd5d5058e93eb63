"""Keep what reports showed, and find what earlier ones of the same people showed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from resilience.evaluation import disclosure, plans
from resilience.evaluation.models import DatasetSnapshot, PublishedFigures

KEPT = (
    "characteristics", "coach_background", "core_or_optional", "fairness", "flow", "measures", "missing", "subgroups",
    "traits_by_calls",
)  # fmt: skip


def before(stored: DatasetSnapshot, *, version: str) -> list[dict]:
    """Return what was published of these people before this snapshot was first published.

    The same snapshot built again has the same figures: whatever came in between was set against it already.
    """
    evaluation = stored.evaluation
    if evaluation.plan.content.get(plans.IMPORTED):
        rows = PublishedFigures.objects.filter(evaluation=evaluation)
    else:
        rows = PublishedFigures.objects.filter(evaluation__programme=evaluation.programme_id)
        rows = rows.exclude(evaluation__plan__content__has_key=plans.IMPORTED)
    own = {"evaluation": evaluation, "checksum": stored.checksum, "version": version}
    first = PublishedFigures.objects.filter(**own).first()
    if first is not None:
        rows = rows.filter(published_at__lt=first.published_at)
    others = rows.exclude(checksum=stored.checksum, version=version).order_by("published_at", "pk")
    return list(others.values_list("figures", flat=True))


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
