"""Experts rate each item of a draft from 1 to 9 and say why; once for each review, by a link of their own."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.conf import settings
from django.db import IntegrityError, transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.measures import site_words
from resilience.measures.instrument import Instrument, Item
from resilience.measures.models import Expert, OwnInstrument, Rating, Review

WHOLE = ""


class Unknown(Exception):
    """No expert has this link."""


class NothingOpen(Exception):
    """The words are not open for rating."""


class RatedBefore(Exception):
    """The expert has rated these words; what they said stands."""


@dataclass(frozen=True)
class Said:
    """What experts said of an item in one review."""

    item: Item
    values: tuple[int, ...]
    comments: tuple[str, ...]

    @property
    def median(self) -> float | None:
        """Return the middle rating."""
        return median(self.values) if self.values else None


@transaction.atomic
def ask(version: OwnInstrument, *, known_as: str, by: User, now: datetime) -> str:
    """Return the link of a new expert; this is the only moment at which anybody sees it."""
    code = secrets.token_urlsafe(24)
    expert = Expert.objects.create(instrument=version, known_as=known_as, code_hash=_hash(code), asked_at=now)
    trail.record(events.EXPERT_ASKED, at=now, target=expert, by=by, instrument=version.key)
    return f"{settings.PUBLIC_BASE_URL}/reviews/{code}/"


def expert_of(code: str) -> Expert:
    """Return who holds a link. Raises Unknown."""
    found = Expert.objects.filter(code_hash=_hash(code)).select_related("instrument").first()
    if found is None:
        raise Unknown
    return found


def open_for(expert: Expert) -> Review:
    """Return the review that an expert may take part in now. Raises NothingOpen or RatedBefore."""
    review = Review.objects.filter(instrument=expert.instrument, closed_at=None).first()
    if review is None:
        raise NothingOpen
    if Rating.objects.filter(review=review, expert=expert).exists():
        raise RatedBefore
    return review


def instrument_of(review: Review) -> Instrument:
    """Return the instrument as it stood when the review was opened."""
    return site_words.parsed(review.rules, review.words, review.instrument.key)


def rate(
    *, review: Review, expert: Expert, said: Mapping[str, tuple[int | None, str]], now: datetime
) -> None:
    """Keep what an expert says, by item. Raises RatedBefore, or NothingOpen where the words changed meanwhile."""
    try:
        with transaction.atomic():
            if not Review.objects.select_for_update().filter(pk=review.pk, closed_at=None).exists():
                raise NothingOpen
            Rating.objects.bulk_create(
                Rating(review=review, expert=expert, item=item, value=value, comment=comment, given_at=now)
                for item, (value, comment) in said.items()
            )
    except IntegrityError:
        raise RatedBefore from None


def summary(version: OwnInstrument) -> list[tuple[Review, int, list[Said]]]:
    """Return each review with how many experts answered and what they said of each item, the newest first."""
    found = version.reviews.prefetch_related("ratings").order_by("-number")
    return [_of(review, list(review.ratings.all()), version) for review in found]


def _of(review: Review, ratings: list[Rating], version: OwnInstrument) -> tuple[Review, int, list[Said]]:
    instrument = site_words.parsed(review.rules, review.words, version.key)
    whole = Item(WHOLE, "", (), {})
    said = [_said(item, ratings) for item in (*instrument.items, whole)]
    return review, len({rating.expert_id for rating in ratings}), said


def _said(item: Item, ratings: Iterable[Rating]) -> Said:
    mine = [rating for rating in ratings if rating.item == item.key]
    values = tuple(sorted(rating.value for rating in mine if rating.value is not None))
    return Said(item, values, tuple(rating.comment for rating in mine if rating.comment))


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
