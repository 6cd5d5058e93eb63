from resilience.evaluation.models import AnalysisPlan, AnalysisRun, DatasetSnapshot, Evaluation, Report
from resilience.privacy.register import BLANK, STUDY_RETENTION, register

register(
    Evaluation, purpose="to evaluate", keep=STUDY_RETENTION, operational={"id", "slug", "name", "programme"}
)
register(
    AnalysisPlan,
    purpose="to fix what is computed before it is seen",
    keep=STUDY_RETENTION,
    operational={"id", "evaluation", "content", "frozen_at", "hash"},
)
register(
    DatasetSnapshot,
    purpose="to make each figure repeatable",
    keep=STUDY_RETENTION,
    operational={"id", "evaluation", "as_of", "taken_at", "checksum"},
)
register(
    AnalysisRun,
    purpose="to build a report",
    keep=STUDY_RETENTION,
    pseudonymous={"asked_by": BLANK},
    operational={
        "id", "evaluation", "snapshot", "as_of", "asked_at", "state", "step", "percent", "claimed_at",
        "cancel_asked_at", "finished_at", "why",
    },
)  # fmt: skip
register(
    Report,
    purpose="to hand out what was computed",
    keep=STUDY_RETENTION,
    operational={"id", "run", "made_at", "version", "checksum"},
)
