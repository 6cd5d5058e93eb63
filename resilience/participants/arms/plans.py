"""Setting up groups: a draft until it is confirmed, open again until somebody is in a group, then fixed for good."""

import hashlib
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.organisations import plain
from resilience.participants.arm_models import Allocates, Allocation, AllocationPlan, Arm
from resilience.participants.models import Programme

BLOCKS = (4, 6)


class Fixed(Exception):
    """The groups are confirmed, so that nothing of them changes."""


class Lacking(Exception):
    """The groups cannot be confirmed yet; `args` holds what is missing, in words."""


def of(programme: Programme) -> AllocationPlan:
    """Return the plan of a programme; an unsaved draft where it has none."""
    found = AllocationPlan.objects.filter(programme=programme).first()
    return found or AllocationPlan(programme=programme, blocks=list(BLOCKS))


def shares(programme: Programme) -> list[tuple[str, int]]:
    """Return the key and the share of each group, in their order."""
    return list(Arm.objects.filter(programme=programme).order_by("position").values_list("key", "share"))


def anybody_is_in(programme: Programme) -> bool:
    """Return whether somebody has come into a group."""
    in_one = Allocation.objects.filter(arm__programme=programme).exists()
    return in_one or AllocationPlan.objects.filter(programme=programme, places__isnull=False).exists()


@contextmanager
def _drafting(programme: Programme) -> Iterator[None]:
    """Let one change at a time through. Raises Fixed once the plan is confirmed."""
    with transaction.atomic():
        if Programme.objects.select_for_update().get(pk=programme.pk).has_arms:
            raise Fixed
        yield


def keep_arm(*, arm: Arm, by: User, now: datetime) -> Arm:
    """Store a group, a new one at the end. Raises Fixed."""
    with _drafting(arm.programme):
        if arm._state.adding:
            last = Arm.objects.filter(programme=arm.programme).aggregate(last=Max("position"))["last"]
            arm.position = (last or 0) + 1
        arm.save()
        trail.record(events.ARM_CHANGED, at=now, target=arm, by=by, kind=str(arm.kind))
    return arm


def remove_arm(*, arm: Arm, by: User, now: datetime) -> None:
    """Take a group out. Raises Fixed."""
    with _drafting(arm.programme):
        trail.record(events.ARM_CHANGED, at=now, target=arm, by=by, removed=True)
        arm.delete()


def keep(*, plan: AllocationPlan, by: User, now: datetime) -> AllocationPlan:
    """Store how people come into a group, as a draft. Raises Fixed."""
    with _drafting(plan.programme):
        if plan.by == Allocates.TABLE:
            plan.blocks, plan.strata = [], []
        plan.save()
        trail.record(events.ALLOCATION_PLANNED, at=now, target=plan, by=by, how=str(plan.by))
    return plan


def confirm(
    *, programme: Programme, lacks: Callable[[Programme], Sequence[str]], by: User, now: datetime
) -> AllocationPlan:
    """Draw the seed: from now on people come into a group. Raises Fixed, or Lacking with what `lacks` finds."""
    with _drafting(programme):
        if missing := lacks(programme):
            raise Lacking(*missing)
        plan = AllocationPlan.objects.get(programme=programme)
        plan.seed, plan.confirmed_at = secrets.token_hex(16), now
        plan.save(update_fields=["seed", "confirmed_at"])
        _switch(programme, on=True)
        trail.record(events.ALLOCATION_CONFIRMED, at=now, target=plan, by=by, mark=mark(plan))
    return plan


@transaction.atomic
def open_again(*, programme: Programme, by: User, now: datetime) -> None:
    """Make the plan a draft again, without its seed. Raises Fixed once somebody is in a group."""
    plan = AllocationPlan.objects.select_for_update().filter(programme=programme).first()
    if plan is None or not plan.confirmed_at:
        return
    if anybody_is_in(programme):
        raise Fixed
    plan.seed, plan.confirmed_at, plan.ended_at = "", None, None
    plan.save(update_fields=["seed", "confirmed_at", "ended_at"])
    _switch(programme, on=False)
    trail.record(events.ALLOCATION_OPENED, at=now, target=plan, by=by)


@transaction.atomic
def end(*, programme: Programme, by: User, now: datetime) -> None:
    """Let nobody come into a group any more; who is in one stays there, and the seed may be shown."""
    plan = AllocationPlan.objects.select_for_update().filter(programme=programme).first()
    if plan is not None and plan.confirmed_at and not plan.ended_at:
        plan.ended_at = now
        plan.save(update_fields=["ended_at"])
        trail.record(events.ALLOCATION_ENDED, at=now, target=plan, by=by)


def _switch(programme: Programme, *, on: bool) -> None:
    Programme.objects.filter(pk=programme.pk).update(has_arms=on)
    programme.has_arms = on


def mark(plan: AllocationPlan) -> str:
    """Return the SHA-256 of the seed: it shows later that the seed was not changed, and tells nothing now."""
    return hashlib.sha256(plan.seed.encode()).hexdigest()


@transaction.atomic
def hold_cards_back(*, programme: Programme, held: bool, by: User, now: datetime) -> None:
    """Show the cards to pass on after somebody's last questions alone, or to everybody again."""
    other = Programme.objects.filter(pk=programme.pk, cards_held_back=not held)
    if other.update(cards_held_back=held):
        trail.record(events.CARDS_HELD_BACK, at=now, target=programme, by=by, held=held)
    programme.cards_held_back = held
    transaction.on_commit(plain.renew, robust=True)
