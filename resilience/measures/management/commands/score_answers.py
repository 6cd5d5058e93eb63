"""Scores of answers in a file."""

import csv
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from resilience.measures import answers_file


class Command(BaseCommand):
    help = (
        "Score a CSV file of record,instrument,item,value (values as shown, empty = unanswered). Writes "
        "record,instrument,scale,score,n_answered,prorated,invalid to standard output. A file sorted by record is "
        "read as a stream; any other order takes room on the disk, not in memory."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: object, file: Path, **options: object) -> None:
        out = csv.writer(self.stdout, lineterminator="\n")
        scores = answers_file.scored(file, say=self.stderr.write)
        try:
            first = next(scores, None)
            out.writerow(answers_file.GIVEN)
            if first is not None:
                out.writerow(first)
            out.writerows(scores)
        except answers_file.NotReadable as why:
            raise CommandError(str(why)) from None
