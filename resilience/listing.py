"""Listings for people outside the code: CSV with a header row, or a list of objects with the same names."""

import csv
import io
import json
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence

from django.core.management.base import BaseCommand


class ListingCommand(BaseCommand):
    """A command that prints rows. A subclass names its `columns` and yields `rows()` in that order."""

    columns: Sequence[str] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer --format json beside CSV."""
        parser.add_argument("--format", choices=["csv", "json"], default="csv")

    def handle(self, *args: object, **options: object) -> None:
        """Print the rows to standard output."""
        rows = list(self.rows())
        if options["format"] == "json":
            self.stdout.write(
                json.dumps([dict(zip(self.columns, row, strict=True)) for row in rows], indent=1)
            )
            return
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([self.columns, *rows])
        self.stdout.write(text.getvalue(), ending="")

    def rows(self) -> Iterable[Sequence[object]]:
        """Yield one sequence for each row."""
        raise NotImplementedError
