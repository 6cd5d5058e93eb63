"""Every published route of the site: from a file where one stands, so that no page costs a query, else asked for."""

import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from resilience.organisations.cards import Card
from resilience.organisations.models import Organisation, State, SupportRoute
from resilience.organisations.national import GB

NAME = "routes.json"


def folder() -> Path:
    """Return where what stands without a database is kept; the proxy reads it too, so it holds only what is public."""
    return Path(settings.VAR_DIR) / "help-now"


def routes() -> tuple[Card, ...]:
    """Return the published routes, also those that have expired: whoever shows them looks at the day."""
    try:
        file = folder() / NAME
        return _read(file, file.stat().st_mtime_ns)
    except OSError:
        return published()


@lru_cache(maxsize=2)
def _read(file: Path, _written_at: int) -> tuple[Card, ...]:
    return tuple(Card(**each) for each in json.loads(file.read_text()))


def published() -> tuple[Card, ...]:
    """Return the published routes as the database has them."""
    found = SupportRoute.objects.filter(state=State.PUBLISHED).select_related("organisation")
    return tuple(_card(route) for route in found)


def _card(route: SupportRoute) -> Card:
    return Card(
        label=route.label, text=route.text, phone=route.phone, sms=route.sms, url=route.url, urgent=route.urgent,
        slug=route.instead_of, route=str(route.route), country=route.country,
        organisation=str(route.organisation_id or ""), belongs_as=route.belongs_as,
        kind_of_help=route.kind_of_help, language=route.language, position=route.position,
        until=route.expires_on.isoformat(),
    )  # fmt: skip


def as_text() -> str:
    """Return the published routes as the text of the file."""
    return json.dumps([asdict(card) for card in published()])


def countries() -> list[str]:
    """Return the countries of the site's organisations; the United Kingdom where there is none yet."""
    found = Organisation.objects.order_by("country").values_list("country", flat=True).distinct()
    return list(found) or [GB]
