"""What somebody is asked at the time points they have come to, what they are spared, and what that closes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from resilience import clock
from resilience.measures import recall
from resilience.measures.models import LeftOut, Occasion, Timepoint, WhyNot
from resilience.participants.models import Enrolment, Overlap

BATCH = 500


@dataclass
class Asked:
    """What one person was asked so far, spared, and answered."""

    occasions: list[Occasion] = field(default_factory=list)
    timepoints: set[UUID] = field(default_factory=set)
    answered: dict[str, list[datetime]] = field(default_factory=dict)


@dataclass
class Fresh:
    """What is to be stored: new occasions, what is left out, and what closes."""

    occasions: list[Occasion] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    overtaken: list[Occasion] = field(default_factory=list)


@transaction.atomic
def make(
    people: Iterable[tuple[Enrolment, Mapping[UUID, datetime]]], plan: Sequence[Timepoint], *, now: datetime
) -> int:
    """Store what these people are asked, given when each time point is due for them; return how many are new."""
    people = list(people)
    before, fresh = _before([enrolment for enrolment, _due in people]), Fresh()
    for enrolment, due in people:
        _Sheet(enrolment, due, plan, before.get(enrolment.respondent_id) or Asked(), fresh).fill(now)
    Occasion.objects.bulk_create(fresh.occasions, ignore_conflicts=True, batch_size=BATCH)
    LeftOut.objects.bulk_create(fresh.left_out, ignore_conflicts=True, batch_size=BATCH)
    if fresh.overtaken:
        Occasion.objects.bulk_update(fresh.overtaken, ["closes_at", "overtaken_at"], batch_size=BATCH)
    return len(fresh.occasions)


def _before(enrolments: Sequence[Enrolment]) -> dict[UUID, Asked]:
    """Return what these people were asked so far, by two questions to the database."""
    respondents = [each.respondent_id for each in enrolments]
    found: dict[UUID, Asked] = {}
    for occasion in Occasion.objects.filter(respondent__in=respondents).prefetch_related("responses"):
        mine = found.setdefault(occasion.respondent_id, Asked())
        mine.occasions.append(occasion)
        mine.timepoints.add(occasion.timepoint_id)
        given = [response.submitted_at for response in occasion.responses.all()]
        mine.answered.setdefault(occasion.instrument, []).extend(given)
    spared = LeftOut.objects.filter(respondent__in=respondents)
    for respondent, timepoint in spared.values_list("respondent_id", "timepoint_id").distinct():
        found.setdefault(respondent, Asked()).timepoints.add(timepoint)
    return found


class _Sheet:
    """One person, and what comes to them now."""

    def __init__(
        self,
        enrolment: Enrolment,
        due: Mapping[UUID, datetime],
        plan: Sequence[Timepoint],
        asked: Asked,
        fresh: Fresh,
    ) -> None:
        self.enrolment, self.due, self.asked, self.fresh = enrolment, due, asked, fresh
        self.zone = enrolment.participant.time_zone
        self.together = enrolment.cohort.programme.overlap == Overlap.TOGETHER
        planned = [each for each in plan if each.pk in due and each.planned.all()]
        self.positions = {each.pk: each.position for each in plan}
        self.opens = {
            each.pk: clock.days_after(due[each.pk], -each.early_days, self.zone) for each in planned
        }
        self.opens |= {each.timepoint_id: each.open_from for each in asked.occasions}
        self.plan = sorted(planned, key=lambda each: (self.opens[each.pk], each.position))

    def fill(self, now: datetime) -> None:
        """Ask what has opened by now and was not asked or spared yet, in the order in which it opened."""
        for timepoint in self.plan:
            if self.opens[timepoint.pk] <= now and timepoint.pk not in self.asked.timepoints:
                self._come_to(timepoint)

    def _come_to(self, timepoint: Timepoint) -> None:
        self.asked.timepoints.add(timepoint.pk)
        mine = [self._ask(timepoint, cell.instrument) for cell in timepoint.planned.all()]
        new = [each for each in mine if isinstance(each, Occasion)]
        self.fresh.left_out += [each for each in mine if isinstance(each, LeftOut)]
        if not new:
            return
        self._overtake(timepoint, {each.instrument for each in new})
        self.asked.occasions += new
        self.fresh.occasions += new

    def _ask(self, timepoint: Timepoint, instrument: str) -> Occasion | LeftOut:
        due_at = self.due[timepoint.pk]
        common = {
            "respondent_id": self.enrolment.respondent_id, "timepoint": timepoint, "instrument": instrument,
            "due_at": due_at,
        }  # fmt: skip
        if why := self._why_not(timepoint, instrument):
            return LeftOut(**common, why=why)
        ends, closes = timepoint.window_days, timepoint.window_days + timepoint.late_days
        return Occasion(
            **common,
            opens_at=self.opens[timepoint.pk] if timepoint.early_days else None,
            late_at=clock.days_after(due_at, ends, self.zone) if timepoint.late_days else None,
            closes_at=clock.days_after(due_at, closes, self.zone),
        )

    def _why_not(self, timepoint: Timepoint, instrument: str) -> str:
        if self._was_over(timepoint):
            return WhyNot.PLANNED_LATER
        if self._later_came_first(timepoint, instrument):
            return WhyNot.OVERTAKEN
        if recall.within(instrument, opens=self.opens[timepoint.pk], answered=self.asked.answered):
            return WhyNot.RECALL
        return ""

    def _was_over(self, timepoint: Timepoint) -> bool:
        """Return whether its window was over for this person before it stood in the timetable."""
        if timepoint.planned_at is None:
            return False
        days = timepoint.window_days + timepoint.late_days
        return clock.days_after(self.due[timepoint.pk], days, self.zone) <= timepoint.planned_at

    def _later_came_first(self, timepoint: Timepoint, instrument: str) -> bool:
        """Return whether a later time point opened before this one, with the same question where both may be open."""
        later = [
            each
            for each in self.plan
            if each.position > timepoint.position
            and self.opens[each.pk] < self.opens[timepoint.pk]
            and not self._was_over(each)
        ]
        return any(not self.together or _asks(each, instrument) for each in later)

    def _overtake(self, timepoint: Timepoint, instruments: set[str]) -> None:
        """Close what an earlier time point still asks: all of it, or what both ask where both stay open."""
        opens = self.opens[timepoint.pk]
        for earlier in self.asked.occasions:
            if not self._is_open_before(earlier, timepoint, opens):
                continue
            if not self.together or earlier.instrument in instruments:
                stored = not earlier._state.adding
                earlier.closes_at = earlier.overtaken_at = opens
                self.fresh.overtaken += [earlier] if stored else []

    def _is_open_before(self, earlier: Occasion, timepoint: Timepoint, opens: datetime) -> bool:
        """Return whether an occasion of an earlier time point waits for an answer when this one opens."""
        unanswered = earlier._state.adding or not earlier.responses.all()
        before = self.positions[earlier.timepoint_id] < timepoint.position and earlier.open_from < opens
        return unanswered and before and opens < earlier.closes_at


def _asks(timepoint: Timepoint, instrument: str) -> bool:
    return any(cell.instrument == instrument for cell in timepoint.planned.all())
