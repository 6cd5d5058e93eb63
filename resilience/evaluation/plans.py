"""Analysis plans: drafted from the programme's grid, then frozen with date and hash before figures are seen."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.evaluation.analysis.frozen_plan import ANALYSES, MULTIPLICITY, RESEARCH, SERVICE
from resilience.evaluation.models import AnalysisPlan, Evaluation
from resilience.measures import catalogue
from resilience.measures.models import PlannedMeasure, Timepoint
from resilience.participants import freezing, papers
from resilience.participants.models import Programme

SUPPRESS_BELOW = 10
PREFERRED = "coping_confidence"
COVARIATES = ("profession",)
WHOLE = "total"
COACHED_FROM = 1  # attended calls
MOST_PRIMARY = 2
SAID = (
    "approval", "sponsor", "registration", "retention", "incentives", "funding", "involvement", "data_access", "design",
)  # fmt: skip
KINDS = (SERVICE, RESEARCH)
IMPORTED = "imported"  # in a plan's content: it is about the people of a pack, and not those of its programme

Content = dict[str, Any]


class NoTimepoints(Exception):
    """The programme asks nothing yet, so there is nothing to plan."""


class AlreadyFrozen(Exception):
    """A frozen plan is not changed; a new version replaces it and keeps it."""


@transaction.atomic
def open_evaluation(
    *, programme: Programme, slug: str, name: str, by: User | None = None, now: datetime, **changes: Any
) -> Evaluation:
    """Make an evaluation with the programme's plan, changed where `changes` say so, and freeze it.

    Raises NoTimepoints.
    """
    content = draft(programme) | changes
    return begin(programme=programme, slug=slug, name=name, content=content, by=by, now=now)


class Taken(Exception):
    """Another evaluation has this short name."""


@transaction.atomic
def open_draft(*, programme: Programme, slug: str, name: str, by: User, now: datetime) -> Evaluation:
    """Make an evaluation whose plan is still written. Raises NoTimepoints or Taken."""
    content = draft(programme)
    evaluation, fresh = Evaluation.objects.get_or_create(
        slug=slug, defaults={"programme": programme, "name": name}
    )
    if not fresh:
        raise Taken
    AnalysisPlan.objects.create(evaluation=evaluation, content=content)
    trail.record(events.EVALUATION_OPENED, at=now, target=evaluation, by=by)
    return evaluation


@transaction.atomic
def begin(
    *, programme: Programme, slug: str, name: str, content: Content, by: User | None = None, now: datetime
) -> Evaluation:
    """Make an evaluation with this plan and freeze it."""
    evaluation = Evaluation.objects.create(programme=programme, slug=slug, name=name)
    plan = AnalysisPlan.objects.create(evaluation=evaluation, content=content)
    freeze(plan, by=by, now=now)
    return evaluation


def draft(programme: Programme) -> Content:
    """A plan's content from the grid and the instruments' published parameters. Raises NoTimepoints."""
    timepoints = list(Timepoint.objects.filter(programme=programme).order_by("position"))
    if not timepoints:
        raise NoTimepoints
    labels = {timepoint.key: timepoint.label for timepoint in timepoints}
    return compose(programme, grid=_grid(timepoints), labels=labels) | {"windows": _windows(timepoints)}


def compose(programme: Programme, *, grid: dict[str, list[str]], labels: dict[str, str]) -> Content:
    """A plan's content for time points in order and what is asked at each."""
    kept_apart = apart(grid)
    keys = [key for instrument in grid for key in measures_of(instrument) if key not in kept_apart]
    primary = next((key for key in keys if key == PREFERRED), None) or next(iter(keys), None)
    said = papers.in_a_plan(programme)
    return {
        **dict.fromkeys(SAID, ""),
        **_said_on_paper(said),
        "kind": SERVICE,
        "timepoints": list(labels),
        "labels": labels,
        "grid": grid,
        "primary": [primary] if primary else [],
        "primary_timepoints": first_asked(list(labels), grid, primary),
        "analyses": list(ANALYSES),
        "exposure": COACHED_FROM,
        "multiplicity": dict(MULTIPLICITY),
        "cost": {},
        "windows": {},
        "no_system_outcomes": "",
        "covariates": list(COVARIATES),
        "complete_modules": max(1, programme.modules - 1),
        "suppress_below": SUPPRESS_BELOW,
        "goals": {"recruit": programme.recruit_goal, "retain_percent": programme.retain_goal_percent},
        **_parameters(grid),
        **said,
    }


