"""Reports of data from elsewhere: a pack of two arms with calls, and one that knows of neither."""

import csv
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from resilience import clock
from resilience.evaluation import canonical, snapshots
from resilience.evaluation.analysis.frozen import Snapshot
from resilience.evaluation.models import Evaluation
from tests.factories import datasets

OF_CALLS = ("coaching_offered", "coaching_accepted", "calls_attended", "arm")


def two_arms(folder: Path) -> Snapshot:
    """A pack of 120 people in two arms, with their calls."""
    return _taken_in(
        datasets.write(folder, people=120, meta=datasets.META | {"primary": ["coping_confidence"]})
    )


def without_calls(folder: Path) -> Snapshot:
    """A pack of 60 people that tells of no call and of no arm."""
    pack = datasets.write(folder, people=60, extras=False)
    rows = [
        {name: cell for name, cell in row.items() if name not in OF_CALLS}
        for row in datasets.rows(pack / "participants.csv")
    ]
    with (pack / "participants.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return _taken_in(pack)


def _taken_in(pack: Path) -> Snapshot:
    call_command("import_dataset", pack, programme=pack.name, stdout=StringIO(), stderr=StringIO())
    files = snapshots.freeze(evaluation=Evaluation.objects.get(slug=pack.name), as_of=clock.now())
    return canonical.read(files, expected=canonical.checksum(files))
