"""What people raised about the place where they work: counted without a trace of who, shown from ten people on."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from resilience.organisations import pools
from resilience.organisations.models import Organisation, Unit
from resilience.organisations.pools import PEOPLE, WHOLE, Pools, Sums
from resilience.organisations.system_models import Factor, SystemAction, SystemList
from resilience.privacy import keys

BLOCK = 4096  # what is sealed is always a multiple of this long: its length tells nothing


class Odd(ValueError):
    """Nothing was chosen, or something that is not on the list."""


class Share(models.TextChoices):
    """How many of those who raised something raised this: in words, so that nobody can be counted out of it."""

    MOST = "MOST", _("more than half of them")
    SOME = "SOME", _("some of them")
    FEW = "FEW", _("few or none of them")


@dataclass(frozen=True)
class Raised:
    """What was raised in one place: by how many people, and how widely each thing."""

    key: str
    place: str
    people: int
    factors: tuple[tuple[Factor, Share], ...]


@transaction.atomic
def count(*, organisation: Organisation, unit: Unit | None, factors: Iterable[str], now: datetime) -> None:
    """Count one person. Nothing of who or when is kept. Raises Odd."""
    chosen = set(factors)
    if not chosen or not chosen <= set(Factor.values):
        raise Odd
    kept = _locked(organisation, now=now)
    before = Pools(json.loads(kept.waiting or "{}"), kept.shown)
    after = pools.add(before, place=str(unit.pk) if unit else WHOLE, factors=chosen)
    kept.waiting, kept.shown = _padded(after.waiting), dict(after.shown)
    kept.save()


def _locked(organisation: Organisation, *, now: datetime) -> SystemList:
    """Return the one row of an organisation, held until the end of the transaction."""
    mine = SystemList.objects.select_for_update().filter(organisation=organisation)
    if (kept := mine.first()) is not None:
        return kept
    try:
        with transaction.atomic():
            SystemList.objects.create(organisation=organisation, key=keys.make(at=now))
    except IntegrityError:  # somebody else was the first at the same moment
        pass
    return mine.get()


def _padded(waiting: object) -> str:
    text = json.dumps(waiting)
    return text.ljust(-(-len(text) // BLOCK) * BLOCK)


def shown(organisation: Organisation) -> list[Raised]:
    """Return what may be shown: the organisation first, then each unit with ten people; nothing before that."""
    sums = SystemList.objects.filter(organisation=organisation).values_list("shown", flat=True).first() or {}
    if not sums:
        return []
    units = [(str(key), name) for key, name in organisation.units.order_by("name").values_list("pk", "name")]
    places = [(WHOLE, organisation.name), *units]
    return [_raised(sums[key], key or organisation.slug, name) for key, name in places if key in sums]


def _raised(sums: Sums, key: str, place: str) -> Raised:
    """Return the sums of one place in words, the widest first."""
    found = [(factor, share(sums.get(factor, 0), sums[PEOPLE])) for factor in Factor]
    order = list(Share)
    return Raised(key, place, sums[PEOPLE], tuple(sorted(found, key=lambda each: order.index(each[1]))))


def share(number: int, people: int) -> Share:
    """Return how widely something was raised."""
    if 2 * number > people:
        return Share.MOST
    return Share.SOME if 4 * number >= people else Share.FEW


NEWEST = 5
OF_AN_ACTION = ("factor", "what", "post", "state")


def standing(organisation: Organisation) -> tuple[Raised | None, list[SystemAction]]:
    """Return what the whole organisation raised and the newest that is being done about it, by one query."""
    log = [f"system_actions__{name}" for name in OF_AN_ACTION]
    found = Organisation.objects.filter(pk=organisation.pk).order_by("-system_actions__raised_on", *log)
    rows = list(found.values_list("system_list__shown", *log)[:NEWEST])
    sums = rows[0][0] or {}
    actions = [SystemAction(**dict(zip(OF_AN_ACTION, each, strict=True))) for _sums, *each in rows if each[0]]
    return _raised(sums[WHOLE], organisation.slug, organisation.name) if sums else None, actions