def first_asked(timepoints: list[str], grid: Mapping[str, list[str]], measure: str | None) -> list[str]:
    """The first later time point that asks a measure; the second of all where none does."""
    later = timepoints[1:]
    return [key for key in later if key in asked_at(grid, measure or "")][:1] or later[:1]


def asked_at(grid: Mapping[str, list[str]], measure: str) -> list[str]:
    """The time points that ask a measure: those of its instrument."""
    return grid.get(measure.partition(".")[0], [])


def _said_on_paper(said: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """What a manager wrote for the programme's papers, by the plan's own keys."""
    written = said.get("papers", {})
    known = {"sponsor": "sponsor", "approval": "approval", "registration": "registered"}
    return {key: written[name] for key, name in known.items() if name in written}


def freeze(plan: AnalysisPlan, *, by: User | None = None, now: datetime) -> AnalysisPlan:
    """Fix the plan for good, and with it the content of its programme. Raises AlreadyFrozen."""
    fixed = AnalysisPlan.objects.filter(pk=plan.pk, frozen_at=None).update(
        frozen_at=now, hash=digest(plan.content), content=plan.content
    )
    if not fixed:
        raise AlreadyFrozen
    plan.refresh_from_db()
    trail.record(events.PLAN_FROZEN, at=now, target=plan, by=by)
    freezing.freeze(programme=plan.evaluation.programme, by=by, now=now)
    return plan


def digest(content: Content) -> str:
    """The fingerprint of a plan."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def measures_of(instrument: str) -> list[str]:
    """The measures of an instrument: its own key where it has one scale for the whole, else one for each scale."""
    scales = [rule.scale for rule in catalogue.get(instrument).scales]
    return [instrument if scale == WHOLE else f"{instrument}.{scale}" for scale in scales]


def _grid(timepoints: list[Timepoint]) -> dict[str, list[str]]:
    """Each instrument with the time points that ask it, in the order of the first time point that does."""
    grid: dict[str, list[str]] = {}
    cells = PlannedMeasure.objects.filter(timepoint__in=timepoints).select_related("timepoint")
    for cell in cells.order_by("timepoint__position", "position"):
        grid.setdefault(cell.instrument, []).append(cell.timepoint.key)
    return grid


def _windows(timepoints: list[Timepoint]) -> dict[str, dict[str, int]]:
    """How many days early, in time and late each time point takes answers."""
    return {
        each.key: {"early": each.early_days, "in_time": each.window_days, "late": each.late_days}
        for each in timepoints
    }


def _parameters(grid: dict[str, list[str]]) -> dict[str, dict]:
    found: dict[str, dict] = {"direction": {}, "reliability": {}, "cutoff": {}, "mcid": {}}
    for name in grid:
        instrument = catalogue.get(name)
        for rule, key in zip(instrument.scales, measures_of(name), strict=True):
            found["direction"][key] = instrument.direction
            if rule.scale in instrument.cutoffs:
                found["cutoff"][key] = list(instrument.cutoffs[rule.scale])
            for parameter in ("reliability", "mcid"):
                if parameter in instrument.change:
                    found[parameter][key] = instrument.change[parameter]
    return found


def apart(grid: Iterable[str]) -> set[str]:
    """The measures of these instruments that ask for ways of coping which people seldom speak of.

    They are asked under a consent of their own, are never primary, and leave as means of groups only (R10).
    """
    return {key for instrument in grid for key in apart_of(instrument)}


def apart_of(instrument: str) -> set[str]:
    """The same for one instrument."""
    found = catalogue.get(instrument)
    asked = {item.key for item in found.items if found.needs_consent or item.needs_consent}
    scales = zip(measures_of(instrument), found.scales, strict=True)
    return {key for key, rule in scales if asked & set(rule.items)}
