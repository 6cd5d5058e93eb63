"""A programme under evaluation keeps its content: from a day on, its pages change for safety alone."""

from datetime import date, datetime

from django.db import transaction

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.audit import events, trail
from resilience.participants.models import Programme


@transaction.atomic
def freeze(*, programme: Programme, by: User | None, now: datetime) -> None:
    """Keep the content of a programme as it is from today; where it is kept already, the day stays."""
    _set(programme, clock.local_day(now, programme.time_zone), events.CONTENT_FROZEN, by, now)


@transaction.atomic
def open_again(*, programme: Programme, by: User | None, now: datetime) -> None:
    """Let the content of a programme be changed freely again."""
    _set(programme, None, events.CONTENT_OPENED, by, now)


def _set(programme: Programme, day: date | None, event: str, by: User | None, now: datetime) -> None:
    standing = Programme.objects.filter(pk=programme.pk, content_frozen_on__isnull=day is not None)
    if standing.update(content_frozen_on=day):
        trail.record(event, at=now, target=programme, by=by)
    programme.refresh_from_db(fields=["content_frozen_on"])


def since(*, programme: str) -> date | None:
    """Return since when the content of the programme with this slug is frozen, or None."""
    return Programme.objects.filter(slug=programme).values_list("content_frozen_on", flat=True).first()


def programmes_run_by(*, user: User) -> list[Programme]:
    """Return the programmes that `user` manages."""
    slugs = roles.programmes(user, Role.MANAGER)
    found = Programme.objects.order_by("public_name")
    return list(found if slugs is None else found.filter(slug__in=slugs))
