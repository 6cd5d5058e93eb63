"""Where a request stands: who reads which part of which programme, and what is behind them."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.http import Http404, HttpRequest

from content_pages import access, opening, outline
from content_pages.access import Reader
from content_pages.models import Opens
from content_pages.opening import Facts, Wait
from content_pages.outline import Activity, Module, Outline
from resilience import clock
from resilience.engagement import so_far
from resilience.engagement.so_far import SoFar
from resilience.measures import waiting
from resilience.participants.models import Enrolment

NOTHING = SoFar({}, frozenset(), draft_waits=False)


@dataclass(frozen=True)
class Place:
    """A reader before a module, and before one of its activities where one is named."""

    reader: Reader
    outline: Outline
    module: Module
    activity: Activity | None
    so_far: SoFar
    now: datetime
    waits: Wait | None = None

    @property
    def today(self) -> date:
        """Return the reader's own day; an editor's is that of the machine."""
        if not self.reader.takes_part:
            return self.now.date()
        return clock.local_day(self.now, self.reader.enrolment.participant.time_zone)

    @property
    def address(self) -> str:
        """Return where the page stands in the language that is spoken now."""
        return (self.activity or self.module).url

    @property
    def facts(self) -> Facts:
        """Return what is known of the reader."""
        return known(self.so_far, now=self.now, today=self.today, waits=self.waits)

    @property
    def wait(self) -> Wait | None:
        """Return what the module waits for, None where it is open; an editor sees all of them."""
        return opening.wait(self.outline, self.module, self.facts) if self.reader.takes_part else None


def known(so_far: SoFar, *, now: datetime, today: date, waits: Wait | None = None) -> Facts:
    """Return what the rules of the parts ask of somebody."""
    return Facts(
        now, today, so_far.completed, so_far.begun, so_far.parts, so_far.sessions, so_far.questions, so_far.answered,
        waits,
    )  # fmt: skip


def facts_of(enrolment: Enrolment, outline: Outline, *, address: str, now: datetime) -> Facts:
    """Return what the rules of the parts ask of somebody who takes part."""
    today = clock.local_day(now, enrolment.participant.time_zone)
    so_far = _so_far(enrolment, outline, address, now, today)
    return known(so_far, now=now, today=today, waits=_waits(enrolment, now))


def _waits(enrolment: Enrolment, now: datetime) -> Wait | None:
    """Return what all parts of somebody on a waiting list wait for."""
    found = waiting.of(enrolment, now=now)
    if found is None:
        return None
    return (
        Wait(Opens.FROM_DATE, on=found.on) if found.on else Wait(Opens.AFTER_MEASURE, title=found.questions)
    )


def _so_far(enrolment: Enrolment, outline: Outline, address: str, now: datetime, today: date) -> SoFar:
    return so_far.read(
        enrolment, today=today, address=address, now=now, questions=outline.waits_for_questions
    )


def find(request: HttpRequest, *, programme: str, module: str, activity: str = "") -> Place:
    """Return where a request stands. Raises access.Elsewhere, or Http404 where there is no such page."""
    reader = access.reader(request, programme=programme)
    found = outline.read(programme, activity=activity, wording=reader.wording)
    part = found.part(module) if found else None
    piece = part.piece(activity) if part else None
    if part is None or (activity and piece is None):
        raise Http404
    if piece is not None and piece.slug != activity:
        return find(request, programme=programme, module=module, activity=piece.slug)  # now with its text
    place = Place(reader, found, part, piece, NOTHING, clock.now())
    if not reader.takes_part:
        return place
    so_far = _so_far(reader.enrolment, found, request.path, place.now, place.today)
    return replace(place, so_far=so_far, waits=_waits(reader.enrolment, place.now))
