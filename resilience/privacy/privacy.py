"""Our own fields, and those of the trail, which stands below and cannot register itself."""

from resilience.audit.models import AuditEvent
from resilience.privacy.models import DataKey
from resilience.privacy.register import (
    BLANK,
    KEEP,
    TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    WHILE_THE_SITE_RUNS,
    register,
)

register(
    DataKey,
    purpose="to make one person's words unreadable when they leave",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"wrapped": BLANK},
    operational={"id", "made_at", "destroyed_at"},
)
register(
    AuditEvent,
    purpose="to show who did what, when somebody asks",
    keep=WHILE_THE_SITE_RUNS,  # the database refuses to take anything from the trail
    pseudonymous={"actor_id": KEEP, "target_id": KEEP, "facts": KEEP},
    operational={"id", "at", "event", "target_type"},
)
