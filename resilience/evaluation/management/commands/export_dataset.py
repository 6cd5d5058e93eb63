"""manage.py export_dataset: an evaluation's data as a dataset pack."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from resilience import clock
from resilience.evaluation import full_disk
from resilience.evaluation.dataset import exporting
from resilience.evaluation.models import Evaluation


class Command(BaseCommand):
    """Writes the pack of those who let us use their answers, with scores and a codebook; prints each file's path."""

    help = "Write the dataset pack of an evaluation into a folder and print the path of each file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--evaluation", required=True, metavar="SLUG")
        parser.add_argument("--out", required=True, metavar="DIR", type=Path)

    def handle(self, *, evaluation: str, out: Path, **options: object) -> None:
        found = Evaluation.objects.select_related("programme", "plan").filter(slug=evaluation).first()
        if found is None:
            known = (
                ", ".join(Evaluation.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
            )
            raise CommandError(f"There is no evaluation “{evaluation}”. There are: {known}.")
        if out.exists() and not out.is_dir():
            raise CommandError(f"{out} is a file. Name a folder after --out.")
        try:
            with full_disk.in_words():
                written = exporting.export(evaluation=found, out=out, now=clock.now())
        except full_disk.FullDisk as full:
            raise CommandError(_(full_disk.WORDS)) from full
        for path in written:
            self.stdout.write(str(path))
