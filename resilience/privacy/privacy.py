from resilience.privacy.models import DataKey
from resilience.privacy.register import BLANK, TWELVE_MONTHS_AFTER_LAST_ACTIVITY, register

register(
    DataKey,
    purpose="to make one person's words unreadable when they leave",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"wrapped": BLANK},
    operational={"id", "made_at", "destroyed_at"},
)
