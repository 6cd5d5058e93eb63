"""manage.py build_report: an evaluation's report, without a browser and without a worker."""

from argparse import ArgumentParser
from datetime import UTC, date, datetime, time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from resilience import clock
from resilience.evaluation import (
    builder,
    canonical,
    disclosure,
    full_disk,
    published,
    reportable,
    runs,
    snapshots,
)
from resilience.evaluation.models import Evaluation


class Command(BaseCommand):
    """Writes report.pdf, report.html, figures.json and tables/, prints the path of each, and shows them on the page."""

    help = "Build the report of an evaluation into a folder and print the path of each file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--evaluation", required=True, metavar="SLUG")
        parser.add_argument(
            "--as-of", metavar="DATE", type=_day, help="2026-11-03: the data at the end of that day (UTC)"
        )
        parser.add_argument("--out", required=True, metavar="DIR", type=Path)

    def handle(self, *, evaluation: str, as_of: datetime | None, out: Path, **options: object) -> None:
        now = clock.now()
        found = Evaluation.objects.select_related("programme", "plan").filter(slug=evaluation).first()
        if found is None:
            raise CommandError(f"There is no evaluation “{evaluation}”. There are: {_known()}.")
        if out.exists() and not out.is_dir():
            raise CommandError(f"{out} is a file. Name a folder after --out.")
        if why := reportable.why_not(found):
            raise CommandError(why)
        try:
            with full_disk.in_words():
                self._build(found, as_of=min(as_of or now, now), now=now, out=out)
        except full_disk.FullDisk as full:
            raise CommandError(_(full_disk.WORDS)) from full
        except disclosure.ThresholdTooLow as low:
            raise CommandError(f"Refused: {low}. Make a new plan.") from low
        except canonical.Altered as changed:
            raise CommandError(
                f"The frozen data {changed} were changed. Take them from a backup, or choose another date."
            ) from changed

    def _build(self, found: Evaluation, *, as_of: datetime, now: datetime, out: Path) -> None:
        stored = snapshots.take(evaluation=found, as_of=as_of, now=now)
        earlier = published.before(stored, version=builder.__version__)
        site = settings.PUBLIC_BASE_URL
        built = builder.build(snapshots.load(stored), site=site, progress=self._say, before=earlier)
        for path in builder.store(built.files, out):
            self.stdout.write(str(path))
        runs.note(stored, built, now=now)
        if built.why:
            self.stderr.write(built.why)

    def _say(self, step: str, percent: int) -> None:
        self.stderr.write(f"{percent:3d} % {step}")


def _day(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), time.max, tzinfo=UTC)


def _known() -> str:
    return ", ".join(Evaluation.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
