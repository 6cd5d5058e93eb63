"""People to talk to: those of the whole country, and those of one organisation for one kind of person."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import get_language

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.models import Role, RoleGrant, User
from resilience.audit import events, trail
from resilience.organisations import national, standing
from resilience.organisations.cards import Card
from resilience.organisations.models import Organisation, State, SupportRoute

ZONE = "Europe/London"


def today() -> date:
    """Return the day by which routes expire."""
    return clock.local_day(clock.now(), ZONE)


def cards(organisation: Organisation, belongs_as: str = "") -> list[Card]:
    """Return whom somebody of this organisation can turn to: the country's routes first, then those for such people.

    Costs no query where the file of routes stands. Whoever did not say as what they belong gets those for everyone.
    """
    shown = _shown(standing.routes())
    own = [card for card in shown if card.organisation == str(organisation.pk)]
    return _of_country(organisation.country, shown) + [
        card for card in own if card.belongs_as in ("", belongs_as)
    ]


def everywhere(country: str) -> list[Card]:
    """Return the routes of a country: those that ship with the product, but where a published one stands in place."""
    return _of_country(country, _shown(standing.routes()))


def _of_country(country: str, shown: list[Card]) -> list[Card]:
    ours = [card for card in shown if card.country == country]
    replaced = {card.slug for card in ours} - {""}
    shipped = national.shipped(country, language=get_language() or national.FIRST_LANGUAGE)
    found = [card for card in shipped if card.slug not in replaced] + ours
    return sorted(found, key=lambda card: (not card.urgent, card.position))


def for_everybody() -> list[Card]:
    """Return the routes of each country of the site."""
    return [card for country in standing.countries() for card in everywhere(country)]


def by_organisation() -> list[tuple[Organisation, list[Card]]]:
    """Return each organisation that has routes of its own, with them."""
    grouped: dict[str, list[Card]] = {}
    for card in _shown(standing.routes()):
        if card.organisation:
            grouped.setdefault(card.organisation, []).append(card)
    found = Organisation.objects.filter(pk__in=grouped).order_by("name")
    return [(each, grouped[str(each.pk)]) for each in found]


def last_day(shown: Iterable[Card]) -> str:
    """Return the day after which what is shown is no longer true, as text; empty where it has no end."""
    return min((card.until for card in shown if card.until), default="")


def _shown(routes: Iterable[Card]) -> list[Card]:
    """Return what has not expired, each route once: in the reader's language, else in English."""
    day, language = today().isoformat(), get_language() or national.FIRST_LANGUAGE
    live = [card for card in routes if card.until >= day]
    spoken = {card.route for card in live if card.language == language}
    return [
        card
        for card in live
        if card.language == language
        or (card.language == national.FIRST_LANGUAGE and card.route not in spoken)
    ]


def has_its_own(organisation: Organisation) -> bool:
    """Return whether an organisation has published somebody to talk to, beside those of the country."""
    return SupportRoute.objects.filter(organisation=organisation, state=State.PUBLISHED).exists()


def organisations_of(lead: User) -> QuerySet[Organisation]:
    """Return the organisations whose routes a lead keeps.

    Those that name them; else those that run the programmes they lead in; for the whole site, every one.
    """
    slugs = roles.programmes(lead, Role.SAFEGUARDING_LEAD)
    if slugs is None:
        return Organisation.objects.all()
    named = Organisation.objects.filter(leads=lead)
    return named if named.exists() else Organisation.objects.filter(programmes__slug__in=slugs).distinct()


def keeps_countries(lead: User) -> bool:
    """Return whether a lead may change what everybody in a country is shown: those for the whole site."""
    return roles.programmes(lead, Role.SAFEGUARDING_LEAD) is None


def of_lead(lead: User) -> QuerySet[SupportRoute]:
    """Return the versions of routes that a lead keeps and may change."""
    kept = SupportRoute.objects.filter(organisation__in=organisations_of(lead))
    return kept | SupportRoute.objects.filter(organisation=None) if keeps_countries(lead) else kept


def leads_of(organisation: Organisation | None) -> list[User]:
    """Return the people who keep the routes of an organisation, or of a country where none is named."""
    grants = RoleGrant.objects.filter(role=Role.SAFEGUARDING_LEAD, ended_at=None, user__is_active=True)
    found = User.objects.filter(pk__in=grants.values("user")).order_by("email")
    if organisation is None:
        return [lead for lead in found if keeps_countries(lead)]
    return [lead for lead in found if organisations_of(lead).filter(pk=organisation.pk).exists()]


def could_lead(organisation: Organisation) -> list[User]:
    """Return whom an organisation may name: those who lead in its programmes, or for the whole site."""
    slugs = organisation.programmes.values_list("slug", flat=True)
    grants = RoleGrant.objects.filter(role=Role.SAFEGUARDING_LEAD, ended_at=None, programme__in=["", *slugs])
    return list(User.objects.filter(pk__in=grants.values("user"), is_active=True).order_by("email"))


def mark_as_checked(route: SupportRoute, *, by: User, now: datetime) -> None:
    """Note that somebody tried this route today and it works."""
    day = clock.local_day(now, ZONE)
    SupportRoute.objects.filter(pk=route.pk, state=State.PUBLISHED).update(checked_on=day)
    trail.record(events.SUPPORT_ROUTE_CHECKED, at=now, target=route, by=by)
