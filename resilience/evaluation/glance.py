"""How an evaluation stands, in a few counts of the whole programme: recruited, answered by time point."""

from dataclasses import dataclass
from datetime import datetime

from resilience.evaluation import gather
from resilience.evaluation.models import Evaluation
from resilience.measures.models import Occasion, Response


@dataclass(frozen=True)
class Wave:
    """One time point: for how many it has come, and how many of them have answered something."""

    key: str
    label: str
    due: int
    answered: int


@dataclass(frozen=True)
class Glance:
    """Who enrolled, who lets us use their answers, and who has answered when."""

    registered: int
    consented: int
    recruit_goal: int | None
    retain_goal: int | None
    waves: tuple[Wave, ...]

    @property
    def began(self) -> int:
        """How many answered at the first time point; 1 where nobody did, so that a bar has a length."""
        return self.waves[0].answered or 1


def look(evaluation: Evaluation, *, at: datetime) -> Glance:
    """Count how the evaluation stands."""
    cohort = gather.Cohort(evaluation, as_of=at)
    goals = evaluation.plan.content.get("goals", {})
    return Glance(
        registered=cohort.enrolled,
        consented=len(cohort.people),
        recruit_goal=goals.get("recruit"),
        retain_goal=goals.get("retain_percent"),
        waves=tuple(_wave(cohort, key) for key in evaluation.plan.content["timepoints"]),
    )


def _wave(cohort: gather.Cohort, key: str) -> Wave:
    due = Occasion.objects.filter(
        respondent__in=cohort.respondents, timepoint__key=key, due_at__lte=cohort.as_of
    )
    answered = Response.objects.filter(
        respondent__in=cohort.respondents, occasion__timepoint__key=key, submitted_at__lte=cohort.as_of
    )
    return Wave(
        key=key,
        label=cohort.evaluation.plan.content["labels"][key],
        due=due.values("respondent").distinct().count(),
        answered=answered.values("respondent").distinct().count(),
    )
