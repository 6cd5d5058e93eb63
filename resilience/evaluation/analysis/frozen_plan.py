"""The analysis plan as analysis reads it: what was decided before the figures were seen, and what was changed later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SERVICE, RESEARCH = "service", "research"
# What a plan could name at first: one that names no kinds at all planned these, and whatever came later it did not.
FIRST_ANALYSES = (
    "change",
    "reliable_change",
    "responders",
    "mixed_model",
    "coached_difference",
    "coach_background",
    "per_call",
    "cost",
    "subgroups",
    "acceptability",
    "coding",
)
ANALYSES = (
    *FIRST_ANALYSES,
    "process",
    "baseline",
    "missing",
    "quality",
    "last_score",
    "imputed",
    "offers",
    "opinions",
    "coach_time",
    "arms",
    "fairness",
    "leaving",
    "benefit",
    "harms",
    "system",
)
MULTIPLICITY = {"primary": "holm", "rest": "bh"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be computed, and how.

    `planned` are the measures and `analyses` the kinds of figures that were planned before the first report was asked
    for; whatever else the report shows is not planned. `primary_timepoints` are those at which the primary measures
    are compared with the baseline: the first later one where the plan names none. `exposure` is how many attended
    calls make somebody coached. `windows` tells of each time point how many days early, in time and late it takes
    answers. `design` names the design that lets the report speak of effects on units, and is "" where none does.
    Each of the `deviations` is {"when": ISO date, "what", "why"}; each of the `earlier` versions, which this one
    replaced, {"version", "frozen_on", "hash"}. `collected_before` says that the data had been collected when the plan
    was frozen, as those of a pack from elsewhere; `seen_on` is the day on which figures of these people were first
    seen, where that was before it was frozen, else "".
    """

    timepoints: tuple[str, ...]
    due: tuple[str, ...]
    labels: Mapping[str, str]
    primary: tuple[str, ...]
    planned: tuple[str, ...]
    covariates: tuple[str, ...]
    complete_modules: int
    suppress_below: int
    frozen_on: str | None
    hash: str
    goals: Mapping[str, float] = field(default_factory=dict)
    kind: str = SERVICE
    approval: str = ""
    sponsor: str = ""
    registration: str = ""
    retention: str = ""
    incentives: str = ""
    funding: str = ""
    involvement: str = ""
    data_access: str = ""
    primary_timepoints: tuple[str, ...] = ()
    analyses: tuple[str, ...] = FIRST_ANALYSES
    exposure: int = 1
    windows: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    multiplicity: Mapping[str, str] = field(default_factory=lambda: dict(MULTIPLICITY))
    cost: Mapping[str, float] = field(default_factory=dict)
    deviations: tuple[Mapping[str, Any], ...] = ()
    version: int = 1
    earlier: tuple[Mapping[str, Any], ...] = ()
    no_system_outcomes: str = ""
    design: str = ""
    collected_before: bool = False
    seen_on: str = ""

    @property
    def baseline(self) -> str:
        return self.timepoints[0]
