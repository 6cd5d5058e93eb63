import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from resilience import clock
from resilience.coaching import keeping_apart, relations_file
from resilience.organisations.models import Organisation


class Command(BaseCommand):
    help = "Takes in who manages, supervises, assesses or appraises whom in a whole organisation (CSV; - reads stdin)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--organisation", required=True, help="its slug")

    def handle(self, *args: object, **options: object) -> None:
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError("No organisation has this slug. See /manage/.")
        try:
            relations = relations_file.read(_content(str(options["file"])))
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from None
        except relations_file.NotAList as refused:
            raise CommandError("\n".join(["Nothing was taken in.", *refused.faults])) from None
        keeping_apart.take_in(organisation=organisation, relations=relations, by=None, now=clock.now())
        self.stderr.write(f"{len(set(relations))} relations taken in, in place of those before.")


def _content(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
