from resilience.evaluation.models import (
    AccessToken,
    AnalysisPlan,
    AnalysisRun,
    CodedComment,
    DataExport,
    DatasetImport,
    DatasetSnapshot,
    Deviation,
    EarlierPlan,
    Evaluation,
    ImportedCall,
    ImportedPerson,
    InterviewDraw,
    InterviewPick,
    InterviewReply,
    InterviewsInvited,
    OrganisationRelease,
    PublishedFigures,
    Report,
    SystemOutcome,
)
from resilience.privacy.register import (
    BLANK,
    ERASE,
    KEEP,
    STUDY_RETENTION,
    TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    register,
)

register(
    Evaluation,
    purpose="to evaluate",
    keep=STUDY_RETENTION,
    operational={"id", "slug", "name", "programme", "approached", "complaints", "came_with"},
)
register(
    AnalysisPlan,
    purpose="to fix what is computed before it is seen",
    keep=STUDY_RETENTION,
    operational={"id", "evaluation", "content", "frozen_at", "hash", "version", "next_content"},
)
register(
    EarlierPlan,
    purpose="to show what was planned before it was changed",
    keep=STUDY_RETENTION,
    operational={"id", "evaluation", "version", "content", "hash", "frozen_at", "replaced_at"},
)
register(
    Deviation,
    purpose="to say what was done otherwise than planned, and why",
    keep=STUDY_RETENTION,
    operational={"id", "evaluation", "version", "at", "what", "why"},
)
register(
    SystemOutcome,
    purpose="to show what became of units beside what became of people",
    keep=STUDY_RETENTION,
    operational={"id", "evaluation", "unit", "period", "outcome", "value", "told_at"},
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
register(
    DatasetImport,
    purpose="to take in data from elsewhere",
    keep=STUDY_RETENTION,
    pseudonymous={"asked_by": BLANK},
    operational={
        "id", "programme", "evaluation", "asked_at", "state", "leave_out", "found", "columns", "counts", "claimed_at",
        "finished_at", "why",
    },
)  # fmt: skip
register(
    ImportedPerson,
    purpose="to evaluate data from elsewhere, which came without names",
    keep=STUDY_RETENTION,
    pseudonymous=dict.fromkeys(
        [
            "id", "respondent", "code", "site", "unit", "profession", "gender", "arm", "age", "years_qualified",
            "consented", "baseline_done", "started", "modules_completed", "coaching_offered", "coaching_accepted",
            "calls_attended", "withdrew", "done",
        ],
        KEEP,
    ),
    operational={"evaluation", "imported_at", "is_test", "erased"},
)  # fmt: skip
register(
    ImportedCall,
    purpose="to evaluate data from elsewhere, which came without names",
    keep=STUDY_RETENTION,
    pseudonymous=dict.fromkeys(["id", "person", "number", "coach", "minutes", "outcome", "background"], KEEP),
)
register(
    CodedComment,
    purpose="to report what comments say and how far two coders agree",
    keep=STUDY_RETENTION,
    pseudonymous=dict.fromkeys(["id", "person", "comment", "coder", "themes"], KEEP),
    operational={"evaluation"},
)
register(
    InterviewDraw,
    purpose="to show that people were drawn for interviews by chance",
    keep=STUDY_RETENTION,
    pseudonymous={"drawn_by": KEEP},
    operational={
        "id", "evaluation", "number", "drawn_at", "seed", "wanted", "strata", "frame_size", "frame_hash",
    },
)  # fmt: skip
register(
    InterviewPick,
    purpose="to show who was drawn for an interview, by code, and to draw nobody twice",
    keep=STUDY_RETENTION,
    pseudonymous={"respondent": KEEP},
    operational={"id", "draw", "place"},
)
register(
    InterviewsInvited,
    purpose="to write to people who were drawn once, and not again",
    keep=STUDY_RETENTION,
    pseudonymous={"invited_by": KEEP},
    operational={"id", "draw", "invited_at"},
)
register(
    InterviewReply,
    purpose="to reach somebody who said yes to an interview",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"id": ERASE, "pick": ERASE, "enrolment": ERASE, "yes": ERASE, "reach": ERASE, "said_at": ERASE},
)
register(
    PublishedFigures,
    purpose="to give nothing away that an earlier report hid",
    keep=STUDY_RETENTION,
    operational={"id", "evaluation", "checksum", "version", "as_of", "published_at", "figures"},
)
register(
    OrganisationRelease,
    purpose="to tell organisations what was found, without telling of anybody",
    keep=STUDY_RETENTION,
    pseudonymous={"made_by": BLANK},
    operational={"id", "evaluation", "day", "made_at", "figures", "exact"},
)
register(
    DataExport,
    purpose="to hand out rows of data",
    keep=STUDY_RETENTION,
    pseudonymous={"asked_by": BLANK},
    operational={
        "id", "evaluation", "exact", "as_of", "asked_at", "state", "percent", "claimed_at", "cancel_asked_at",
        "finished_at", "people", "why",
    },
)  # fmt: skip
register(
    AccessToken,
    purpose="to let a program of an evaluator read",
    keep=STUDY_RETENTION,
    personal={"name": ERASE},
    pseudonymous={"user": ERASE},
    operational={"id", "programme", "hash", "made_at", "ends_at", "ended_at"},
)
