"""What is asked when, as programmes usually begin: a timetable of time points and cells."""

from resilience.measures.models import Anchor, PlannedMeasure, Timepoint
from resilience.participants.models import Coaching, Programme

ASKS = {
    "t1": ("who5", "phq8", "coping_confidence", "leaving"),
    "t2": ("coping_confidence",),
    "t3": ("who5", "coping_confidence", "acceptability", "unwanted_effects", "time_used"),
    "t4": ("who5", "phq8", "coping_confidence", "leaving", "unwanted_effects", "used", "passed_on"),
    "t5": ("who5", "coping_confidence", "leaving"),
}
LABELS = {
    "t1": "Before",
    "t2": "After the parts",
    "t3": "After the calls",
    "t4": "Six weeks on",
    "t5": "Four months on",
}
WHEN = {
    "t1": {"anchor": Anchor.ENROLMENT},
    "t2": {"anchor": Anchor.MODULES_DONE, "latest_days": 42, "window_days": 14},
    "t3": {"anchor": Anchor.CALLS_DONE, "latest_days": 56},
    "t4": {"anchor": Anchor.TIMEPOINT, "after": "t3", "offset_days": 42},
    "t5": {"anchor": Anchor.TIMEPOINT, "after": "t3", "offset_days": 120},
}

# Where there are no calls, the same questions come after the same eight weeks.
WITHOUT_CALLS = {"t3": {"anchor": Anchor.ENROLMENT, "offset_days": 56}}
LABELS_WITHOUT_CALLS = {"t3": "After eight weeks"}


def plan(programme: Programme, *, keys: tuple[str, ...] = tuple(ASKS)) -> dict[str, Timepoint]:
    """Make the time points named by `keys` with their cells; return them by key."""
    made: dict[str, Timepoint] = {}
    alone = programme.coaching == Coaching.NONE
    moments = WHEN | (WITHOUT_CALLS if alone else {})
    labels = LABELS | (LABELS_WITHOUT_CALLS if alone else {})
    for position, key in enumerate(keys, start=1):
        when = {name: made[value] if name == "after" else value for name, value in moments[key].items()}
        made[key] = Timepoint.objects.create(
            programme=programme, key=key, label=labels[key], position=position, **when
        )
        PlannedMeasure.objects.bulk_create(
            PlannedMeasure(timepoint=made[key], instrument=instrument, position=place)
            for place, instrument in enumerate(ASKS[key], start=1)
        )
    return made
