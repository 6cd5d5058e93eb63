"""Releases for organisations and the public: made once for a day, from the newest finished report."""

import json
from datetime import date, datetime

from django.db import IntegrityError, transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.evaluation import runs
from resilience.evaluation.disclosing import ten_five
from resilience.evaluation.models import AnalysisRun, Evaluation, OrganisationRelease, RunState
from resilience.evaluation.reports import folder


class NoReport(Exception):
    """No report is finished, so there is nothing to release."""


class MadeAlready(Exception):
    """There is a release of this day's data; it stays as it is."""


class TooFewChanged(Exception):
    """Fewer than ten people came or went since the last release: the two together would tell of them."""


def newest(evaluation: Evaluation) -> tuple[AnalysisRun, dict] | None:
    """Return the newest finished report of an evaluation and its figures, as they were released."""
    done = AnalysisRun.objects.filter(evaluation=evaluation, state=RunState.DONE).order_by(
        "-as_of", "-asked_at"
    )
    for run in done:
        place = runs.folder(run) / folder.FIGURES
        if place.exists():
            return run, json.loads(place.read_text())
    return None


@transaction.atomic
def make(*, evaluation: Evaluation, by: User, now: datetime) -> OrganisationRelease:
    """Make the release of the newest finished report. Raises NoReport, MadeAlready or TooFewChanged."""
    found = newest(evaluation)
    if found is None:
        raise NoReport
    figures = found[1]
    day, exact = date.fromisoformat(figures["snapshot"]["as_of"][:10]), ten_five.exact(figures)
    if OrganisationRelease.objects.filter(evaluation=evaluation, day=day).exists():
        raise MadeAlready
    if any(ten_five.too_few_changed(exact, one.exact) for one in evaluation.organisation_releases.all()):
        raise TooFewChanged
    made = _create(evaluation, day, by, now, figures, exact)
    trail.record(events.RELEASE_MADE, at=now, target=made, by=by, day=day.isoformat())
    return made


def _create(
    evaluation: Evaluation, day: date, by: User, now: datetime, figures: dict, exact: dict
) -> OrganisationRelease:
    """The database says no to a second one of the day, whoever was first."""
    try:
        with transaction.atomic():
            return OrganisationRelease.objects.create(
                evaluation=evaluation,
                day=day,
                made_at=now,
                made_by=by,
                figures=ten_five.figures(figures),
                exact=exact,
            )
    except IntegrityError as second:
        raise MadeAlready from second
