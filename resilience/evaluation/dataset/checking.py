"""Check a pack as a whole: each file against what it may hold, nothing stored but in the stage."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from resilience.evaluation.dataset import answers, calls, columns, meta, people, reading
from resilience.evaluation.dataset.columns import CALLS, CODING, ITEMS, META, PARTICIPANTS
from resilience.evaluation.dataset.sources import Source
from resilience.evaluation.dataset.staging import Progress, Stage
from resilience.measures import catalogue

NEEDED_COLUMNS = {
    PARTICIPANTS: (columns.CODE,),
    ITEMS: columns.ITEM,
    CALLS: (columns.CODE, "call_no", "outcome"),
    CODING: columns.CODED,
}


def check(source: Source, stage: Stage, *, progress: Progress = lambda share: None) -> meta.Meta:
    """Stage what passes, note what does not, and return what meta.json gives. `progress` may stop it by raising."""
    names = source.names()
    _name_the_others(names, stage)
    given = _meta(source, stage) if META in names else {}
    stage.timepoints = {key: place for place, key in enumerate(given.get("timepoints", []))}
    planned = bool(stage.timepoints)
    size = source.size(ITEMS) if ITEMS in names else 1
    steps: dict[str, Callable[[reading.Table], None]] = {
        PARTICIPANTS: lambda table: people.check(table, stage, planned=planned),
        ITEMS: lambda table: answers.check(
            table, stage, planned=planned, progress=lambda place: progress(min(1.0, place / max(size, 1)))
        ),
        CALLS: lambda table: calls.check_calls(table, stage),
        CODING: lambda table: calls.check_coding(table, stage),
    }
    for name, step in steps.items():
        if name in names:
            _open(source, name, step, stage)
        elif name in columns.NEEDED:
            stage.refuse(name, None, "", _("the file is missing: add it"), fatal=True)
            stage.people_unread = stage.people_unread or name == PARTICIPANTS
    _compare_rules(given, stage)
    return given


def _name_the_others(names: list[str], stage: Stage) -> None:
    for name in names:
        if name not in columns.READ and name not in columns.WRITTEN:
            stage.notes.append(_("{file} is not part of a pack and stays where it is").format(file=name))


def _meta(source: Source, stage: Stage) -> meta.Meta:
    with source.open(META) as file:
        return meta.read(file, stage)


def _open(source: Source, name: str, step: Callable[[reading.Table], None], stage: Stage) -> None:
    try:
        with source.open(name) as file, reading.opened(file, needed=NEEDED_COLUMNS[name]) as table:
            step(table)
    except reading.Unreadable as odd:
        stage.refuse(name, odd.row, odd.column, str(odd), fatal=True)
        stage.people_unread = stage.people_unread or name == PARTICIPANTS


def _compare_rules(given: meta.Meta, stage: Stage) -> None:
    """Say where meta.json knows other reversed items or another range than the rules by which is scored."""
    for name in stage.instruments:
        instrument = catalogue.get(name)
        ours = {"reversed": reversed_items(instrument), "range": [instrument.low, instrument.high]}
        for key, held in ours.items():
            told = given.get(key, {}).get(name, held)
            if told != held:
                words = _(
                    "{file}, {key}: {told} is told of {instrument}; the rules here say {held}, and they hold"
                )
                stage.notes.append(
                    words.format(file=META, key=key, told=told, instrument=name, held=held)
                )  # fmt: skip


def reversed_items(instrument: catalogue.Instrument) -> list[int]:
    """The items of an instrument that are turned before they are added up."""
    return sorted({int(item) for scale in instrument.scales for item in scale.reverse})
