"""The papers as files: a worker makes them, and each is kept by version and day, so that asking again costs nothing."""

from datetime import date
from pathlib import Path
from uuid import UUID

import structlog
from django.conf import settings
from django.core.cache import cache

from content_pages.papers import printing
from resilience import clock, pdf, queue
from resilience.participants.models import Programme

log = structlog.get_logger(__name__)

TASK = "content_pages.papers.filing.make"
FILES = {
    "papers": (printing.RECRUITMENT, printing.ETHICS),
    "recruitment": (printing.RECRUITMENT,),
}
ASKED, CANNOT = "asked", "cannot"
ASKED_ANEW_AFTER_S = 600  # a worker that is not done by then is gone
TRIED_ANEW_AFTER_S = 60


class CannotBeMade(Exception):
    """The machine that makes PDFs lacks a library; its log names it."""


def get(programme: Programme, *, file: str) -> Path | None:
    """Return the file as the programme stands today, or None while a worker makes it. Raises CannotBeMade."""
    place = _place(programme, file, printing.compose(programme), _today(programme))
    if place.exists():
        return place
    if cache.get(str(place)) == CANNOT:
        raise CannotBeMade
    if cache.add(str(place), ASKED, timeout=ASKED_ANEW_AFTER_S):
        queue.enqueue(TASK, on=queue.LONG, programme=str(programme.pk), file=file)
    return None


def make(*, programme: str, file: str) -> None:
    """Make a file from the programme as it stands now, and throw away what was made of it before."""
    found = Programme.objects.get(pk=UUID(programme))
    composed, today = printing.compose(found), _today(found)
    place = _place(found, file, composed, today)
    try:
        raw = printing.printed(composed, parts=FILES[file], on=today)
    except pdf.Unavailable as missing:
        log.warning("no PDF can be made", why=str(missing))
        cache.set(str(place), CANNOT, timeout=TRIED_ANEW_AFTER_S)
        return
    _keep(place, raw, instead_of=f"{file}-*.pdf")


def _keep(place: Path, raw: bytes, *, instead_of: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    before = list(place.parent.glob(instead_of))
    half = place.with_suffix(".half")
    half.write_bytes(raw)
    half.replace(place)
    for old in before:
        if old != place:
            old.unlink(missing_ok=True)


def _place(programme: Programme, file: str, composed: printing.Composed, day: date) -> Path:
    folder = Path(settings.VAR_DIR) / "papers" / str(programme.pk)
    return folder / f"{file}-{composed.version}-{day:%Y%m%d}.pdf"


def _today(programme: Programme) -> date:
    return clock.local_day(clock.now(), programme.time_zone)
