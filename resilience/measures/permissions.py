"""A site records by whose permission it shows an instrument, and brings the text; without it nothing is shown."""

from datetime import date, datetime

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.measures import catalogue, text_pack
from resilience.measures.models import Permission


class OutsideLicence(Exception):
    """The instrument may not be used in that context, whatever was permitted; the message names what is open."""


class NoTextYet(Exception):
    """A permission without a text shows nothing."""


@transaction.atomic
def record(
    *,
    key: str,
    reference: str,
    holder: str,
    granted_on: date,
    use_context: str,
    words: str,
    by: User,
    now: datetime,
) -> Permission:
    """Keep a permission with the text that the site brings; it takes the place of the one before.

    Raises UnknownInstrument, OutsideLicence, NoTextYet, or Faulty where the text does not fit the rules.
    """
    instrument = catalogue.of_version(key)
    if use_context not in instrument.contexts:
        raise OutsideLicence(", ".join(sorted(instrument.contexts)))
    if not words.strip():
        raise NoTextYet
    text_pack.read(words, file=f"the text of {key}", of=instrument, shipped=False)
    _end(key, now=now)
    made = Permission.objects.create(
        instrument=key, version=instrument.version, reference=reference, holder=holder, granted_on=granted_on,
        use_context=use_context, words=words, recorded_by=by.pk, recorded_at=now,
    )  # fmt: skip
    trail.record(events.PERMISSION_RECORDED, at=now, target=made, by=by, instrument=key)
    return made


@transaction.atomic
def end(*, key: str, by: User, now: datetime) -> None:
    """Take a permission back: from now on the instrument is not shown. Answers and scores stay."""
    for ended in _end(key, now=now):
        trail.record(events.PERMISSION_ENDED, at=now, target=ended, by=by, instrument=key)


def _end(key: str, *, now: datetime) -> list[Permission]:
    standing = Permission.objects.filter(instrument=key, ended_at=None)
    ended = list(standing)
    standing.update(ended_at=now)
    return ended


def of(key: str) -> list[Permission]:
    """Return what was recorded for an instrument, the newest first."""
    return list(Permission.objects.filter(instrument=key).order_by("-recorded_at"))
