"""Write a plan, freeze it, replace a frozen one by a new version, and say what was done otherwise than planned."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.evaluation import plan_words, plans
from resilience.evaluation.disclosure import SMALLEST_THRESHOLD
from resilience.evaluation.models import AnalysisPlan, DatasetSnapshot, Deviation, EarlierPlan, Evaluation

FROM_THE_TIMETABLE = ("timepoints", "labels", "grid", "windows")
BY_MEASURE = ("direction", "reliability", "cutoff", "mcid")


class NotFrozen(Exception):
    """The plan is still being written."""


class Unfinished(Exception):
    """A plan that lacks something is not frozen; `faults` says what, by key."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


class NothingNew(Exception):
    """No version is being written that could replace the frozen one."""


def written(plan: AnalysisPlan) -> plans.Content:
    """The content that is being written: of a plan that is not frozen, or of its next version.

    What follows from the timetable is as the timetable stands now. Raises plans.NoTimepoints.
    """
    content = plan.content if plan.frozen_at is None or plan.next_content is None else plan.next_content
    programme = plan.evaluation.programme
    if content.get(plans.IMPORTED):
        return plans.compose(programme, grid=content["grid"], labels=content["labels"]) | content
    return _as_the_timetable(content, plans.draft(programme))


def _as_the_timetable(content: plans.Content, drafted: plans.Content) -> plans.Content:
    """What was written, for the measures that are asked now; one that is asked since then brings its own parameters."""
    before, now = _measures(content), _measures(drafted)
    kept = {
        name: {key: value for key, value in drafted[name].items() if key not in before}
        | {key: value for key, value in content[name].items() if key in now}
        for name in BY_MEASURE
    }
    chosen = {
        "primary": [key for key in content["primary"] if key in now],
        "primary_timepoints": [
            key for key in content.get("primary_timepoints", []) if key in drafted["timepoints"][1:]
        ],
    }
    return drafted | content | {key: drafted[key] for key in FROM_THE_TIMETABLE} | kept | chosen


def _measures(content: plans.Content) -> set[str]:
    return {key for name in content["grid"] for key in plans.measures_of(name)}


@transaction.atomic
def write(plan: AnalysisPlan, *, typed: plans.Content, by: User, now: datetime) -> AnalysisPlan:
    """Keep what was typed: in the plan while it is not frozen, else in its next version."""
    content = written(plan) | typed
    open_still = AnalysisPlan.objects.filter(pk=plan.pk, frozen_at=None)
    if not open_still.update(content=content):
        AnalysisPlan.objects.filter(pk=plan.pk).update(next_content=content)
    plan.refresh_from_db()
    trail.record(events.PLAN_CHANGED, at=now, target=plan, by=by)
    return plan


def faults(content: plans.Content, *, units_told: bool) -> dict[str, str]:
    """What stands in the way of freezing a plan, in words, by key; all of it at once."""
    found = {}
    if content["kind"] == plans.RESEARCH:
        found |= {key: words for key, words in plan_words.needed_for_research().items() if not content[key]}
    if content["suppress_below"] < SMALLEST_THRESHOLD:
        found["suppress_below"] = _("Groups of fewer than 5 people are never shown. Write 5 or more.")
    if not units_told and not content["no_system_outcomes"].strip():
        found["no_system_outcomes"] = plan_words.no_units()
    return found | _faults_of_primary(content)


def _faults_of_primary(content: plans.Content) -> dict[str, str]:
    """One or two primary measures, each of them asked at a primary time point, and each of those asking one."""
    chosen, when = content["primary"], content["primary_timepoints"]
    if not chosen:
        return {"primary": _("Choose at least one primary measure.")} if _measures(content) else {}
    if len(chosen) > plans.MOST_PRIMARY:
        return {"primary": _("Choose one or two primary measures: there are {n}.").format(n=len(chosen))}
    asked = {key: plans.asked_at(content["grid"], key) for key in chosen}
    never = [key for key in chosen if when and not set(when) & set(asked[key])]
    empty = [key for key in when if not any(key in keys for keys in asked.values())]
    if never:
        return {"primary": plan_words.never_asked(never, when, content)}
    return {"primary_timepoints": plan_words.asks_none(empty, content)} if empty else {}


