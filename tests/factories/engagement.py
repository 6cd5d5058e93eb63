"""What somebody wrote, as a test reads it."""

import json

from resilience.engagement.models import Entry
from resilience.participants.models import Enrolment


def written(*, enrolment: Enrolment, exercise: str) -> dict[str, object]:
    """Return what was written in an exercise by prompt; empty when nothing was."""
    entry = Entry.objects.filter(enrolment=enrolment, exercise=exercise).first()
    return json.loads(entry.fields) if entry and entry.fields else {}
