"""The instruments: those that ship, one reviewed rules file each with its text in a pack of its own, and a site's own.

Rules are always there; words only where the site may show them: shipped, or brought by the site under a permission.
"""

from resilience.measures import shipped, site_words
from resilience.measures.faults import Faulty
from resilience.measures.instrument import Instrument, Item, Option, minutes_of
from resilience.measures.scoring.rules import Rule
from resilience.participants.models import Programme

__all__ = ["Faulty", "Instrument", "Item", "Option", "UnknownInstrument", "for_activities", "get", "load",
           "minutes_of", "of_version", "plannable", "rules"]  # fmt: skip


class UnknownInstrument(KeyError):
    """There is no instrument of this key, or not in this version."""


def load() -> dict[str, Instrument]:
    """Return the newest version of each instrument that ships, by key. Raises Faulty where a file cannot be used."""
    return shipped.newest()


def get(key: str, *, programme: Programme | None = None) -> Instrument:
    """Return the newest version in use, with its words where the site may show them. Raises UnknownInstrument.

    Within the `programme` that tries out a version of the site's own, that version is the one in use.
    """
    found = load().get(key)
    if found is not None:
        return found if found.words else site_words.put_in(found)
    return _known(site_words.own(key, programme=programme), key)


def of_version(key: str, version: str | None = None) -> Instrument:
    """Return one version as its rules describe it; the newest where none is named. Raises UnknownInstrument."""
    newest = load().get(key)
    if newest is None:
        return _known(site_words.own(key, version=version), key)
    if version in (None, newest.version):
        return newest
    older = [each for each in shipped.versions() if (each.key, each.version) == (key, version)]
    return _known(older[0] if older else None, f"{key} in version {version}")


def rules(key: str, version: str | None = None) -> tuple[Rule, ...]:
    """Return how a version is scored, tables included; the newest where none is named. Raises UnknownInstrument."""
    return site_words.with_tables(of_version(key, version))


def alarms(key: str) -> bool:
    """Return whether an answer to an instrument may call for people to talk to at once; not of one nobody knows."""
    try:
        return bool(of_version(key).alerts)
    except UnknownInstrument:
        return False


def _known(found: Instrument | None, name: str) -> Instrument:
    if found is None:
        raise UnknownInstrument(name)
    return found


def for_activities() -> list[Instrument]:
    """Return the instruments that may stand among the words of an activity, where nothing follows from an answer."""
    return [each for each in load().values() if each.in_activities]


def plannable(programme: Programme) -> list[Instrument]:
    """Return what may be planned in a programme, by key: with words that may be shown, and people standing by."""
    from resilience.measures import readiness

    return readiness.plannable(programme)
