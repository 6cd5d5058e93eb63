"""What coaches keep of their calls: the stages of the guide that were held, and the time that it took them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from resilience.coaching import tens
from resilience.coaching.models import Call, Coach, CoachReport, Outcome
from resilience.participants.models import Programme


@dataclass(frozen=True)
class Totals:
    """What the calls of somebody, or of a programme, came to: numbers that anybody can add up again."""

    calls: int
    told: int
    stages_held: int
    stages_of: int
    call_minutes: float
    preparation_minutes: int
    notes_minutes: int
    in_own_time: int
    of_own_time: int

    @property
    def stages_percent(self) -> int | None:
        """Return the share of the guide's stages that were held, where anybody said."""
        return round(100 * self.stages_held / self.stages_of) if self.stages_of else None

    @property
    def own_time_percent(self) -> int | None:
        """Return the share of the calls that were held in the coach's own time, where anybody said."""
        return round(100 * self.in_own_time / self.of_own_time) if self.of_own_time else None


def keep(
    *, call: Call, guide_call: int, stages: Iterable[int] | None, stages_of: int, preparation: int | None,
    notes: int | None = None, in_own_time: bool | None, now: datetime,
) -> CoachReport:  # fmt: skip
    """Keep what a coach says of a call, in place of what stood. What was left out stays unsaid, which is not zero."""
    held = None if stages is None else sorted({place for place in stages if 0 <= place < stages_of})
    values = {
        "guide_call": guide_call, "stages_held": held, "stages_of": stages_of,
        "preparation_minutes": preparation, "notes_minutes": notes, "in_own_time": in_own_time, "kept_at": now,
    }  # fmt: skip
    kept, _fresh = CoachReport.objects.update_or_create(call=call, defaults=values)
    return kept


def of_call(call: Call) -> CoachReport | None:
    """Return what was kept of a call."""
    return CoachReport.objects.filter(call=call).first()


def of_coach(coach: Coach, *, only_tens: bool = False) -> Totals:
    """Return what one coach's calls came to; for anybody but that coach, only over full tens of calls."""
    return _totals(Q(booking__coach=coach), only_tens=only_tens)


def of_programme(programme: Programme) -> Totals:
    """Return what all calls of a programme came to."""
    return _totals(Q(booking__enrolment__cohort__programme=programme))


def of_enrolments(enrolments: Iterable[UUID], *, as_of: datetime) -> Totals:
    """Return what the calls of these people had come to at a moment."""
    theirs = Q(booking__enrolment__in=list(enrolments), started_at__lte=as_of)
    return _totals(theirs, told=Q(kept_at__lte=as_of))


def stages_of(
    enrolments: Iterable[UUID], *, as_of: datetime, guide_call: int, titles: Sequence[str]
) -> list[dict]:
    """Return how often each stage of one call of the guide was held in the calls of these people, over all coaches."""
    rows = CoachReport.objects.filter(
        call__booking__enrolment__in=list(enrolments), kept_at__lte=as_of, guide_call=guide_call,
        stages_of=len(titles), stages_held__isnull=False,
    )  # fmt: skip
    said = list(rows.values_list("stages_held", flat=True))
    return [
        {"stage": title, "held": sum(place in held for held in said), "of": len(said)}
        for place, title in enumerate(titles)
    ]


def _totals(which: Q, *, told: Q | None = None, only_tens: bool = False) -> Totals:
    held = Call.objects.filter(which, outcome=Outcome.FULFILLED)
    within = tens.full if only_tens else list
    minutes = [each or 0 for each in held.order_by("started_at").values_list("minutes", flat=True)]
    reports = list(CoachReport.objects.filter(told or Q(), call__in=held).order_by("call__started_at"))
    said = within([each for each in reports if each.stages_held is not None and each.stages_of])
    timed = within([each for each in reports if each.in_own_time is not None])
    return Totals(
        calls=len(minutes),
        told=len(said),
        stages_held=sum(len(each.stages_held) for each in said),
        stages_of=sum(each.stages_of for each in said),
        call_minutes=sum(within(minutes)),
        preparation_minutes=sum(within(_said(reports, "preparation_minutes"))),
        notes_minutes=sum(within(_said(reports, "notes_minutes"))),
        in_own_time=sum(1 for each in timed if each.in_own_time),
        of_own_time=len(timed),
    )


def _said(reports: Iterable[CoachReport], name: str) -> list[int]:
    return [value for each in reports if (value := getattr(each, name)) is not None]


def by_stage(
    coach: Coach, *, guide_call: int, titles: Sequence[str], only_tens: bool = False
) -> list[tuple[str, int, int]]:
    """Return how often each stage of one call of the guide was held, of how many calls of which the coach said so."""
    rows = CoachReport.objects.filter(
        call__booking__coach=coach, guide_call=guide_call, stages_of=len(titles)
    )
    held = rows.filter(stages_held__isnull=False).order_by("call__started_at")
    said = list(held.values_list("stages_held", flat=True))
    said = tens.full(said) if only_tens else said
    return [(title, sum(place in held for held in said), len(said)) for place, title in enumerate(titles)]
