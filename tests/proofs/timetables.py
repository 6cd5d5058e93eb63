"""The two published timetables and the house's rules of writing to people, written out by hand.

Nothing of this is read from the product: what the product does is laid beside it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
JOINING, CALL, LAST_CALL = "joining", "a call", "the last call"
REMINDED_AFTER_DAYS = (3, 10)
RECALL_DAYS = {"phq8": 14}  # the other instruments ask about now
EVENING, MORNING, MORNING_ON_NIGHTS = time(20), time(8), time(16)


@dataclass(frozen=True)
class Wave:
    """One time point: what it asks, what it counts from, and for how long it is open."""

    key: str
    asks: tuple[str, ...]
    counts_from: str
    after_days: int = 0
    latest_days: int | None = None
    open_days: int = 28


@dataclass(frozen=True)
class Timetable:
    """The waves of a study in order, its workshops (days from the first day), and its calls."""

    slug: str
    waves: tuple[Wave, ...]
    workshops: dict[str, int]
    calls: int
    calls_close_after_days: int

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(wave.key for wave in self.waves)


# Critical care nurses, 2024: two workshops and two calls in eight weeks, five waves.
FIVE = Timetable(
    slug="five",
    waves=(
        Wave("t1", ("phq8", "coping_confidence"), JOINING),
        Wave("t2", ("coping_confidence",), "workshop-1", latest_days=28, open_days=14),
        Wave("t3", ("coping_confidence",), "workshop-2", latest_days=42, open_days=14),
        Wave("t4", ("phq8", "coping_confidence", "leaving", "acceptability"), LAST_CALL),
        Wave("t5", ("phq8", "coping_confidence", "leaving"), "t4", after_days=90),
    ),
    workshops={"workshop-1": 20, "workshop-2": 34},
    calls=2,
    calls_close_after_days=56,
)

# Health professionals, 2020: a workshop and a call, four waves.
FOUR = Timetable(
    slug="four",
    waves=(
        Wave("t1", ("coping_confidence",), JOINING),
        Wave("t2", ("coping_confidence",), "workshop-1", latest_days=14, open_days=7),
        Wave("t3", ("coping_confidence", "acceptability"), CALL, open_days=14),
        Wave("t4", ("coping_confidence",), JOINING, after_days=28, open_days=14),
    ),
    workshops={"workshop-1": 9},
    calls=1,
    calls_close_after_days=25,
)
BOTH = {each.slug: each for each in (FIVE, FOUR)}


def days_on(moment: datetime, days: float) -> datetime:
    """Return the moment so many days on, at the same time of day in London."""
    return (moment.astimezone(LONDON) + timedelta(days=days)).astimezone(UTC)


def awake(moment: datetime, *, on_nights: bool) -> datetime:
    """Return the first moment from `moment` on at which somebody may be written to."""
    local = moment.astimezone(LONDON)
    begins = MORNING_ON_NIGHTS if on_nights else MORNING
    if begins <= local.time() < EVENING:
        return moment
    day = local.date() + timedelta(days=1) if local.time() >= EVENING else local.date()
    return datetime.combine(day, begins, tzinfo=LONDON).astimezone(UTC)
