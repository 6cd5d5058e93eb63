"""A dataset pack as somebody uploads it."""

import os
import zipfile
from pathlib import Path

import django
from django.apps import apps

WRONG = "P000001,pre,who5,{item},9\n"


def zipped(folder: Path, *, people: int = 40, bad_rows: int = 0) -> Path:
    """Return a ZIP file with a pack of so many people; some rows hold an answer that nobody could give."""
    if not apps.ready:  # the camera runs without Django, and the instruments want it
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resilience.settings.test")
        django.setup()
    from tests.factories import datasets

    pack = datasets.write(folder / "pack", people=people)
    with (pack / "items_long.csv").open("a") as file:
        file.writelines(WRONG.format(item=item) for item in range(1, bad_rows + 1))
    with zipfile.ZipFile(folder / "pack.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(pack.iterdir()):
            archive.write(path, path.name)
    return folder / "pack.zip"
