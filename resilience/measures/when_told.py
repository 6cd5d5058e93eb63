"""When somebody is told of a short page: at once, then reminded, never in their quiet hours. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from resilience.messaging import quiet

READY, REMINDER, CLOSING = "page_ready", "page_reminder", "page_closing"
KINDS = (READY, REMINDER, CLOSING)


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody can be written to: where they live, and until when they are on nights."""

    zone: str
    nights_until: datetime | None = None

    def from_on(self, moment: datetime) -> datetime:
        """Return the first moment from `moment` on that is not quiet for them."""
        on_nights = self.nights_until is not None and moment < self.nights_until
        return quiet.after(moment, zone=self.zone, on_nights=on_nights)


@dataclass(frozen=True, slots=True)
class Told:
    """One message: its kind, its place in the row (0 is the first word), and when it is due."""

    kind: str
    number: int
    at: datetime


def plan(
    *, due_at: datetime, closes_at: datetime, first_word: bool, reminder_days: Sequence[int], hours: Hours
) -> list[Told]:
    """Return what is sent of a page and when: only what comes before it closes; the last reminder names that day."""
    days = [*([0] if first_word else []), *reminder_days]
    moments = [hours.from_on(quiet.days_on(due_at, days=each, zone=hours.zone)) for each in days]
    fitting = [moment for moment in moments if moment < closes_at]
    start = 0 if first_word else 1
    last = len(fitting) - 1
    return [
        Told(_kind(number, is_last=place == last), number, moment)
        for place, (number, moment) in enumerate(
            zip(range(start, start + len(fitting)), fitting, strict=True)
        )
    ]


def _kind(number: int, *, is_last: bool) -> str:
    if number == 0:
        return READY
    return CLOSING if is_last else REMINDER


def again(
    *, before: tuple[int, datetime] | None, number: int, reminder_days: Sequence[int], hours: Hours
) -> datetime | None:
    """Return before when a message is too near to the one that went out before it; None where none did.

    What was held back by a pause, or by a site that was away, keeps the distance of the plan and comes in no burst.
    """
    if before is None:
        return None
    from_number, sent_at = before
    days = (0, *reminder_days)
    apart = days[min(number, len(days) - 1)] - days[min(from_number, len(days) - 1)]
    return hours.from_on(quiet.days_on(sent_at, days=max(apart, 1), zone=hours.zone))
