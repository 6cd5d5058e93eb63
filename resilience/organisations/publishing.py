"""A route is written by one person and published by another; what is published is locked, and ends on a day."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from resilience import clock
from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.organisations import support
from resilience.organisations.models import State, SupportRoute

LONGEST = timedelta(days=366)


class SamePerson(Exception):
    """Whoever proposed a version asked to publish it."""


class NotThere(Exception):
    """The version is not where it would have to be: somebody else was faster."""


class Over(Exception):
    """The version would end before it is shown, or more than a year from now."""


class InTheMaking(Exception):
    """Another version of the route is in the making already."""


class NotKept(Exception):
    """The route belongs to an organisation, or a country, that this person does not keep."""


@transaction.atomic
def begin(route: SupportRoute, *, by: User, now: datetime) -> SupportRoute:
    """Store a first version that is being written, and return it. Raises NotKept."""
    _keeps(route, by=by)
    if route.owner is None:
        route.owner = by.pk
    route.save()
    trail.record(events.SUPPORT_ROUTE_WRITTEN, at=now, target=route, by=by)
    return route


@transaction.atomic
def change(route: SupportRoute, *, by: User, now: datetime, **words: object) -> SupportRoute:
    """Return the version in the making with these words: a draft as it is, anything else as a new version.

    A proposed version is written anew as a draft, so that nobody publishes words that were not proposed. Raises
    NotKept, or InTheMaking where another version of a published route is being written.
    """
    _keeps(route, by=by)
    stored = SupportRoute.objects.select_for_update(of=("self",)).get(pk=route.pk)
    if stored.state == State.PROPOSED:
        stored.delete()
    draft = stored if stored.state == State.DRAFT else _next(stored)
    for name, value in words.items():
        setattr(draft, name, value)
    draft.save()
    trail.record(events.SUPPORT_ROUTE_WRITTEN, at=now, target=draft, by=by)
    return draft


def _next(route: SupportRoute) -> SupportRoute:
    beside = SupportRoute.objects.filter(route=route.route, language=route.language)
    if beside.filter(state__in=[State.DRAFT, State.PROPOSED]).exists():
        raise InTheMaking
    latest = beside.aggregate(latest=Max("version"))["latest"] or 0
    kept = ("route", "country", "organisation", "instead_of", "language", "urgent", "position", "owner")
    return SupportRoute(version=latest + 1, **{name: getattr(route, name) for name in kept})


@transaction.atomic
def propose(route: SupportRoute, *, by: User, now: datetime) -> None:
    """Put a draft before a second person. Raises NotKept, Over or NotThere."""
    _keeps(route, by=by)
    _has_time(route.expires_on, now=now)
    moved = SupportRoute.objects.filter(pk=route.pk, state=State.DRAFT).update(
        state=State.PROPOSED, proposed_by=by.pk, proposed_at=now
    )
    if not moved:
        raise NotThere
    trail.record(events.SUPPORT_ROUTE_PROPOSED, at=now, target=route, by=by)


@transaction.atomic
def publish(route: SupportRoute, *, by: User, now: datetime) -> None:
    """Show a proposed version in place of the one before. Raises NotKept, SamePerson, Over or NotThere."""
    _keeps(route, by=by)
    stored = SupportRoute.objects.select_for_update(of=("self",)).get(pk=route.pk)
    if stored.state != State.PROPOSED:
        raise NotThere
    if stored.proposed_by == by.pk:
        raise SamePerson
    _has_time(stored.expires_on, now=now)
    before = SupportRoute.objects.filter(route=stored.route, language=stored.language, state=State.PUBLISHED)
    before.update(state=State.ENDED, ended_at=now)
    SupportRoute.objects.filter(pk=stored.pk).update(
        state=State.PUBLISHED, published_by=by.pk, published_at=now
    )
    trail.record(events.SUPPORT_ROUTE_PUBLISHED, at=now, target=stored, by=by, version=stored.version)


@transaction.atomic
def take_down(route: SupportRoute, *, by: User, now: datetime) -> None:
    """Stop showing a route, or throw away a version in the making. One person may: a wrong number must not wait.

    Raises NotKept or NotThere.
    """
    _keeps(route, by=by)
    in_the_making = SupportRoute.objects.filter(pk=route.pk, state__in=[State.DRAFT, State.PROPOSED])
    gone, _by_model = in_the_making.delete()
    shown = SupportRoute.objects.filter(pk=route.pk, state=State.PUBLISHED)
    if not gone and not shown.update(state=State.ENDED, ended_at=now):
        raise NotThere
    trail.record(events.SUPPORT_ROUTE_TAKEN_DOWN, at=now, target=route, by=by)


def _keeps(route: SupportRoute, *, by: User) -> None:
    if route.organisation_id is None:
        kept = support.keeps_countries(by)
    else:
        kept = support.organisations_of(by).filter(pk=route.organisation_id).exists()
    if not kept:
        raise NotKept


def _has_time(expires_on: date | None, *, now: datetime) -> None:
    day = clock.local_day(now, support.ZONE)
    if expires_on is None or not day < expires_on <= day + LONGEST:
        raise Over
