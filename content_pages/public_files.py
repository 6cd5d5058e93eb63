"""Public pages that say whom to ring stand as files of their own too, so that they answer without a database."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils import translation

from content_pages import drawings, held_cards, rendering
from content_pages.models import PublicPage
from resilience import clock
from resilience.measures import holding_back
from resilience.organisations import plain, support
from resilience.participants import enrolments


@plain.made_by
def pages() -> Iterator[plain.Page]:
    """Yield each public page that shows people to talk to, in its own language, as a visitor sees it."""
    for page in PublicPage.objects.live().filter(people_to_talk_to=True).select_related("locale"):
        address = urlsplit(page.url or "").path
        if address:
            with translation.override(page.locale.language_code):
                routes = support.for_everybody()
                yield plain.Page(address, _drawn(page, routes), support.last_day(routes))


def _drawn(page: PublicPage, routes: list) -> str:
    cohort = enrolments.open_cohort(on=clock.now().date())
    pieces = rendering.of_page(page)
    held = any(piece.is_card for piece in pieces) and holding_back.anywhere()
    context = {
        "page": page,
        "pieces": held_cards.without(pieces) if held else pieces,
        "held": held,
        "drawing": drawings.address(page.drawing) if page.drawing else "",
        "routes": routes,
        "site_name": cohort.programme.public_name if cohort else "",
    }
    return render_to_string("content_pages/public_alone.html", context)
