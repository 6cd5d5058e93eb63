from resilience.audit.models import AuditEvent
from resilience.privacy.register import KEEP, SIX_YEARS, register

register(
    AuditEvent,
    purpose="to show who did what, when somebody asks",
    keep=SIX_YEARS,
    pseudonymous={"actor_id": KEEP, "target_id": KEEP, "facts": KEEP},
    operational={"id", "at", "event", "target_type"},
)
