"""Cards to pass on that a programme holds back until somebody's last questions are behind them."""

from datetime import datetime
from uuid import UUID

from resilience.measures import occasions
from resilience.measures.models import Timepoint
from resilience.participants.models import Enrolment, Programme


def holds(enrolment: Enrolment, *, now: datetime) -> bool:
    """Return whether cards are held back from somebody; without a question where their programme holds none back."""
    programme = enrolment.cohort.programme
    if not programme.cards_held_back:
        return False
    last = last_of(programme.pk)
    if last is None:
        return False
    over = occasions.answered(enrolment, last.key) or occasions.closed(enrolment, last.key, now=now)
    return not over


def last_of(programme: UUID) -> Timepoint | None:
    """Return the last time point at which a programme asks something."""
    asking = Timepoint.objects.filter(programme=programme, planned__isnull=False)
    return asking.order_by("-position").first()


def anywhere() -> bool:
    """Return whether a programme of this site holds cards back, so that visitors are shown none."""
    return Programme.objects.filter(cards_held_back=True, is_synthetic=False).exists()
