from resilience.measures.models import Occasion, PlannedMeasure, Response, ResultsSeen, Score, Timepoint
from resilience.privacy.register import ERASE, KEEP, STUDY_RETENTION, WHILE_THE_SITE_RUNS, register

register(
    Timepoint,
    purpose="to ask at the right time",
    keep=WHILE_THE_SITE_RUNS,
    operational={
        "id", "programme", "key", "label", "position", "anchor", "after", "live_session", "offset_days", "latest_days",
        "window_days",
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
    pseudonymous={"respondent": KEEP, "due_at": ERASE, "closes_at": ERASE, "opened_at": ERASE},
    operational={"id", "timepoint", "instrument"},
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
register(
    ResultsSeen,
    purpose="to say in the report how many had seen their own results",
    keep=STUDY_RETENTION,
    pseudonymous={"respondent": KEEP, "first_at": ERASE},
    operational={"id"},
)
