from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from resilience.organisations import help_page


class Command(BaseCommand):
    help = "Writes /help-now/ as a file, which the proxy serves when the site or its database is down."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, default=help_page.place())

    def handle(self, *args: object, **options: object) -> None:
        path: Path = options["out"]
        try:
            help_page.write(path)
        except OSError as error:
            raise CommandError(
                f"{path} cannot be written ({error.strerror}). Name another file by --out."
            ) from None
        self.stdout.write(str(path))
