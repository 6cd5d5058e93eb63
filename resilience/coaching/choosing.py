"""The times that somebody can choose from, as the page shows them: by day, in their own time zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from resilience.coaching import both_roles, slots
from resilience.coaching.availability import Slot
from resilience.coaching.models import Booking, Coach
from resilience.participants.models import Participant

AT_ONCE = 20
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)
ZONES = (
    "Europe/London", "Europe/Dublin", "Europe/Paris", "Europe/Athens", "America/St_Johns", "America/Halifax",
    "America/Toronto", "America/Winnipeg", "America/Edmonton", "America/Vancouver", "America/New_York",
    "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "UTC",
)  # fmt: skip


class NotAChoice(ValueError):
    """This is not one of the values that the page gives its radio buttons."""


@dataclass(frozen=True)
class Choice:
    """One radio button: its value, the moment and the coach."""

    value: str
    at: datetime
    coach: Coach
    place: int


@dataclass(frozen=True)
class Choices:
    """The next free times by local day, and the moment after which later ones are found."""

    days: Sequence[tuple[date, Sequence[Choice]]]
    later: datetime | None

    @property
    def any(self) -> bool:
        """Return whether there is a time to choose."""
        return bool(self.days)


def times(
    *, coaches: Sequence[Coach], participant: Participant, minutes: int, now: datetime, after: datetime | None = None,
    picked: tuple[Coach, datetime] | None = None, leaving_out: Booking | None = None,
) -> Choices:  # fmt: skip
    """Return the next twenty times that are free for somebody and any of these coaches, by their own clock.

    The time `picked` before is among them while it is free.
    """
    asked = {"length": timedelta(minutes=minutes), "now": now, "leaving_out": leaving_out}
    found = slots.next_free(coaches=coaches, after=after, most=AT_ONCE + 1, **asked)
    later = found[AT_ONCE - 1].starts_at if len(found) > AT_ONCE else None
    shown = both_roles.without(found[:AT_ONCE], coaches=coaches, participant=participant, but=leaving_out)
    by_id = {coach.pk: coach for coach in coaches}
    if picked and (slot := _free(*picked, shown=shown, **asked)):
        by_id[slot.coach_id] = picked[0]
        shown = sorted([*shown, slot], key=lambda each: each.starts_at)
    choices = [_choice(slot, by_id[slot.coach_id], place) for place, slot in enumerate(shown)]
    local = ZoneInfo(participant.time_zone)
    days = groupby(choices, key=lambda choice: choice.at.astimezone(local).date())
    return Choices([(day, list(group)) for day, group in days], later)


def _free(coach: Coach, at: datetime, *, shown: Sequence[Slot], **asked: object) -> Slot | None:
    """Return the slot that was picked where it is still free and not among those shown."""
    if any((slot.coach_id, slot.starts_at) == (coach.pk, at) for slot in shown):
        return None
    return slots.find(coach=coach, starts_at=at, **asked)


def _choice(slot: Slot, coach: Coach, place: int) -> Choice:
    return Choice(value(coach, slot.starts_at), slot.starts_at, coach, place)


def value(coach: Coach, at: datetime) -> str:
    """Return the value of the radio button of a time with a coach."""
    return f"{coach.slug}@{stamp(at)}"


def stamp(moment: datetime) -> str:
    """Return a moment as it stands in an address or a value: 2026-11-03T14:30:00Z."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def moment(text: str) -> datetime | None:
    """Return the moment that a stamp names, or None; one so far off that no calendar reaches it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo and EARLIEST < found < LATEST else None


def read(value: str, *, coaches: Sequence[Coach]) -> tuple[Coach, datetime]:
    """Return the coach and the moment of a radio button's value. Raises NotAChoice."""
    slug, _at, stamped = value.partition("@")
    coach = next((coach for coach in coaches if coach.slug == slug), None)
    at = moment(stamped)
    if coach is None or at is None:
        raise NotAChoice(value)
    return coach, at
