from types import SimpleNamespace

import pytest

from resilience import clock
from resilience.evaluation import runs
from resilience.evaluation.exports import asking
from resilience.evaluation.models import AnalysisRun, DataExport, RunState


@pytest.fixture
def held(unanswered, chi):
    """A finished report and a finished export of the evaluation `new`."""
    now = clock.now()
    run = AnalysisRun.objects.create(
        evaluation=unanswered,
        as_of=now,
        asked_by=chi,
        asked_at=now,
        state=RunState.DONE,
        percent=100,
        finished_at=now,
    )
    runs.folder(run).mkdir(parents=True)
    (runs.folder(run) / "figures.json").write_text('{"format": "figures/1"}')
    row = asking.start(evaluation=unanswered, exact=False, by=chi, now=now)
    asking.advance(row.pk, clock=clock.now)
    return SimpleNamespace(run=run, export=DataExport.objects.get(pk=row.pk))
