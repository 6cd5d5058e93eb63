"""What a manager should know of a timetable: nothing here is refused, and nothing of it goes unsaid."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from resilience.measures import covers
from resilience.measures.models import Anchor, Timepoint
from resilience.participants.models import Coaching, Programme


def of(
    programme: Programme, plan: Iterable[Timepoint], *, sessions: Mapping[str, str], parts: Mapping[str, str]
) -> list[str]:
    """Return a sentence for each thing that may not be meant."""
    plan = list(plan)
    found = list(_unattended(programme, plan))
    for timepoint in plan:
        found += [words for words in _of_one(programme, timepoint, sessions, parts) if words]
    return found


def _unattended(programme: Programme, plan: Iterable[Timepoint]) -> Iterable[str]:
    planned = {cell.instrument for timepoint in plan for cell in timepoint.planned.all()}
    if covers.unattended(planned, programme):
        yield _(
            "Questions about thoughts of harm are in the plan, and nobody stands by. They are not asked until "
            "two people are confirmed."
        )


def _of_one(
    programme: Programme, timepoint: Timepoint, sessions: Mapping[str, str], parts: Mapping[str, str]
) -> Iterable[str]:
    named = {"label": timepoint.label, "n": timepoint.nth_call, "session": timepoint.live_session}
    hangs = timepoint.latest_days is None
    if timepoint.anchor == Anchor.LIVE_SESSION and timepoint.live_session not in sessions:
        yield (
            _(
                "“%(label)s” waits for the meeting “%(session)s”, and no page of that meeting is published yet."
            )
            % named
        )
    if timepoint.anchor == Anchor.MODULE and timepoint.module not in parts:
        yield _("“%(label)s” waits for a part that is not shown any more.") % named
    if timepoint.anchor in (Anchor.LIVE_SESSION, Anchor.MODULE, Anchor.MODULES_DONE) and hangs:
        yield _("Some people may never come to “%(label)s”. Give it a latest day to ask everybody.") % named
    if timepoint.anchor in (Anchor.CALL, Anchor.CALLS_DONE) and programme.coaching == Coaching.NONE:
        yield (
            _(
                "“%(label)s” waits for calls, and this programme offers none. It comes when their time would be over."
            )
            % named
        )
    elif timepoint.anchor == Anchor.CALL and timepoint.nth_call > programme.calls_offered:
        yield _("“%(label)s” waits for call %(n)s, and fewer calls are offered.") % named
    if not timepoint.planned.all():
        yield _("“%(label)s” asks nothing yet. Choose its questions in the grid.") % named
