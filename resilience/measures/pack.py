"""What the pack holds of the questions: which instruments in which version, and when each is asked.

No item, answer or lead-in is put in: their words have licences of their own (texts/LICENCES.md).
"""

from datetime import datetime

from resilience.measures import catalogue
from resilience.measures.models import PlannedMeasure, Timepoint
from resilience.participants.models import Programme
from resilience.participants.packing import fields, parts
from resilience.participants.packing.documents import Document, Place, dump
from resilience.participants.packing.parts import Folder

INSTRUMENTS, SCHEDULE = "instruments.json", "schedule.json"
OF_TIMEPOINT = {"id", "programme", "after", "planned_at"}  # since when it stands is told of what runs here
OF_CELL = {"id", "timepoint"}


def write(programme: Programme) -> dict[str, bytes]:
    """Return this app's files."""
    timetable = schedule(programme)
    used = sorted({cell["instrument"] for each in timetable for cell in each["measures"]})
    return {INSTRUMENTS: dump({key: _named(key) for key in used}), SCHEDULE: dump(timetable)}


def schedule(programme: Programme) -> list[dict]:
    """Return the timetable of a programme as JSON has it."""
    plan = Timepoint.objects.filter(programme=programme).select_related("after").prefetch_related("planned")
    return [_timepoint(each) for each in plan.order_by("position", "key")]


def _named(key: str) -> dict[str, str]:
    instrument = catalogue.get(key)
    return {"version": instrument.version, "licence": instrument.licence}


def _timepoint(timepoint: Timepoint) -> dict:
    cells = sorted(timepoint.planned.all(), key=lambda cell: (cell.position, cell.instrument))
    return {
        "fields": fields.write(timepoint, left_out=OF_TIMEPOINT),
        "after": timepoint.after.key if timepoint.after else None,
        "measures": [fields.write(cell, left_out=OF_CELL) for cell in cells],
    }


def read(folder: Folder, programme: Programme, now: datetime) -> None:
    """Make the time points and what is asked at each. Raises Broken."""
    known = _instruments(folder.document(INSTRUMENTS))
    schedule = folder.document(SCHEDULE)
    made: dict[str, Timepoint] = {}
    for number in range(len(schedule.take((), list))):
        timepoint = _made(schedule, (number,), programme, made)
        made[timepoint.key] = timepoint
        for cell in range(len(schedule.take((number, "measures"), list))):
            _cell(schedule, (number, "measures", cell), timepoint, known)


def _instruments(document: Document) -> set[str]:
    for key in document.take((), dict):
        document.only((key,), ("version", "licence"))
        version = document.take((key, "version"), str)
        try:
            here = catalogue.get(key)
        except catalogue.UnknownInstrument:
            document.refuse((key,), f"this site has no instrument “{key}”")
        if here.version != version:
            document.refuse(
                (key, "version"), f"this site has “{key}” in version {here.version}, not {version}"
            )
        if here.words is None:
            document.refuse(
                (key,), f"this site may not show “{key}” yet: record a permission with its text first"
            )
        if here.alerts:
            document.refuse((key,), f"“{key}” is planned by hand, once two leads stand by in the programme")
    return set(document.value)


def _made(document: Document, place: Place, programme: Programme, made: dict[str, Timepoint]) -> Timepoint:
    document.only(place, ("fields", "after", "measures"))
    values = fields.read(document, (*place, "fields"), Timepoint, left_out=OF_TIMEPOINT)
    after = document.take((*place, "after"), str, or_none=True)
    if after is not None and after not in made:
        document.refuse((*place, "after"), f"no time point “{after}” stands before this one")
    timepoint = Timepoint(programme=programme, after=made.get(after), **values)
    fields.checked(document, (*place, "fields"), timepoint).save()
    return timepoint


def _cell(document: Document, place: Place, timepoint: Timepoint, known: set[str]) -> None:
    values = fields.read(document, place, PlannedMeasure, left_out=OF_CELL)
    if values["instrument"] not in known:
        document.refuse((*place, "instrument"), f"{INSTRUMENTS} does not name “{values['instrument']}”")
    fields.checked(document, place, PlannedMeasure(timepoint=timepoint, **values)).save()


parts.part("measures", write=write, read=read)
