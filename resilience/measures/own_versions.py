"""A site's own instrument on its way: written, rated by experts, tried out, locked. A locked version never changes."""

from datetime import datetime

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.measures import catalogue, rules_file, text_pack
from resilience.measures.instrument import Instrument, in_order
from resilience.measures.instrument_models import Locked, Stage
from resilience.measures.models import OwnInstrument, Response, Review
from resilience.participants.models import Programme


class Taken(Exception):
    """An instrument that ships with the product has this key."""


class NotLater(Exception):
    """There is a version of this number or a later one; the message names it."""


class InTheMaking(Exception):
    """Another version is being written or with experts."""


class AnotherOne(Exception):
    """A revision must keep its key and its version."""


class NotRated(Exception):
    """No expert has rated the words as they stand now."""


class NotTriedOut(Exception):
    """Nobody has answered this version yet."""


class NotThere(Exception):
    """The version is at another stage: somebody else was faster."""


def checked(*, rules: str, words: str) -> Instrument:
    """Return what two files describe. Raises Faulty."""
    instrument = rules_file.read(rules, file="the rules")
    return text_pack.read(words, file="the text", of=instrument, shipped=False)


@transaction.atomic
def begin(*, rules: str, words: str, by: User, now: datetime) -> OwnInstrument:
    """Keep the first draft of a version. Raises Faulty, Taken, NotLater or InTheMaking."""
    instrument = checked(rules=rules, words=words)
    if instrument.key in catalogue.load():
        raise Taken
    before = OwnInstrument.objects.filter(key=instrument.key)
    if before.filter(stage__in=[Stage.DRAFT, Stage.IN_REVIEW]).exists():
        raise InTheMaking
    latest = max((row.version for row in before), key=in_order, default=None)
    if latest is not None and in_order(instrument.version) <= in_order(latest):
        raise NotLater(latest)
    made = OwnInstrument.objects.create(
        key=instrument.key, version=instrument.version, rules=rules, words=words, made_by=by.pk, made_at=now
    )
    trail.record(events.INSTRUMENT_WRITTEN, at=now, target=made, by=by, instrument=made.key)
    return made


@transaction.atomic
def revise(version: OwnInstrument, *, rules: str, words: str, by: User, now: datetime) -> OwnInstrument:
    """Keep other rules or words; with experts this opens the next review. Raises Faulty, AnotherOne or Locked."""
    stored = OwnInstrument.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if stored.stage not in (Stage.DRAFT, Stage.IN_REVIEW):
        raise Locked
    instrument = checked(rules=rules, words=words)
    if (instrument.key, instrument.version) != (stored.key, stored.version):
        raise AnotherOne
    stored.rules, stored.words = rules, words
    stored.save()
    if stored.stage == Stage.IN_REVIEW:
        _open_review(stored, now=now)
    trail.record(events.INSTRUMENT_WRITTEN, at=now, target=stored, by=by, instrument=stored.key)
    return stored


@transaction.atomic
def send_to_experts(version: OwnInstrument, *, by: User, now: datetime) -> Review:
    """Open the first review of a draft. Raises NotThere."""
    _move(version, Stage.DRAFT, Stage.IN_REVIEW)
    trail.record(events.INSTRUMENT_REVIEWED, at=now, target=version, by=by, instrument=version.key)
    return _open_review(version, now=now)


@transaction.atomic
def try_out(version: OwnInstrument, *, programme: Programme, by: User, now: datetime) -> None:
    """Let one programme ask it, with its words fixed. Raises NotThere, or NotRated where no expert saw these words."""
    open_review = version.reviews.filter(closed_at=None)
    if version.stage == Stage.IN_REVIEW and not open_review.filter(ratings__value__isnull=False).exists():
        raise NotRated
    _move(version, Stage.IN_REVIEW, Stage.PILOT, piloted_in=programme)
    open_review.update(closed_at=now)
    trail.record(events.INSTRUMENT_PILOTED, at=now, target=version, by=by, instrument=version.key)


@transaction.atomic
def lock(version: OwnInstrument, *, by: User, now: datetime) -> None:
    """Fix a version for good; from then on every programme may ask it. Raises NotThere or NotTriedOut.

    What was published elsewhere (`new = false`) had its experts and its trial there, and is locked from the draft.
    """
    instrument = checked(rules=version.rules, words=version.words)
    before = Stage.PILOT if instrument.new else version.stage
    if instrument.new and version.stage == Stage.PILOT and not _was_answered(version):
        raise NotTriedOut
    if before == Stage.LOCKED:
        raise NotThere
    _move(version, before, Stage.LOCKED, locked_by=by.pk, locked_at=now)
    trail.record(events.INSTRUMENT_LOCKED, at=now, target=version, by=by, instrument=version.key)


def _was_answered(version: OwnInstrument) -> bool:
    return Response.objects.filter(instrument=version.key, version=version.version).exists()


def _move(version: OwnInstrument, before: str, after: str, **more: object) -> None:
    moved = OwnInstrument.objects.filter(pk=version.pk, stage=before).update(stage=after, **more)
    if not moved:
        raise NotThere
    version.refresh_from_db()


def _open_review(version: OwnInstrument, *, now: datetime) -> Review:
    version.reviews.filter(closed_at=None).update(closed_at=now)
    return Review.objects.create(
        instrument=version,
        number=version.reviews.count() + 1,
        rules=version.rules,
        words=version.words,
        opened_at=now,
    )