def faults_of(plan: AnalysisPlan, typed: plans.Content) -> dict[str, str]:
    """What would stand in the way of freezing a plan with this typed over it."""
    return faults(written(plan) | typed, units_told=_units_told(plan))


def _units_told(plan: AnalysisPlan) -> bool:
    return plan.evaluation.system_outcomes.exists()


@transaction.atomic
def freeze(plan: AnalysisPlan, *, by: User, now: datetime) -> AnalysisPlan:
    """Freeze the first version. Raises Unfinished, plans.AlreadyFrozen."""
    if plan.frozen_at is None:
        plan.content = _finished(plan, written(plan))
    return plans.freeze(plan, by=by, now=now)


@transaction.atomic
def replace(plan: AnalysisPlan, *, why: str, by: User, now: datetime) -> AnalysisPlan:
    """Freeze the next version in place of the frozen one, which is kept; the change and its reason are printed.

    Raises NothingNew, Unfinished.
    """
    standing = AnalysisPlan.objects.select_for_update().get(pk=plan.pk)
    if standing.next_content is None:
        raise NothingNew
    content = _finished(standing, written(standing))
    if not (changed := changes(standing)):
        raise NothingNew
    EarlierPlan.objects.create(
        evaluation=standing.evaluation, version=standing.version, content=standing.content, hash=standing.hash,
        frozen_at=standing.frozen_at, replaced_at=now,
    )  # fmt: skip
    _deviation(standing, what=plan_words.changed(standing.version + 1, changed), why=why, now=now)
    AnalysisPlan.objects.filter(pk=plan.pk).update(
        content=content, hash=plans.digest(content), frozen_at=now, version=standing.version + 1, next_content=None
    )  # fmt: skip
    plan.refresh_from_db()
    trail.record(events.PLAN_REPLACED, at=now, target=plan, by=by, version=plan.version, changed=changed)
    return plan


def drop_next(plan: AnalysisPlan, *, by: User, now: datetime) -> None:
    """Throw the next version away; the frozen one stands as it did."""
    if AnalysisPlan.objects.filter(pk=plan.pk, next_content__isnull=False).update(next_content=None):
        trail.record(events.PLAN_CHANGED, at=now, target=plan, by=by)


@transaction.atomic
def deviate(plan: AnalysisPlan, *, what: str, why: str, by: User, now: datetime) -> Deviation:
    """Say what was done otherwise than the frozen plan says, and why. Raises NotFrozen."""
    if plan.frozen_at is None:
        raise NotFrozen
    made = _deviation(plan, what=what, why=why, now=now)
    trail.record(events.PLAN_DEVIATED, at=now, target=plan, by=by, version=plan.version)
    return made


def settled(evaluation: Evaluation) -> AnalysisPlan | EarlierPlan:
    """The plan that stood before data were frozen for the first time: what it does not name is not planned."""
    first = DatasetSnapshot.objects.filter(evaluation=evaluation).order_by("taken_at").first()
    if first is not None:
        before = evaluation.earlier_plans.filter(replaced_at__gt=first.taken_at).order_by("version").first()
        if before is not None:
            return before
    return evaluation.plan


def changes(plan: AnalysisPlan) -> list[str]:
    """The keys in which what is being written differs from what stands."""
    content = written(plan)
    return [key for key in content if content[key] != plan.content.get(key)]


def _finished(plan: AnalysisPlan, content: plans.Content) -> plans.Content:
    if found := faults(content, units_told=_units_told(plan)):
        raise Unfinished(found)
    return content


def _deviation(plan: AnalysisPlan, *, what: str, why: str, now: datetime) -> Deviation:
    return Deviation.objects.create(
        evaluation=plan.evaluation, version=plan.version, at=now, what=what, why=why
    )
