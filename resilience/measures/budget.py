"""How many questions people are asked and how long that takes, against what we think is fair."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from resilience.measures import catalogue, timepoints
from resilience.measures.models import Timepoint
from resilience.participants.models import Programme

A_SITTING, MINUTES_A_SITTING = 25, 8
IN_ALL, WITH_CALLS, CALLS = 125, 150, 2

ON_JOINING = 17  # seven ticks, five questions about the person, two about contact, three about the time
AFTER_A_PART = 3
ON_THE_PLACE_OF_WORK = 3  # once, in one of the parts
BEFORE_CALLS = 5
AFTER_A_CALL = ("relationship_participant", "call_feedback")


@dataclass(frozen=True)
class Sitting:
    """The questions of one time point."""

    timepoint: Timepoint
    questions: int
    minutes: int

    @property
    def is_over(self) -> bool:
        """Return whether it asks more than is fair at one time."""
        return self.questions > A_SITTING or self.minutes > MINUTES_A_SITTING


@dataclass(frozen=True)
class Burden:
    """All that one person is asked: at each time point, on joining and in the parts, and around the calls."""

    sittings: tuple[Sitting, ...]
    besides: int
    around_calls: int

    @property
    def in_all(self) -> int:
        """Return how many questions somebody without calls is asked."""
        return sum(each.questions for each in self.sittings) + self.besides

    @property
    def with_calls(self) -> int:
        """Return how many questions somebody with two calls is asked."""
        return self.in_all + self.around_calls

    @property
    def minutes(self) -> int:
        """Return how many minutes the time points take together."""
        return sum(each.minutes for each in self.sittings)

    @property
    def is_over(self) -> bool:
        """Return whether it is more than is fair, in one sitting or in all."""
        too_long = any(each.is_over for each in self.sittings)
        return too_long or self.in_all > IN_ALL or self.with_calls > WITH_CALLS


def of(
    programme: Programme, asks: Iterable[tuple[Timepoint, Sequence[str]]], *, on_joining: int = ON_JOINING
) -> Burden:
    """Return what the instruments named at each time point come to."""
    return Burden(
        sittings=tuple(_sitting(timepoint, names) for timepoint, names in asks),
        besides=on_joining + _in_parts(programme),
        around_calls=BEFORE_CALLS + CALLS * sum(len(catalogue.get(each).asked) for each in AFTER_A_CALL),
    )


def planned(programme: Programme, *, on_joining: int = ON_JOINING) -> Burden:
    """Return what the timetable of a programme comes to."""
    plan = timepoints.plan_of(programme.pk)
    asks = [(each, [cell.instrument for cell in each.planned.all()]) for each in plan]
    return of(programme, asks, on_joining=on_joining)


def _sitting(timepoint: Timepoint, names: Sequence[str]) -> Sitting:
    instruments = [catalogue.get(name) for name in names]
    asked = sum(len(each.asked) for each in instruments)
    return Sitting(timepoint, asked, catalogue.minutes_of(instruments))


def _in_parts(programme: Programme) -> int:
    return programme.modules * AFTER_A_PART + ON_THE_PLACE_OF_WORK if programme.modules else 0


def limits() -> Mapping[str, int]:
    """Return the limits, by the names that templates use."""
    return {"sitting": A_SITTING, "minutes": MINUTES_A_SITTING, "in_all": IN_ALL, "with_calls": WITH_CALLS}
