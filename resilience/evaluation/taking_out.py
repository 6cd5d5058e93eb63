"""Frozen data that still hold somebody who had their data deleted are thrown away.

Nothing else is lost by it: freezing the same evaluation as of the same moment makes the same files again, without that
person. Where they wished so, the frozen data behind a report that was made keep their numbers.
"""

import csv
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from resilience.audit import events, trail
from resilience.evaluation import canonical
from resilience.evaluation.models import DatasetSnapshot, Report
from resilience.participants.models import Respondent

STILL_BEING_WRITTEN = timedelta(hours=1)  # a snapshot begun before the deletion may be stored after it


def take_out(*, now: datetime) -> int:
    """Throw away the frozen data that hold somebody they no longer should; return how many that were."""
    gone = Respondent.objects.filter(erased_at__isnull=False, taken_out_at=None)
    wishes = dict(gone.values_list("study_id", "stays_in_published"))
    if not wishes:
        return 0
    published = set(Report.objects.values_list("run__snapshot__checksum", flat=True))
    places = [place for place in _places() if _holds(place, wishes, published=place.name in published)]
    for place in places:
        shutil.rmtree(place)
        _note(place.name, now=now)
    gone.filter(erased_at__lt=now - STILL_BEING_WRITTEN).update(taken_out_at=now)
    return len(places)


def _places() -> list[Path]:
    return sorted(each for each in (Path(settings.VAR_DIR) / "snapshots").glob("*") if each.is_dir())


def _holds(place: Path, wishes: dict, *, published: bool) -> bool:
    """Return whether one of them is in it who should not be: where it is published, those who did not let it stay."""
    out = {str(key) for key, stays in wishes.items() if not (stays and published)}
    people = place / canonical.PARTICIPANTS
    if not out or not people.exists():
        return False
    with people.open(newline="") as file:
        return any(row["participant"] in out for row in csv.DictReader(file))


def _note(checksum: str, *, now: datetime) -> None:
    for stored in DatasetSnapshot.objects.filter(checksum=checksum):
        trail.record(events.SNAPSHOT_THROWN_AWAY, at=now, target=stored, checksum=checksum)
