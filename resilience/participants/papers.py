"""What a manager writes for a programme's papers; the approval and the registration go into each plan made later."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.participants.models import Papers, Programme

IN_A_PLAN = ("sponsor", "approval", "registered")


def of(programme: Programme) -> Papers:
    """Return what was written; empty where nothing was."""
    return Papers.objects.filter(programme=programme).first() or Papers(programme=programme)


@transaction.atomic
def write(*, programme: Programme, said: Mapping[str, str], by: User, now: datetime) -> Papers:
    """Keep what a manager wrote."""
    papers, _made = Papers.objects.update_or_create(programme=programme, defaults=dict(said))
    trail.record(events.PAPERS_WRITTEN, at=now, target=programme, by=by)
    return papers


def in_a_plan(programme: Programme) -> dict[str, dict[str, str]]:
    """Return what a plan that is made now says of sponsor, approval and registration; nothing where none is known."""
    papers = of(programme)
    known = {name: getattr(papers, name) for name in IN_A_PLAN if getattr(papers, name)}
    return {"papers": known} if known else {}
