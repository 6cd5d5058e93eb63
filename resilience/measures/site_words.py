"""What this site adds to an instrument: words under a permission, versions of its own, a table for a sum."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from resilience.measures import rules_file, text_pack
from resilience.measures.instrument import Instrument, in_order
from resilience.measures.instrument_models import ConversionTable, OwnInstrument, Permission, Stage
from resilience.measures.scoring.rules import Rule, Table
from resilience.participants.models import Programme


def put_in(instrument: Instrument) -> Instrument:
    """Return the instrument with the words that the site brought under a permission that stands, if it did."""
    standing = Permission.objects.filter(instrument=instrument.key, version=instrument.version, ended_at=None)
    return with_words(instrument, standing.exclude(words="").values_list("words", flat=True).first() or "")


def put_in_all(instruments: Iterable[Instrument]) -> list[Instrument]:
    """Return instruments with the words that the site brought; one query, however many."""
    standing = Permission.objects.filter(ended_at=None).values_list("instrument", "version", "words")
    brought = {(key, version): words for key, version, words in standing}
    return [
        each if each.words else with_words(each, brought.get((each.key, each.version), ""))
        for each in instruments
    ]


def with_words(instrument: Instrument, words: str) -> Instrument:
    """Return the instrument with the words of a stored text pack, or as it is where there is none."""
    if not words:
        return instrument
    return text_pack.read(words, file=f"the text of {instrument.key}", of=instrument, shipped=False)


def own(key: str, *, version: str | None = None, programme: Programme | None = None) -> Instrument | None:
    """Return the version of a site's own instrument that is named, or the newest that may be asked; None without one.

    A version that is tried out counts within its programme, and where no version is locked yet.
    """
    found = OwnInstrument.objects.filter(key=key)
    if version is not None:
        row = found.filter(version=version).first()
        return read(row) if row else None
    rows = sorted(found.filter(stage__in=[Stage.PILOT, Stage.LOCKED]), key=lambda row: in_order(row.version))
    locked = [row for row in rows if row.stage == Stage.LOCKED]
    here = [row for row in rows if programme is not None and row.piloted_in_id == programme.pk]
    in_use = here[-1:] or locked[-1:] or rows[-1:]
    return read(in_use[0]) if in_use else None


def read(row: OwnInstrument) -> Instrument:
    """Return what the two files of a stored version describe."""
    return parsed(row.rules, row.words, row.key)


@lru_cache(maxsize=128)
def parsed(rules: str, words: str, key: str) -> Instrument:
    """Return what two files describe. Raises Faulty."""
    instrument = rules_file.read(rules, file=f"{key}.toml")
    return text_pack.read(words, file=f"texts/{key}.toml", of=instrument, shipped=False)


def with_tables(instrument: Instrument) -> tuple[Rule, ...]:
    """Return the scales of an instrument, those that look a sum up with the newest table that the site entered."""
    if not instrument.needs_table:
        return instrument.scales
    newest = ConversionTable.objects.filter(instrument=instrument.key).order_by("-number").first()
    if newest is None:
        return instrument.scales
    return tuple(_with(rule, newest) for rule in instrument.scales)


def _with(rule: Rule, table: ConversionTable) -> Rule:
    if not isinstance(rule, Table):
        return rule
    rows = {int(raw): float(score) for raw, score in table.rows.items()}
    return replace(rule, table=rows, method=f"{rule.method}.table{table.number}")
