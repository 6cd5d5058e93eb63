"""People to talk to: those of the whole country, and those of one organisation."""

from datetime import datetime

from django.db.models import Q, QuerySet

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.audit import events, trail
from resilience.organisations.models import Organisation, SupportRoute


def everywhere() -> QuerySet[SupportRoute]:
    """Return the routes of the whole country."""
    return SupportRoute.objects.filter(organisation=None)


def of(organisation: Organisation) -> QuerySet[SupportRoute]:
    """Return the routes for somebody of this organisation: the country's and its own."""
    return SupportRoute.objects.filter(Q(organisation=None) | Q(organisation=organisation))


def of_lead(lead: User) -> QuerySet[SupportRoute]:
    """Return the routes that a safeguarding lead keeps: the country's, and those of the programmes they lead in."""
    slugs = roles.programmes(lead, Role.SAFEGUARDING_LEAD)
    if slugs is None:
        return SupportRoute.objects.all()
    return SupportRoute.objects.filter(
        Q(organisation=None) | Q(organisation__in=Organisation.objects.filter(programmes__slug__in=slugs))
    )


def by_organisation(routes: QuerySet[SupportRoute]) -> list[tuple[Organisation, list[SupportRoute]]]:
    """Return each organisation that has routes of its own among these, with them."""
    own = routes.exclude(organisation=None).select_related("organisation")
    grouped: dict[Organisation, list[SupportRoute]] = {}
    for route in own.order_by("organisation__name", "position", "label"):
        grouped.setdefault(route.organisation, []).append(route)
    return list(grouped.items())


def mark_as_checked(route: SupportRoute, *, by: User, now: datetime) -> None:
    """Note that somebody tried this route today and it works."""
    route.checked_on = clock.local_day(now, "Europe/London")
    route.save(update_fields=["checked_on"])
    trail.record(events.SUPPORT_ROUTE_CHECKED, at=now, target=route, by=by)
