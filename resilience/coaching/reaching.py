"""Why texts do not reach somebody, for the pages that say so."""

from resilience.messaging import optouts
from resilience.participants.models import Participant

STOPPED, DOUBTED = "stopped", "doubted"


def why_no_texts(participant: Participant) -> str:
    """Return why no text reaches their number, where it should; else an empty string."""
    if not participant.phone:
        return ""
    if optouts.stands(number=participant.phone):
        return STOPPED
    return DOUBTED if participant.phone_doubted_at else ""
