"""What the groups of a programme still lack before people can come into them, and a table that brings some in."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from resilience.accounts.models import User
from resilience.measures import beginning, timepoints
from resilience.measures.models import Anchor, Response, Timepoint
from resilience.organisations.models import Unit
from resilience.participants import about_you
from resilience.participants.arms import blocks, plans, tables
from resilience.participants.models import (
    Allocates,
    AllocationPlan,
    Arm,
    Coaching,
    Kind,
    Programme,
    Stratum,
)

WITH_CALLS = (Kind.OPTIONAL, Kind.RECOMMENDED, Kind.CORE)
Arms = Sequence[Arm]


def confirm(*, programme: Programme, by: User, now: datetime) -> AllocationPlan:
    """Let people come into the groups from now on. Raises plans.Fixed, or plans.Lacking with what is missing."""
    return plans.confirm(programme=programme, lacks=lacks, by=by, now=now)


def lacks(programme: Programme) -> list[str]:
    """Return what is still missing, in words for those who set it up."""
    arms = list(Arm.objects.filter(programme=programme).order_by("position"))
    plan = AllocationPlan.objects.filter(programme=programme).first()
    found = [
        *_few(arms),
        *_questions(programme),
        *_calls(programme, arms),
        *_waits(programme, arms),
        *(_plan(programme, plan, arms) if plan else [_("Say how people come into a group.")]),
    ]
    return found


def _few(arms: Arms) -> list[str]:
    return [] if len(arms) > 1 else [_("There have to be two groups or more.")]


def _questions(programme: Programme) -> list[str]:
    first = beginning.first_of(programme.pk)
    if first is None or first.anchor != Anchor.ENROLMENT:
        return [_("The first questions have to count from joining: people come into a group after them.")]
    if Response.objects.filter(occasion__timepoint=first).exists():
        return [
            _(
                "People have answered the first questions already, so they would be in no group. Groups need a "
                "programme in which nobody has begun."
            )
        ]
    return []


def _calls(programme: Programme, arms: Arms) -> list[str]:
    with_calls = [arm.name for arm in arms if arm.kind in WITH_CALLS]
    if not with_calls or programme.coaching != Coaching.NONE:
        return []
    words = _("“%(name)s” has calls, but the programme has none. Say how calls are offered first.")
    return [words % {"name": with_calls[0]}]


def _waits(programme: Programme, arms: Arms) -> list[str]:
    """Return which waiting list waits for questions that do not come by themselves."""
    first = beginning.first_of(programme.pk)
    named = [arm for arm in arms if arm.timepoint]
    good = {
        each.key for each in Timepoint.objects.filter(programme=programme) if each != first and _comes(each)
    }
    words = _("“%(name)s” waits for questions that do not come to everybody on a day of their own.")
    return [words % {"name": arm.name} for arm in named if arm.timepoint not in good]


def _comes(timepoint: Timepoint) -> bool:
    return timepoints.comes_to_everybody(timepoint)


def _plan(programme: Programme, plan: AllocationPlan, arms: Arms) -> list[str]:
    return CHECKS[plan.by](programme, plan, arms)


def _by_chance(programme: Programme, plan: AllocationPlan, arms: Arms) -> list[str]:
    shares = [(arm.key, arm.share) for arm in arms]
    together = sum(share for _key, share in shares)
    if not plan.blocks or not all(blocks.fits(size, shares) for size in plan.blocks):
        words = _("The groups' shares come to %(sum)s, so each size of a block has to be a multiple of that.")
        return [words % {"sum": together}]
    return []


def _by_unit(programme: Programme, plan: AllocationPlan, arms: Arms) -> list[str]:
    found = _by_chance(programme, plan, arms)
    if not about_you.why(programme, about_you.UNIT):
        found.append(
            _("People are not asked for their unit. Say why you ask it first, below “About people”.")
        )
    elif not _units(programme).exists():
        found.append(_("The organisation has no units yet."))
    if set(plan.strata) - {Stratum.ORGANISATION}:
        found.append(_("Units can be kept alike in their organisation alone."))
    return found


def _units(programme: Programme) -> QuerySet[Unit]:
    own, of_groups = Q(organisation=programme.organisation_id), Q(organisation__cohorts__programme=programme)
    return Unit.objects.filter(own | of_groups)


def _by_table(programme: Programme, plan: AllocationPlan, arms: Arms) -> list[str]:
    return []


CHECKS: dict[str, Callable[[Programme, AllocationPlan, Arms], list[str]]] = {
    Allocates.PERSON: _by_chance,
    Allocates.UNIT: _by_unit,
    Allocates.TABLE: _by_table,
}


def load_table(*, programme: Programme, raw: bytes, by: User, now: datetime) -> int:
    """Take a table in; who has answered the first questions is in their group at once. Return how many are named.

    Raises plans.Fixed or tables.Refused.
    """
    named = tables.load(programme=programme, raw=raw, by=by, now=now)
    beginning.look_at_all(now=now)
    return len(named)
