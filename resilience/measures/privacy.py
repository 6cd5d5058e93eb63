from resilience.measures.models import (
    ContactWish,
    ConversionTable,
    Cover,
    Expert,
    LeftOut,
    Occasion,
    OwnInstrument,
    Permission,
    PlannedMeasure,
    Rating,
    Response,
    ResultsSeen,
    Review,
    Score,
    Timepoint,
    TimetableVersion,
)
from resilience.privacy.register import (
    BLANK,
    ERASE,
    KEEP,
    STUDY_RETENTION,
    TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    WHILE_THE_SITE_RUNS,
    register,
)

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
        "overtaken_at": ERASE, "opened_at": ERASE, "invited_at": ERASE, "invited_by": ERASE,
    },
    operational={"id", "timepoint", "instrument", "planned_at"},
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
register(
    Permission,
    purpose="to show only what may be shown",
    keep=WHILE_THE_SITE_RUNS,
    operational={
        "id", "instrument", "version", "reference", "holder", "granted_on", "use_context", "words", "recorded_by",
        "recorded_at", "ended_at",
    },
)  # fmt: skip
register(
    ConversionTable,
    purpose="to score what its owner's table scores",
    keep=WHILE_THE_SITE_RUNS,
    operational={"id", "instrument", "number", "rows", "source", "entered_by", "entered_at"},
)
register(
    OwnInstrument,
    purpose="to ask the right questions",
    keep=WHILE_THE_SITE_RUNS,
    operational={
        "id", "key", "version", "rules", "words", "stage", "piloted_in", "made_by", "made_at", "locked_by", "locked_at",
    },
)  # fmt: skip
register(
    Review,
    purpose="to find the right words",
    keep=WHILE_THE_SITE_RUNS,
    operational={"id", "instrument", "number", "rules", "words", "opened_at", "closed_at"},
)
register(
    Expert,
    purpose="to find the right words",
    keep=WHILE_THE_SITE_RUNS,
    personal={"known_as": BLANK},
    operational={"id", "instrument", "code_hash", "asked_at"},
)
register(
    Rating,
    purpose="to find the right words",
    keep=WHILE_THE_SITE_RUNS,
    pseudonymous={"expert": KEEP, "comment": KEEP},
    operational={"id", "review", "item", "value", "given_at"},
)
register(
    Cover,
    purpose="to ask about thoughts of harm only where somebody answers",
    keep=WHILE_THE_SITE_RUNS,
    operational={
        "id", "programme", "first_lead", "second_lead", "answer_within_hours", "out_of_hours", "proposed_by",
        "proposed_at", "confirmed_by", "confirmed_at", "ended_at",
    },
)  # fmt: skip
register(
    ContactWish,
    purpose="to reach somebody who asked for it",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"enrolment": ERASE, "by": ERASE, "safe_time": ERASE, "asked_at": ERASE},
    operational={"id", "taken_by", "taken_at"},
)
register(
    ResultsSeen,
    purpose="to say in the report how many had seen their own results",
    keep=STUDY_RETENTION,
    pseudonymous={"respondent": KEEP, "first_at": ERASE},
    operational={"id"},
)
