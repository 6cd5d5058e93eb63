"""manage.py import_pack: a programme from one file, whole or not at all."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from resilience import clock
from resilience.participants.packing import whole, zips
from resilience.participants.packing.documents import Broken


class Command(BaseCommand):
    """Makes the programme of a pack and prints its slug."""

    help = "Make the programme of a pack that export_pack wrote. A broken pack is refused whole."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.zip", type=Path)

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            programme = whole.bring_in(raw=_read(file), by=None, now=clock.now())
        except Broken as broken:
            raise CommandError(f"Refused, and nothing was changed. {file.name}: {broken}.") from broken
        self.stdout.write(programme.slug)
        self.stderr.write(
            f"“{programme.public_name}” is in. Give a manager and an editor their roles (grant_role), "
            "check who people can talk to, and open a group below /manage/."
        )


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(zips.LARGEST_PACK * 2)
    except OSError as error:
        raise CommandError(f"{file} cannot be read ({error.strerror}). Check the path.") from error
