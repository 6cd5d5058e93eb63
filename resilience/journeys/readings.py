"""Who read what somebody shared or agreed, as the trail tells it: for that person to see."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from resilience.audit import events
from resilience.audit.models import AuditEvent
from resilience.coaching.models import Coach
from resilience.participants.models import Enrolment

WHAT = {
    events.SHARED_COPIES_READ: _("What you shared"),
    events.ABOUT_ME_READ: _("Your card about you"),
    events.AGREEMENT_READ: _("What the two of you agree"),
    events.NEXT_STEP_READ: _("The next step that you agreed"),
}
MOST = 500


@dataclass(frozen=True)
class Reading:
    """One reading: in which minute, what, and by whom."""

    at: datetime
    what: str
    who: str


def of(enrolment: Enrolment) -> list[Reading]:
    """Return what somebody else read, the newest first, of up to five hundred readings.

    Whoever opens a page twice in a minute read it once: a page sent again would otherwise look like prying.
    """
    found = AuditEvent.objects.filter(target_id=str(enrolment.pk), event__in=WHAT).order_by("-at")[:MOST]
    rows = list(found)
    names = dict(
        Coach.objects.filter(user__in={row.actor_id for row in rows}).values_list("user_id", "shown_name")
    )
    gone = _("somebody who is here no longer")
    each = (
        Reading(row.at.replace(second=0, microsecond=0), WHAT[row.event], names.get(row.actor_id, gone))
        for row in rows
    )
    return list(dict.fromkeys(each))
