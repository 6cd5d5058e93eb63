"""Grant, end and ask for roles."""

from datetime import datetime

from resilience.accounts.models import RoleGrant, User
from resilience.audit import events, trail


def grant(*, user: User, role: str, programme: str = "", by: User | None, now: datetime) -> RoleGrant:
    """Return the living grant of `role` to `user`; made now unless it is held already."""
    held, fresh = RoleGrant.objects.get_or_create(
        user=user, role=role, programme=programme, ended_at=None, defaults={"granted_at": now}
    )
    if fresh:
        trail.record(events.ROLE_GRANTED, at=now, target=user, by=by, role=role, programme=programme)
    return held


def holds(user: object, role: str, *, programme: str | None = None) -> bool:
    """Return whether `user` holds `role`: anywhere, or in `programme` (a site-wide grant counts there too)."""
    if not getattr(user, "is_authenticated", False):
        return False
    if programme is None:
        return role in user.roles
    return user.grants.filter(role=role, ended_at=None, programme__in=["", programme]).exists()


def programmes(user: User, role: str) -> set[str] | None:
    """Return the slugs of the programmes in which `user` holds `role`; None means every programme."""
    slugs = set(user.grants.filter(role=role, ended_at=None).values_list("programme", flat=True))
    return None if "" in slugs else slugs
