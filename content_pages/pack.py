"""What the pack holds of the pages: the whole tree with its pictures and sounds, and the front page."""

from datetime import datetime

from content_pages.packing import uploads, writing
from content_pages.packing.building import Building
from content_pages.packing.references import Inwards
from resilience.participants.models import Programme
from resilience.participants.packing import parts
from resilience.participants.packing.parts import Folder


def read(folder: Folder, programme: Programme, now: datetime) -> None:
    """Make the pages. Raises Broken."""
    with uploads.stored(folder) as (pictures, sounds):
        Building(folder, programme, Inwards(pictures, sounds)).build()


parts.part("pages", write=writing.write, read=read, after="evaluation")
