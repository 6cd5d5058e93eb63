"""Which instruments may be planned, and of each other one what is still missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience.measures import catalogue, covers, site_words
from resilience.measures.instrument import Instrument, in_order
from resilience.measures.instrument_models import Stage
from resilience.measures.models import OwnInstrument, Permission
from resilience.participants.models import Programme


class Missing(models.TextChoices):
    """Why an instrument cannot be planned."""

    PERMISSION = "PERMISSION", _("needs permission")
    TEXT = "TEXT", _("rules only")
    LOCK = "LOCK", _("draft")
    COVER = "COVER", _("needs people standing by")


class NotReady(Exception):
    """An instrument cannot be planned; `missing` says why."""

    def __init__(self, missing: Missing) -> None:
        self.missing = missing
        super().__init__(missing.label)


@dataclass(frozen=True)
class Line:
    """An instrument in the list of them all, with what it still needs; nothing where it is ready."""

    instrument: Instrument
    missing: Missing | None
    own: OwnInstrument | None = None


def listed() -> list[Line]:
    """Return every instrument by name: those that ship and every version of the site's own."""
    permitted = set(Permission.objects.filter(ended_at=None).values_list("instrument", flat=True))
    lines = [
        Line(each, _missing_words(each, permitted=each.key in permitted))
        for each in site_words.put_in_all(catalogue.load().values())
    ]
    for row in OwnInstrument.objects.all():
        lines.append(Line(site_words.read(row), None if row.stage == Stage.LOCKED else Missing.LOCK, row))
    return sorted(lines, key=lambda line: (line.instrument.name.lower(), in_order(line.instrument.version)))


def missing(instrument: Instrument) -> Missing | None:
    """Return what an instrument that ships still needs before any programme may plan it."""
    permitted = Permission.objects.filter(instrument=instrument.key, ended_at=None).exists()
    return _missing_words(instrument, permitted=permitted)


def _missing_words(instrument: Instrument, *, permitted: bool) -> Missing | None:
    if instrument.words is not None:
        return None
    return Missing.PERMISSION if instrument.permission and not permitted else Missing.TEXT


def require(instrument: str, programme: Programme) -> Instrument:
    """Return an instrument that may be planned in a programme. Raises UnknownInstrument or NotReady."""
    found = catalogue.get(instrument, programme=programme)
    lacking = missing(found) if found.words is None else _missing_here(found, programme)
    if lacking is not None:
        raise NotReady(lacking)
    return found


def _missing_here(found: Instrument, programme: Programme) -> Missing | None:
    if found.alerts and covers.standing_in(programme) is None:
        return Missing.COVER
    if found.key not in catalogue.load() and found.key not in {each.key for each in _own_in(programme)}:
        return Missing.LOCK
    return None


def plannable(programme: Programme) -> list[Instrument]:
    """Return what may be planned in a programme, by key."""
    covered = covers.standing_in(programme) is not None
    found = [*site_words.put_in_all(catalogue.load().values()), *_own_in(programme)]
    return sorted(
        (each for each in found if each.words is not None and (covered or not each.alerts)),
        key=lambda each: each.key,
    )


def _own_in(programme: Programme) -> Iterable[Instrument]:
    """Return a site's own instruments in the newest version that is locked, or tried out in this programme."""
    newest: dict[str, Instrument] = {}
    here = OwnInstrument.objects.filter(
        models.Q(stage=Stage.LOCKED) | models.Q(stage=Stage.PILOT, piloted_in=programme)
    )
    for row in sorted(here, key=lambda row: (row.stage == Stage.PILOT, in_order(row.version))):
        newest[row.key] = site_words.read(row)
    return newest.values()
