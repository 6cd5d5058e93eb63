"""What the pack holds of the pages: the whole tree with its pictures, and the front page."""

from datetime import datetime

from content_pages.packing import pictures, writing
from content_pages.packing.building import Building
from content_pages.packing.references import Inwards
from resilience.participants.models import Programme
from resilience.participants.packing import parts
from resilience.participants.packing.parts import Folder


def read(folder: Folder, programme: Programme, now: datetime) -> None:
    """Make the pages. Raises Broken."""
    with pictures.stored(folder) as numbers:
        Building(folder, programme, Inwards(numbers)).build()


parts.part("pages", write=writing.write, read=read, after="evaluation")
