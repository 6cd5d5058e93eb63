"""What an organisation says of itself, changed by those who manage its programmes."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet

from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.audit import events, trail
from resilience.organisations.models import Organisation

SAID = ("name", "country", "belong_as", "data_controller", "incident_url")


def managed_by(manager: User) -> QuerySet[Organisation]:
    """Return the organisations that run the programmes somebody manages; for the whole site, every one."""
    slugs = roles.programmes(manager, Role.MANAGER)
    found = Organisation.objects.order_by("name")
    return found if slugs is None else found.filter(programmes__slug__in=slugs).distinct()


@transaction.atomic
def change(
    organisation: Organisation,
    *,
    said: Mapping[str, object],
    leads: Iterable[User],
    logo: File | None,
    without_logo: bool,
    by: User,
    now: datetime,
) -> None:
    """Keep what was said; the logo stays where no other is given."""
    for name in SAID:
        setattr(organisation, name, said[name])
    if without_logo:
        organisation.logo = ""
    elif logo is not None:
        organisation.logo.save(logo.name, logo, save=False)
    organisation.save()
    organisation.leads.set(leads)
    trail.record(events.ORGANISATION_CHANGED, at=now, target=organisation, by=by)
