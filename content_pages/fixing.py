"""Pages of a programme under evaluation: what may still be published, and the list of it."""

from datetime import date, datetime

from django.db import transaction
from wagtail.models import Page

from content_pages.models import ContentFix, ProgrammePage
from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.participants import freezing


def programme_of(page: Page) -> ProgrammePage | None:
    """Return the programme in which a page stands (or that it is), or None."""
    if not page.path:
        return None
    return ProgrammePage.objects.ancestor_of(page, inclusive=True).first()


def frozen_since(page: Page) -> date | None:
    """Return since when the content of a page's programme is frozen, or None where it may change."""
    programme = programme_of(page)
    return freezing.since(programme=programme.slug) if programme else None


@transaction.atomic
def record(*, page: Page, programme: ProgrammePage, reason: str, by: User, at: datetime) -> ContentFix:
    """Keep why a page of a frozen programme was changed."""
    fix = ContentFix.objects.create(
        programme=programme.slug, page=page.translation_key, title=page.title, reason=reason, by=by, at=at
    )
    trail.record(events.CONTENT_FIXED, at=at, target=fix, by=by, programme=programme.slug)
    return fix


def said_since(*, page: Page, at: datetime) -> bool:
    """Return whether a reason for the page's newest change was given at this moment or later."""
    return ContentFix.objects.filter(page=page.translation_key, at__gte=at).exists()
