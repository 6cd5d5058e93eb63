"""manage.py import_dataset: a dataset pack from a folder into an evaluation, all of it or nothing."""

import json
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from resilience import clock
from resilience.evaluation import full_disk, imports
from resilience.evaluation.dataset import importing, planning
from resilience.evaluation.dataset.sources import Folder
from resilience.evaluation.dataset.staging import Stage


class Command(BaseCommand):
    """Prints what was taken in as one line of JSON; what is odd in the pack goes to standard error."""

    help = (
        "Take a dataset pack in: participants.csv, items_long.csv, calls.csv, comments_coding.csv, meta.json."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument(
            "--programme",
            required=True,
            metavar="SLUG",
            type=_slug,
            help="made, with its evaluation, where there is none",
        )
        parser.add_argument("--leave-out-bad-rows", action="store_true")

    def handle(self, *, folder: Path, programme: str, leave_out_bad_rows: bool, **options: object) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder. Name the folder of the pack.", returncode=2)
        try:
            with full_disk.in_words():
                self._take(folder, programme, leave_out=leave_out_bad_rows)
        except full_disk.FullDisk as full:
            raise CommandError(_(full_disk.WORDS)) from full

    def _take(self, folder: Path, programme: str, *, leave_out: bool) -> None:
        with Stage() as stage:
            try:
                counts = imports.from_folder(
                    Folder(folder), stage, slug=programme, leave_out=leave_out, now=clock.now()
                )
            except planning.Taken as taken:
                raise CommandError(f"Nothing was taken in. {taken}") from taken
            except importing.Refused:
                self._say(stage)
                raise CommandError(_what_to_do(stage)) from None
            self._say(stage)
        self.stdout.write(json.dumps(counts))

    def _say(self, stage: Stage) -> None:
        for note in stage.notes:
            self.stderr.write(note)
        for problem in stage.problems():
            self.stderr.write(str(problem))
        for file, n in stage.following.items():
            if n:
                self.stderr.write(f"{file}: rows of people whose row in participants.csv is left out: {n}")


def _slug(text: str) -> str:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_slug

    try:
        validate_slug(text)
    except ValidationError:
        raise ValueError(text) from None
    return text


def _what_to_do(stage: Stage) -> str:
    if stage.is_broken:
        return "Nothing was taken in. Put right what is named above."
    return (
        f"Nothing was taken in: {stage.left_out} rows are named above. Put them right, or leave them out with "
        "--leave-out-bad-rows."
    )
