"""A whole programme out into one file, and in again."""

from datetime import datetime

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.participants import pack
from resilience.participants.models import Programme
from resilience.participants.packing import parts, zips
from resilience.participants.packing.documents import Broken
from resilience.participants.packing.parts import Folder


def export(*, programme: Programme, by: User | None, now: datetime) -> bytes:
    """Return the pack of a programme: the same bytes for the same content."""
    files = dict(pack.write(programme))
    for part in parts.every():
        files |= part.write(programme)
    trail.record(events.PACK_EXPORTED, at=now, target=programme, by=by)
    return zips.pack(files)


@transaction.atomic
def bring_in(*, raw: bytes, by: User | None, now: datetime) -> Programme:
    """Make the programme of a pack. Raises Broken, which says where; then nothing was made."""
    folder = Folder(zips.unpack(raw))
    programme = pack.read(folder, now=now)
    for part in parts.every():
        part.read(folder, programme, now)
    if folder.left:
        raise Broken("this version does not know such a file", file=min(folder.left))
    trail.record(events.PACK_IMPORTED, at=now, target=programme, by=by)
    return programme
