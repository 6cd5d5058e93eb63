"""What is asked when: which instruments a programme may ask, and a timetable made from a list of time points."""

from collections.abc import Iterable, Sequence

from resilience.measures import catalogue, schedules
from resilience.measures.catalogue import Instrument
from resilience.measures.models import PlannedMeasure, Timepoint
from resilience.measures.schedules import Row
from resilience.participants.models import Programme

# Asked around a call or among the words of a part, each in its own place.
NOT_AT_TIME_POINTS = frozenset(
    {
        "call_feedback",
        "call_feedback_coach",
        "call_reward_coach",
        "call_satisfaction",
        "competencies",
        "relationship_participant",
        "relationship_coach",
    }
)


def plan(programme: Programme, *, keys: Sequence[str] | None = None) -> dict[str, Timepoint]:
    """Make the usual time points, or those of them named by `keys`, with their cells; return them by key."""
    rows = schedules.rows_of("usual", programme)
    return make(programme, [row for row in rows if keys is None or row.key in keys])


def make(programme: Programme, rows: Iterable[Row]) -> dict[str, Timepoint]:
    """Make these time points, the first one first, with their cells; return them by key."""
    made: dict[str, Timepoint] = {}
    for position, row in enumerate(rows, start=1):
        when = {name: made[value] if name == "after" else value for name, value in row.when.items()}
        made[row.key] = Timepoint.objects.create(
            programme=programme, key=row.key, label=row.label, position=position, **when
        )
        put(made[row.key], row.asks)
    return made


def put(timepoint: Timepoint, instruments: Iterable[str]) -> None:
    """Ask exactly these instruments at a time point, in this order."""
    timepoint.planned.all().delete()
    PlannedMeasure.objects.bulk_create(
        PlannedMeasure(timepoint=timepoint, instrument=instrument, position=place)
        for place, instrument in enumerate(instruments, start=1)
    )


def offered(programme: Programme) -> list[Instrument]:
    """Return the instruments that this programme may ask at a time point, those in use among them."""
    planned = PlannedMeasure.objects.filter(timepoint__programme=programme)
    used = {
        key: catalogue.get(key, programme=programme) for key in planned.values_list("instrument", flat=True)
    }
    free = {
        each.key: each
        for each in catalogue.plannable(programme)
        if not (each.key in NOT_AT_TIME_POINTS or each.in_activities)
    }
    return list((free | used).values())


def in_order(programme: Programme) -> list[Instrument]:
    """Return what is offered: what is asked in the order in which it is asked first, then the rest."""
    planned = PlannedMeasure.objects.filter(timepoint__programme=programme)
    places: dict[str, int] = {}
    for instrument in planned.order_by("timepoint__position", "position").values_list(
        "instrument", flat=True
    ):
        places.setdefault(instrument, len(places))
    return sorted(offered(programme), key=lambda each: (places.get(each.key, len(places)), each.name))
