from resilience.measures.models import (
    LeftOut,
    Occasion,
    PlannedMeasure,
    Response,
    Score,
    Timepoint,
    TimetableVersion,
)
from resilience.privacy.register import ERASE, KEEP, STUDY_RETENTION, WHILE_THE_SITE_RUNS, register

register(
    Timepoint,
    purpose="to ask at the right time",
    keep=WHILE_THE_SITE_RUNS,
    operational={
        "id", "programme", "key", "label", "position", "anchor", "after", "live_session", "module", "nth_call",
        "offset_days", "latest_days", "early_days", "window_days", "late_days",
        "planned_at",
    },
)  # fmt: skip
register(
    PlannedMeasure,
    purpose="to ask the right questions",
    keep=WHILE_THE_SITE_RUNS,
    operational={"id", "timepoint", "instrument", "position"},
)
register(
    Occasion,
    purpose="to ask each question once",
    keep=STUDY_RETENTION,
    pseudonymous={
        "respondent": KEEP, "opens_at": ERASE, "due_at": ERASE, "late_at": ERASE, "closes_at": ERASE,
        "overtaken_at": ERASE, "opened_at": ERASE,
    },
    operational={"id", "timepoint", "instrument"},
)  # fmt: skip
register(
    LeftOut,
    purpose="to tell what was not asked from what was not answered",
    keep=STUDY_RETENTION,
    pseudonymous={"respondent": KEEP, "due_at": ERASE, "why": ERASE},
    operational={"id", "timepoint", "instrument"},
)
register(
    TimetableVersion,
    purpose="to know which timetable held when",
    keep=WHILE_THE_SITE_RUNS,
    operational={"id", "programme", "number", "content", "from_at"},
)
register(
    Response,
    purpose="to evaluate the programme",
    keep=STUDY_RETENTION,
    pseudonymous={
        "respondent": KEEP,
        "answers": ERASE,
        "submitted_at": ERASE,
        "occasion": ERASE,
        "corrects": ERASE,
    },
    operational={"id", "instrument", "version", "mode", "language", "wording"},
)
register(
    Score,
    purpose="to evaluate the programme",
    keep=STUDY_RETENTION,
    pseudonymous={
        "response": ERASE,
        "value": ERASE,
        "n_answered": ERASE,
        "prorated": ERASE,
        "why_none": ERASE,
    },
    operational={"id", "scale", "method"},
)
