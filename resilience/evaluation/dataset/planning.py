"""The programme, the evaluation and the frozen plan that a pack goes into: found, or made from its meta.json."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from resilience.accounts.models import User
from resilience.evaluation import plans, system_outcomes
from resilience.evaluation.dataset import meta, releasing, told_of_cohort
from resilience.evaluation.dataset.columns import CODE, ITEMS, META, PARTICIPANTS
from resilience.evaluation.dataset.staging import Stage
from resilience.evaluation.models import Evaluation
from resilience.measures.models import Anchor, PlannedMeasure, Timepoint
from resilience.organisations.models import Organisation
from resilience.participants.models import Coaching, Enrolment, Programme

RESERVED = frozenset({"import", "new"})  # words that addresses below /evaluations/ use themselves
NO_SYSTEM_OUTCOMES = "The imported data hold none"
MADE_FOR_PACKS, ITS_NAME = "imported-data", "Data from elsewhere"
AS_GIVEN = (
    "labels",
    "primary",
    "covariates",
    "complete_modules",
    "suppress_below",
    "cost",
    "no_system_outcomes",
    "kind",
    *plans.SAID,
    "primary_timepoints",
    "analyses",
    "exposure",
)


class Taken(Exception):
    """The name belongs to something that a pack cannot go into; the message says what to do."""


def find(slug: str, *, lock: bool) -> Evaluation | None:
    """Return the evaluation of an earlier import, or None where there is none yet. Raises Taken."""
    if slug in RESERVED:
        raise Taken(_("“{slug}” cannot be used as a name. Choose another.").format(slug=slug))
    found = Evaluation.objects.select_related("programme", "plan").filter(slug=slug)
    evaluation = (found.select_for_update(of=["self"]) if lock else found).first()
    if evaluation is None:
        return None
    if evaluation.programme.slug != slug or not is_imported(evaluation):
        raise Taken(
            _("The evaluation “{slug}” is about people of this site. Choose another name.").format(slug=slug)
        )
    return evaluation


def is_imported(evaluation: Evaluation) -> bool:
    """Whether an evaluation is about the people of a pack, and not those of its programme."""
    return bool(evaluation.plan.content.get(plans.IMPORTED))


def differences(evaluation: Evaluation, given: meta.Meta, stage: Stage) -> Iterator[tuple[str, str, str]]:
    """Yield file, key and words wherever a pack wants something else than the frozen plan."""
    frozen = evaluation.plan.content
    if _is_mixed(evaluation.programme, given, stage):
        words = _("these people do not exist, those taken in before do: take the pack in under another name")
        yield PARTICIPANTS, CODE, words
    wanted = {key: given[key] for key in (*AS_GIVEN, "timepoints", "grid") if key in given}
    wanted |= {
        key: frozen[key] | meta.expand(given[key], frozen["grid"]) for key in meta.PER_MEASURE if key in given
    }
    for key, value in wanted.items():
        if _plain(frozen.get(key)) != _plain(_completed(key, value, frozen)):
            yield META, key, _("differs from the frozen plan: take the pack in under another name")
    for name, keys in stage.grid().items():
        for key in keys:
            if key not in frozen["grid"].get(name, ()):
                yield (
                    ITEMS,
                    "instrument",
                    _(
                        "{instrument} at “{timepoint}” is not in the frozen plan: take the pack in under another name"
                    ).format(instrument=name, timepoint=key),
                )


def _completed(key: str, value: Any, frozen: plans.Content) -> Any:
    return frozen["labels"] | value if key == "labels" else value


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def compose(programme: Programme, given: meta.Meta, stage: Stage) -> plans.Content:
    """The content of a new plan: what meta.json says, else what follows from the instruments and the data."""
    grid = given.get("grid") or stage.grid()
    labels = {key: given.get("labels", {}).get(key, key.upper()) for key in stage.timepoints}
    content = plans.compose(programme, grid=grid, labels=labels)
    for key in meta.PER_MEASURE:
        content[key] = content[key] | meta.expand(given.get(key, {}), grid)
    content |= {key: given[key] for key in AS_GIVEN if key in given and key != "labels"}
    if not content["no_system_outcomes"] and not given.get("system"):
        content["no_system_outcomes"] = NO_SYSTEM_OUTCOMES
    return content | {plans.IMPORTED: True}


def faults(content: plans.Content) -> Iterator[tuple[str, str]]:
    """Yield key and words for what a plan names but does not ask."""
    measures = {key for name in content["grid"] for key in plans.measures_of(name)}
    for key in content["primary"]:
        if key not in measures:
            yield "primary", _("“{key}” is in no answer of items_long.csv").format(key=key)
        elif key in plans.apart(content["grid"]):
            yield (
                "primary",
                _("“{key}” asks for ways of coping: it cannot be a primary measure").format(key=key),
            )
    for key in content["primary_timepoints"]:
        if key not in content["timepoints"][1:]:
            yield "primary_timepoints", _("“{key}” is no time point after the first").format(key=key)
    for name, keys in content["grid"].items():
        if not set(keys) <= set(content["timepoints"]):
            yield "grid", _("{instrument} is asked at a time point that is not named").format(instrument=name)


def home(slug: str, given: meta.Meta, stage: Stage) -> Programme:
    """Return the programme of this name, or a new one that is not stored yet.

    Raises Taken where people of this site take part in it, who would be asked at the pack's time points.
    """
    found = Programme.objects.filter(slug=slug).first()
    if found is None:
        return Programme(
            slug=slug,
            public_name=slug.replace("-", " ").capitalize()[:120],
            is_synthetic=_are_made_up(given, stage),
            coaching=Coaching.OPTIONAL if stage.count("calls") else Coaching.NONE,
            modules=_most_modules(stage),
        )
    if _is_mixed(found, given, stage):
        raise Taken(
            _("The people of this pack do not exist, those of “{slug}” do. Choose another name.").format(
                slug=slug
            )
        )
    if _fresh(found, stage) and Enrolment.objects.filter(cohort__programme=found).exists():
        raise Taken(_("People of this site take part in “{slug}”. Choose another name.").format(slug=slug))
    return found


def _are_made_up(given: meta.Meta, stage: Stage) -> bool:
    """Whether the people do not exist: meta.json says so, or their codes do, which no file can lose."""
    return given.get("synthetic", False) or bool(
        stage.count("people", where=f"code LIKE '{releasing.SYNTHETIC}%'")
    )


def _is_mixed(programme: Programme, given: meta.Meta, stage: Stage) -> bool:
    """Whether people who do not exist would be counted with people who do."""
    return _are_made_up(given, stage) and not programme.is_synthetic


def _came_with(given: meta.Meta, programme: Programme) -> dict[str, Any]:
    told = {key: given[key] for key in told_of_cohort.KEPT if key in given}
    return told | ({told_of_cohort.SYNTHETIC: True} if programme.is_synthetic else {})


def _fresh(programme: Programme, stage: Stage) -> list[str]:
    """The time points that the programme does not have yet."""
    known = set(Timepoint.objects.filter(programme=programme).values_list("key", flat=True))
    return [key for key in stage.timepoints if key not in known]


def _organisation() -> Organisation:
    """The one organisation of the site; where there are several or none, one that stands for data from elsewhere."""
    known = list(Organisation.objects.all()[:2])
    if len(known) == 1:
        return known[0]
    return Organisation.objects.get_or_create(slug=MADE_FOR_PACKS, defaults={"name": ITS_NAME})[0]


def _most_modules(stage: Stage) -> int:
    most = "SELECT max(json_extract(facts, '$.modules_completed')) FROM people"
    return stage.sql.execute(most).fetchone()[0] or 0


def _timepoint(
    programme: Programme, key: str, *, label: str, position: int, grid: dict[str, list[str]]
) -> None:
    made = Timepoint.objects.create(
        programme=programme, key=key, label=label[:80], position=position, anchor=Anchor.ENROLMENT
    )
    asked = [name for name, keys in grid.items() if key in keys]
    PlannedMeasure.objects.bulk_create(
        PlannedMeasure(timepoint=made, instrument=name, position=place)
        for place, name in enumerate(asked, start=1)
    )


def begin(
    slug: str, given: meta.Meta, stage: Stage, *, by: User | None, now: datetime, content: plans.Content
) -> Evaluation:
    """Make the evaluation with its frozen plan, and its programme and time points where there are none."""
    programme = home(slug, given, stage)
    if programme._state.adding:
        programme.organisation = _organisation()
        programme.save()
    fresh = _fresh(programme, stage)
    position = Timepoint.objects.filter(programme=programme).count()
    for key in fresh:
        position += 1
        _timepoint(programme, key, label=content["labels"][key], position=position, grid=content["grid"])
    made = plans.begin(
        programme=programme, slug=slug, name=programme.public_name, content=content, by=by, now=now
    )
    _tell(made, given, by=by, now=now)
    return made


def _tell(evaluation: Evaluation, given: meta.Meta, *, by: User | None, now: datetime) -> None:
    """What a pack tells of no person: how many were approached or complained, and what became of units."""
    evaluation.approached = given.get("approached", {})
    evaluation.complaints = given.get("complaints")
    evaluation.came_with = _came_with(given, evaluation.programme)
    evaluation.save(update_fields=["approached", "complaints", "came_with"])
    if rows := given.get("system"):
        system_outcomes.tell(evaluation=evaluation, rows=rows, by=by, now=now)
