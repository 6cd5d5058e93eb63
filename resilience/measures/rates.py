"""The line from being asked to having answered: due, invited, opened, started, completed, for each time point.

The figures add up: who completed a page has started it, who started it has opened it, and each page counts in one
channel alone. A page counts once for a person, however many instruments it holds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Max, Min, Q

from resilience.measures.models import Occasion
from resilience.messaging.models import Channel
from resilience.participants.models import Programme

NONE = ""
CHANNELS = (Channel.EMAIL, Channel.SMS, NONE)


@dataclass(frozen=True, slots=True)
class Asked:
    """One page of one person: how they were told of it, and how far they went."""

    respondent: UUID
    cohort: UUID
    timepoint: str
    channel: str
    opened: bool
    started: bool
    completed: bool


@dataclass
class Steps:
    """How many came how far."""

    asked: int = 0
    invited: int = 0
    opened: int = 0
    started: int = 0
    completed: int = 0

    def add(self, row: Asked) -> None:
        """Count one page; who went further has been at each step before."""
        self.asked += 1
        self.invited += row.channel != NONE
        self.opened += row.opened or row.started or row.completed
        self.started += row.started or row.completed
        self.completed += row.completed

    @property
    def percent(self) -> int | None:
        """Return how many of a hundred who were asked completed the page; None where nobody was."""
        return round(100 * self.completed / self.asked) if self.asked else None


@dataclass
class Line(Steps):
    """The same for one time point, in all and for each way of telling people: by e-mail, by text, not at all."""

    channels: dict[str, Steps] = field(default_factory=lambda: {each: Steps() for each in CHANNELS})

    @property
    def by_email(self) -> Steps:
        """Return those who were told by e-mail."""
        return self.channels[Channel.EMAIL]

    @property
    def by_text(self) -> Steps:
        """Return those who were told by text."""
        return self.channels[Channel.SMS]

    @property
    def untold(self) -> Steps:
        """Return those to whom no message went: they were asked on the site."""
        return self.channels[NONE]

    def add(self, row: Asked) -> None:
        """Count one page, in all and in its channel."""
        super().add(row)
        self.channels[row.channel].add(row)


def count(rows: Iterable[Asked]) -> dict[str, Line]:
    """Return the line of each time point that was asked of anybody. Pure; reads each row once and keeps none."""
    lines: dict[str, Line] = {}
    for row in rows:
        lines.setdefault(row.timepoint, Line()).add(row)
    return lines


def by_cohort(rows: Iterable[Asked]) -> dict[UUID, dict[str, Line]]:
    """Return the same for each cohort."""
    found: dict[UUID, dict[str, Line]] = {}
    for row in rows:
        found.setdefault(row.cohort, {}).setdefault(row.timepoint, Line()).add(row)
    return found


def rows(programme: Programme) -> Iterator[Asked]:
    """Yield each page that has fallen due for somebody, in the order of the plan, by one query.

    With the respondent in each row: those who answered a later page and those who did not can be compared by what
    they said before.
    """
    first = Q(responses__isnull=False, responses__corrects=None)
    asked = Occasion.objects.filter(timepoint__programme=programme, respondent__enrolment__isnull=False)
    sittings = (
        asked.values("respondent", "respondent__enrolment__cohort", "timepoint__position", "timepoint__key")
        .annotate(
            parts=Count("pk", distinct=True),
            answered=Count("pk", filter=first, distinct=True),
            opened=Min("opened_at"),
            channel=Max("invited_by"),
        )
        .order_by("timepoint__position", "respondent")
    )
    for row in sittings.iterator(chunk_size=2_000):
        yield Asked(
            respondent=row["respondent"],
            cohort=row["respondent__enrolment__cohort"],
            timepoint=row["timepoint__key"],
            channel=row["channel"],
            opened=row["opened"] is not None,
            started=row["answered"] > 0,
            completed=row["answered"] == row["parts"],
        )


def of(programme: Programme) -> dict[str, Line]:
    """Return the line of each time point of a programme."""
    return count(rows(programme))
