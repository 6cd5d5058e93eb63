"""Turn a dataset of people, answers and scores into columns."""

from array import array
from collections.abc import Mapping
from typing import TYPE_CHECKING

from resilience.evaluation.analysis.columns import Calls, Coded, Columns, Items, Scores, Windows
from resilience.evaluation.analysis.frozen import Call, Dataset, Person

if TYPE_CHECKING:
    from numpy import ndarray

FLAGS = ("started", "offered_call", "accepted_call", "withdrew")
WORDS = ("arm", "offered_how", "declined_because", "stopped_because", "unit")


def turn(data: Dataset | Columns) -> Columns:
    """Return the columns of a dataset; columns as they are."""
    return data if isinstance(data, Columns) else _columns(data)


def _columns(dataset: Dataset) -> Columns:
    import numpy

    people = sorted(dataset.people, key=lambda person: person.key)
    place = {person.key: row for row, person in enumerate(people)}
    items = _items(dataset, place)
    return Columns(
        plan=dataset.plan,
        measures=tuple(one for one in dataset.measures if not one.apart),
        n=len(people),
        registered=dataset.registered,
        flags={name: numpy.array([getattr(one, name) for one in people], dtype=bool) for name in FLAGS},
        modules=numpy.array([one.modules for one in people], dtype=int),
        attended=numpy.array([dataset.attended(one.key) for one in people], dtype=int),
        words={name: Coded.of(getattr(one, name) for one in people) for name in WORDS},
        traits=_traits(people),
        numbers=_numbers(people),
        spared_at=_spared(people),
        answered_at=_answered(dataset, items, len(people)),
        scores=_scores(dataset, place),
        returned=_returned(dataset),
        items=items,
        calls=_calls([call for call in dataset.calls if call.person in place], place),
        windows=_windows(dataset, place),
        joined=dataset.joined,
        design=dataset.design,
        context=dataset.context,
        apart=tuple(one for one in dataset.measures if one.apart),
    )


def _traits(people: list[Person]) -> dict[str, Coded]:
    names = sorted({name for person in people for name in person.characteristics})
    return {name: Coded.of(person.characteristics.get(name, "") for person in people) for name in names}


def _numbers(people: list[Person]) -> dict[str, "ndarray"]:
    import numpy

    names = sorted({name for person in people for name in person.numbers})
    return {
        name: numpy.array([person.numbers.get(name, numpy.nan) for person in people], dtype=float)
        for name in names
    }


def _spared(people: list[Person]) -> dict[str, "ndarray"]:
    import numpy

    keys = {key for person in people for key in person.spared}
    return {key: numpy.array([key in person.spared for person in people]) for key in sorted(keys)}


def _answered(dataset: Dataset, items: Mapping[tuple[str, str], Items], n: int) -> dict[str, "ndarray"]:
    import numpy

    found = {timepoint: numpy.zeros(n, dtype=bool) for timepoint in dataset.plan.timepoints}
    for (_instrument, timepoint), table in items.items():
        if timepoint in found:
            found[timepoint][table.rows] = True
    return found


def _scores(dataset: Dataset, place: Mapping[str, int]) -> Scores:
    import numpy

    found: dict[tuple[str, str], ndarray] = {}
    for row in dataset.scores:
        if row.value is None or row.person not in place:
            continue
        where = (row.measure, row.timepoint)
        if where not in found:
            found[where] = numpy.full(len(place), numpy.nan)
        found[where][place[row.person]] = row.value
    return Scores(found.items())


def _returned(dataset: Dataset) -> dict[tuple[str, str], tuple[int, int]]:
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for row in dataset.scores:
        lost, prorated = found.get((row.measure, row.timepoint), (0, 0))
        found[row.measure, row.timepoint] = (lost + (row.value is None), prorated + row.prorated)
    return found


def _items(dataset: Dataset, place: Mapping[str, int]) -> dict[tuple[str, str], Items]:
    found: dict[tuple[str, str], tuple[array, array, array]] = {}
    for answer in dataset.answers:
        row = place.get(answer.person)
        if row is not None:
            where = (answer.instrument, answer.timepoint)
            if where not in found:
                found[where] = (array("q"), array("q"), array("d"))
            for column, value in zip(found[where], (row, answer.item, answer.value), strict=True):
                column.append(value)
    return {where: _table(*columns) for where, columns in found.items()}


def _table(people: array, asked: array, values: array) -> Items:
    """One row a person who answered anything, one column an item that anybody answered."""
    import numpy

    rows, row = numpy.unique(numpy.asarray(people), return_inverse=True)
    items, column = numpy.unique(numpy.asarray(asked), return_inverse=True)
    table = numpy.full((len(rows), len(items)), numpy.nan)
    table[row, column] = numpy.asarray(values)
    return Items(rows, tuple(int(item) for item in items), table)


def _calls(calls: list[Call], place: Mapping[str, int]) -> Calls:
    import numpy

    def told(name: str) -> "ndarray":
        values = (getattr(call, name) for call in calls)
        return numpy.array([numpy.nan if value is None else value for value in values], dtype=float)

    return Calls(
        person=numpy.array([place[call.person] for call in calls], dtype=int),
        coach=Coded.of(call.coach for call in calls),
        outcome=Coded.of(call.outcome for call in calls),
        minutes=told("minutes"),
        preparation=told("preparation"),
        notes=told("notes"),
        waited=told("waited"),
        background=Coded.of(call.background for call in calls),
    )


def _windows(dataset: Dataset, place: Mapping[str, int]) -> dict[str, Windows]:
    import numpy

    found: dict[str, Windows] = {}
    for wave in dataset.waves:
        if wave.timepoint not in found:
            found[wave.timepoint] = Windows(*(numpy.full(len(place), numpy.nan) for _ in range(3)))
        if wave.person in place:
            columns, row = found[wave.timepoint], place[wave.person]
            days = (wave.day, wave.opens_day, wave.closes_day)
            for column, day in zip((columns.day, columns.opens, columns.closes), days, strict=True):
                column[row] = day
    return found
