"""Draw people for interviews, keep how, and draw again to see that it was so."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.evaluation.analysis import draw as chance
from resilience.evaluation.interviews import frame
from resilience.evaluation.models import Evaluation, InterviewDraw, InterviewPick
from resilience.participants.models import Programme

AT_MOST = 50


class Nobody(Exception):
    """Nobody is left who takes part, agreed to be asked and was not drawn before."""


@transaction.atomic
def draw(
    *, evaluation: Evaluation, wanted: int, strata: Sequence[str], seed: str = "", by: User, now: datetime
) -> InterviewDraw:
    """Draw at most so many people and keep how; without a seed one is made. Raises Nobody."""
    programme = Programme.objects.select_for_update().get(pk=evaluation.programme_id)
    number = next_number(programme)
    groups = frame.of(programme, strata=strata, before=number)
    if not groups:
        raise Nobody
    made = InterviewDraw.objects.create(
        evaluation=evaluation, number=number, drawn_by=by.pk, drawn_at=now, seed=seed or secrets.token_hex(4),
        wanted=wanted, strata=list(strata), frame_size=len(groups), frame_hash=chance.fingerprint(groups),
    )  # fmt: skip
    codes = chance.drawn(groups, seed=made.seed, wanted=wanted)
    InterviewPick.objects.bulk_create(
        InterviewPick(draw=made, respondent_id=code, place=place) for place, code in enumerate(codes, start=1)
    )
    trail.record(events.INTERVIEWS_DRAWN, at=now, target=made, by=by, drawn=len(codes))
    return made


def next_number(programme: Programme) -> int:
    """Return the number of the next draw in a programme, whichever evaluation it is for."""
    found = InterviewDraw.objects.filter(evaluation__programme=programme).order_by("-number")
    return (found.values_list("number", flat=True).first() or 0) + 1


def again(made: InterviewDraw) -> bool | None:
    """Return whether the same people are drawn again; None where other people could be drawn now than then."""
    groups = frame.of(made.evaluation.programme, strata=made.strata, before=made.number)
    if chance.fingerprint(groups) != made.frame_hash:
        return None
    codes = chance.drawn(groups, seed=made.seed, wanted=made.wanted)
    return codes == tuple(str(pick.respondent_id) for pick in made.picks.all())
