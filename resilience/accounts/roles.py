"""Grant, end and ask for roles. Wagtail's groups are filled from the grants, never by hand."""

from datetime import datetime

from django.contrib.auth.models import Group

from resilience.accounts.models import Role, RoleGrant, User
from resilience.audit import events, trail

GROUPS_OF_EDITORS = ["Editors", "Moderators"]


def grant(*, user: User, role: str, programme: str = "", by: User | None, now: datetime) -> RoleGrant:
    """Return the living grant of `role` to `user`; made now unless it is held already."""
    held, fresh = RoleGrant.objects.get_or_create(
        user=user, role=role, programme=programme, ended_at=None, defaults={"granted_at": now}
    )
    if fresh:
        trail.record(events.ROLE_GRANTED, at=now, target=user, by=by, role=role, programme=programme)
    _forget_read(user)
    fill_groups(user)
    return held


def end(*, user: User, role: str, programme: str = "", by: User | None, now: datetime) -> None:
    """End the living grant of `role`, where there is one."""
    ended = user.grants.filter(role=role, programme=programme, ended_at=None).update(ended_at=now)
    if ended:
        trail.record(events.ROLE_ENDED, at=now, target=user, by=by, role=role, programme=programme)
    _forget_read(user)
    fill_groups(user)


def fill_groups(user: User) -> None:
    """Put an editor into Wagtail's groups, those of the site or of their programmes, and anybody else out of them."""
    user.groups.set(_groups(programmes(user, Role.EDITOR)))


def _groups(edited: set[str] | None) -> list[Group]:
    if edited is None:
        return list(Group.objects.filter(name__in=GROUPS_OF_EDITORS))
    return [Group.objects.get_or_create(name=group_of_editors(slug))[0] for slug in sorted(edited)]


def group_of_editors(programme: str) -> str:
    """Return the name of the group that may edit the pages of one programme."""
    return f"Editors of {programme}"


def _forget_read(user: User) -> None:
    user.__dict__.pop("_roles", None)


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
