"""manage.py export_pack: a programme with its rules, in one file."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from resilience import clock
from resilience.participants.models import Programme
from resilience.participants.packing import whole


class Command(BaseCommand):
    """Writes the pack and prints its path."""

    help = "Write a programme with its rules into one file that import_pack reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--programme", required=True, metavar="SLUG")
        parser.add_argument("--out", required=True, metavar="FILE.zip", type=Path)

    def handle(self, *, programme: str, out: Path, **options: object) -> None:
        found = Programme.objects.select_related("organisation").filter(slug=programme).first()
        if found is None:
            raise CommandError(f"There is no programme “{programme}”. There are: {_known()}.")
        raw = whole.export(programme=found, by=None, now=clock.now())
        try:
            out.write_bytes(raw)
        except OSError as error:
            raise CommandError(
                f"{out} cannot be written ({error.strerror}). Choose another place."
            ) from error
        self.stdout.write(str(out))


def _known() -> str:
    return ", ".join(Programme.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
