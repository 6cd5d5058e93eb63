"""The list that a lead keeps true: what is shown, until when, and what waits for a second person."""

from dataclasses import dataclass
from datetime import date

from resilience.accounts.models import User
from resilience.organisations import expiring, national, standing, support
from resilience.organisations.cards import Card
from resilience.organisations.models import Organisation, State, SupportRoute

LIVE = (State.DRAFT, State.PROPOSED, State.PUBLISHED)


@dataclass(frozen=True)
class Line:
    """One route: the version that is shown, and the one in the making."""

    shown: SupportRoute | None
    coming: SupportRoute | None
    today: date
    reader: User

    @property
    def name(self) -> str:
        """Return what the route is called."""
        return (self.shown or self.coming).label

    @property
    def newest(self) -> SupportRoute | None:
        """Return the version to go on from."""
        return self.coming or self.shown

    @property
    def over(self) -> bool:
        """Return whether it has expired, so that nobody is shown it."""
        return self.shown is not None and self.shown.expires_on < self.today

    @property
    def ends_soon(self) -> bool:
        """Return whether it expires within a month."""
        return (
            self.shown is not None and not self.over and self.shown.expires_on <= self.today + expiring.BEFORE
        )

    @property
    def waits_for_me(self) -> bool:
        """Return whether the reader is a second person who may publish what is proposed."""
        waits = self.coming is not None and self.coming.state == State.PROPOSED
        return waits and self.coming.proposed_by != self.reader.pk


@dataclass(frozen=True)
class Part:
    """The routes of one country or organisation; `shipped` come with the product."""

    name: str
    lines: list[Line]
    organisation: Organisation | None = None
    country: str = ""
    shipped: tuple[Card, ...] = ()
    may_change: bool = True


def parts(lead: User) -> list[Part]:
    """Return the countries of the lead's organisations, then the organisations themselves."""
    organisations = list(support.organisations_of(lead).order_by("name"))
    countries = sorted({each.country for each in organisations}) or standing.countries()
    return [_country(code, lead) for code in countries] + [
        _organisation(each, lead) for each in organisations
    ]


def _country(code: str, lead: User) -> Part:
    found = _lines(lead, country=code)
    replaced = {line.shown.instead_of for line in found if line.shown and not line.over}
    replaced |= {line.coming.instead_of for line in found if line.coming}
    shipped = national.shipped(code, language=national.FIRST_LANGUAGE)
    return Part(
        name=dict(national.COUNTRIES)[code],
        lines=found,
        country=code,
        shipped=tuple(card for card in shipped if card.slug not in replaced),
        may_change=support.keeps_countries(lead),
    )


def _organisation(organisation: Organisation, lead: User) -> Part:
    return Part(organisation.name, _lines(lead, organisation=organisation), organisation=organisation)


def _lines(lead: User, **of: object) -> list[Line]:
    grouped: dict[tuple, dict[str, SupportRoute]] = {}
    for version in SupportRoute.objects.filter(state__in=LIVE, **of):
        place = "shown" if version.state == State.PUBLISHED else "coming"
        grouped.setdefault((version.route, version.language), {})[place] = version
    today = support.today()
    return [Line(each.get("shown"), each.get("coming"), today, lead) for each in grouped.values()]
