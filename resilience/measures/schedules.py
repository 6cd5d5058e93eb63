"""Timetables to begin from: the usual one, and those of the two published studies."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from resilience.measures.models import Anchor
from resilience.participants.models import Coaching, Programme


@dataclass(frozen=True)
class Row:
    """One time point: its key and label, when it comes, and what it asks."""

    key: str
    label: str
    asks: tuple[str, ...]
    when: Mapping[str, object] = field(default_factory=dict)


FEELING = ("who5", "phq8", "coping_confidence", "leaving")
USUAL = (
    Row("t1", "Before", FEELING, {"anchor": Anchor.ENROLMENT}),
    Row(
        "t2", "After the parts", ("coping_confidence",),
        {"anchor": Anchor.MODULES_DONE, "latest_days": 42, "window_days": 14},
    ),
    Row(
        "t3", "After the calls", ("who5", "coping_confidence", "acceptability", "unwanted_effects", "time_used"),
        {"anchor": Anchor.CALLS_DONE, "latest_days": 56},
    ),
    Row(
        "t4", "Six weeks on", (*FEELING, "unwanted_effects", "used", "passed_on"),
        {"anchor": Anchor.TIMEPOINT, "after": "t3", "offset_days": 42},
    ),
    Row(
        "t5", "Four months on", ("who5", "coping_confidence", "leaving"),
        {"anchor": Anchor.TIMEPOINT, "after": "t3", "offset_days": 120},
    ),
)  # fmt: skip

# Where there are no calls, the same questions come after the same eight weeks.
AFTER_EIGHT_WEEKS = Row(
    "t3", "After eight weeks", USUAL[2].asks, {"anchor": Anchor.ENROLMENT, "offset_days": 56}
)

# Critical care nurses, 2024: two workshops and two calls in eight weeks (doi 10.1186/s12913-023-10468-w).
FIVE_WAVES = (
    Row("t1", "Before", ("phq8", "coping_confidence"), {"anchor": Anchor.ENROLMENT}),
    Row(
        "t2", "After the first workshop", ("coping_confidence",),
        {"anchor": Anchor.LIVE_SESSION, "live_session": "workshop-1", "latest_days": 28, "window_days": 14},
    ),
    Row(
        "t3", "After the second workshop", ("coping_confidence",),
        {"anchor": Anchor.LIVE_SESSION, "live_session": "workshop-2", "latest_days": 42, "window_days": 14},
    ),
    Row(
        "t4", "After the calls", ("phq8", "coping_confidence", "leaving", "acceptability"),
        {"anchor": Anchor.CALLS_DONE},
    ),
    Row(
        "t5", "Three months on", ("phq8", "coping_confidence", "leaving"),
        {"anchor": Anchor.TIMEPOINT, "after": "t4", "offset_days": 90},
    ),
)  # fmt: skip

# Health professionals, 2020: a workshop and a call (doi 10.1186/s12913-020-05948-2).
FOUR_WAVES = (
    Row("t1", "Before", ("coping_confidence",), {"anchor": Anchor.ENROLMENT}),
    Row(
        "t2", "After the workshop", ("coping_confidence",),
        {"anchor": Anchor.LIVE_SESSION, "live_session": "workshop-1", "latest_days": 14, "window_days": 7},
    ),
    Row(
        "t3", "After the call", ("coping_confidence", "acceptability"),
        {"anchor": Anchor.CALL, "nth_call": 1, "window_days": 14},
    ),
    Row(
        "t4", "Four to six weeks on", ("coping_confidence",),
        {"anchor": Anchor.ENROLMENT, "offset_days": 28, "window_days": 14},
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Calls:
    """The calls that a timetable counts on: how many, and until how many days after joining."""

    offered: int
    close_after_days: int


@dataclass(frozen=True)
class Schedule:
    """A timetable to begin from, in words, and the calls it counts on."""

    words: object
    rows: tuple[Row, ...]
    calls: Calls | None = None


SCHEDULES = {
    "usual": Schedule(
        _(
            "The usual five time points: before, after the parts, after the calls, six weeks and four months on"
        ),
        USUAL,
    ),
    "five": Schedule(
        _("Five time points with two workshops and two calls, as in the critical care study"),
        FIVE_WAVES,
        Calls(2, 56),
    ),
    "four": Schedule(
        _("Four time points with a workshop and a call, as in the first study"), FOUR_WAVES, Calls(1, 25)
    ),
    "empty": Schedule(_("Empty: I set up each time point myself"), ()),
}


def rows_of(name: str, programme: Programme) -> tuple[Row, ...]:
    """Return the time points of a timetable as this programme needs them. Raises KeyError."""
    rows = SCHEDULES[name].rows
    if name == "usual" and programme.coaching == Coaching.NONE:
        return tuple(AFTER_EIGHT_WEEKS if row.key == AFTER_EIGHT_WEEKS.key else row for row in rows)
    return rows
