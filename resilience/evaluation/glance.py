"""How an evaluation stands, in a few counts of the whole programme: recruited, answered by time point."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from resilience.evaluation import gather
from resilience.evaluation.models import Evaluation
from resilience.measures.models import Occasion, Response


@dataclass(frozen=True)
class Wave:
    """One time point: for how many it has come, how many answered something, and how many of those who began."""

    key: str
    label: str
    due: int
    answered: int
    stayed: int


@dataclass(frozen=True)
class Glance:
    """Who enrolled, who lets us use their answers, and who has answered when."""

    registered: int
    consented: int
    recruit_goal: int | None
    retain_goal: int | None
    waves: tuple[Wave, ...]
    imported: bool = False

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
        imported=cohort.imported,
    )


def _wave(cohort: gather.Cohort, key: str) -> Wave:
    plan = cohort.evaluation.plan.content
    answered, began = _answered(cohort, key), _answered(cohort, plan["timepoints"][0])
    return Wave(
        key=key,
        label=plan["labels"][key],
        due=_due(cohort, key),
        answered=answered.distinct().count(),
        stayed=answered.filter(respondent__in=began).distinct().count(),
    )


def _due(cohort: gather.Cohort, key: str) -> int:
    """For how many a time point has come. A pack does not say so: as in its report, everybody counts as asked."""
    if cohort.imported:
        return len(cohort.people)
    came = Occasion.objects.filter(
        respondent__in=cohort.respondents, timepoint__key=key, due_at__lte=cohort.as_of
    )
    return came.values("respondent").distinct().count()


def _answered(cohort: gather.Cohort, key: str) -> QuerySet:
    """Who answered something at a time point."""
    given = Response.objects.filter(
        respondent__in=cohort.respondents, occasion__timepoint__key=key, submitted_at__lte=cohort.as_of
    )
    return given.values("respondent")
