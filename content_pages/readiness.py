"""A new programme with its first page, and what a programme still lacks before people can take part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from content_pages import founding
from content_pages.models import ActivityPage, ModulePage, ProgrammePage
from resilience.accounts.models import User
from resilience.measures import grid
from resilience.organisations import support
from resilience.participants import consent, enrolments, setting_up
from resilience.participants.models import Programme


@dataclass(frozen=True)
class Stands:
    """How far the setting up of one programme has come."""

    programme: Programme
    page: ProgrammePage | None
    parts: int
    pieces: int
    information: int
    open_groups: int
    people_to_talk_to: bool
    is_over: bool = False

    @property
    def is_ready(self) -> bool:
        """Return whether somebody can join now and find something to read and people to talk to."""
        return bool(self.pieces and self.information and self.open_groups and self.people_to_talk_to)


@transaction.atomic
def make(*, programme: Programme, asks: bool, by: User, now: datetime) -> Programme:
    """Make a programme with its first page, and the usual questions where it asks them."""
    made = setting_up.make_programme(programme=programme, by=by, now=now)
    if asks:
        grid.plan(made)
    founding.found(programme=made)
    return made


def of(programme: Programme, *, on: date) -> Stands:
    """Return how far the setting up of a programme has come."""
    page = founding.page_of(programme.slug)
    groups = list(programme.cohorts.all())
    form = consent.current_form(programme)
    return Stands(
        programme=programme,
        page=page,
        parts=ModulePage.objects.live().descendant_of(page).count() if page else 0,
        pieces=ActivityPage.objects.live().descendant_of(page).count() if page else 0,
        information=form.version if form else 0,
        open_groups=sum(enrolments.takes_people(each, on=on) for each in groups),
        people_to_talk_to=support.has_its_own(programme.organisation),
        is_over=bool(groups) and all(each.closes_on and each.closes_on < on for each in groups),
    )


def of_all(programmes: Iterable[Programme], *, on: date) -> list[Stands]:
    """Return how far the setting up of each programme has come."""
    return [of(each, on=on) for each in programmes]
