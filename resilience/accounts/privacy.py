from resilience.accounts.models import Draft, RoleGrant, User
from resilience.privacy.register import (
    ERASE,
    SIX_YEARS,
    THIRTY_DAYS,
    TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    register,
)

register(
    User,
    purpose="to sign in",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"email": ERASE, "last_login": ERASE, "joined_at": ERASE, "data_key": ERASE},
    operational={"id", "password", "language", "is_active", "is_superuser", "groups", "user_permissions"},
)
register(
    RoleGrant,
    purpose="to say who may do what",
    keep=SIX_YEARS,
    pseudonymous={"user": ERASE},
    operational={"id", "role", "programme", "granted_at", "ended_at"},
)
register(
    Draft,
    purpose="to give back what was typed when a page could not be taken",
    keep=THIRTY_DAYS,
    personal={"user": ERASE, "fields": ERASE},
    operational={"id", "page", "saved_at"},
)
