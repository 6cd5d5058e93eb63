from resilience.participants.models import (
    Allocation,
    AllocationPlan,
    Arm,
    CallBacking,
    Cohort,
    ConsentForm,
    ConsentRecord,
    DrawnPlace,
    Enrolment,
    Invitation,
    ListedArm,
    Milestone,
    Papers,
    Participant,
    Programme,
    Reason,
    Respondent,
    Withdrawal,
)
from resilience.privacy.register import (
    BLANK,
    ERASE,
    KEEP,
    STUDY_RETENTION,
    THIRTY_DAYS_AFTER_LAST_BOOKING,
    TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    WHILE_THE_SITE_RUNS,
    register,
)

register(
    Programme,
    purpose="to run the programme",
    keep=WHILE_THE_SITE_RUNS,
    operational={
        "id", "slug", "public_name", "organisation", "time_zone", "language", "is_synthetic", "wording", "coaching",
        "calls_offered", "call_minutes", "calls_close_after_days", "modules", "overlap", "recruit_goal",
        "retain_goal_percent", "content_frozen_on", "reminders", "first_reminder_days", "second_reminder_days",
        "why_unit", "why_ethnicity", "why_disability", "why_age_band", "results_shown",
        "has_arms", "cards_held_back",
    },
)  # fmt: skip
register(
    CallBacking,
    purpose="to back the coaches of a programme",
    keep=WHILE_THE_SITE_RUNS,
    personal={"supervisor": KEEP, "supervisor_email": KEEP},
    operational={"id", "programme", "cover", "scope", "roles", "entered_by", "entered_at"},
)
register(
    Papers,
    purpose="to tell people and an ethics board about the programme",
    keep=WHILE_THE_SITE_RUNS,
    operational={"id", "programme", "contact", "address", "sponsor", "approval", "registered"},
)
register(
    Cohort,
    purpose="to run the programme",
    keep=WHILE_THE_SITE_RUNS,
    operational={"id", "programme", "name", "opens_on", "closes_on", "open_enrolment", "organisations"},
)
register(
    Respondent,
    purpose="to evaluate the programme without names",
    keep=STUDY_RETENTION,
    pseudonymous={
        "study_id": KEEP, "profession": BLANK, "level": BLANK, "workplace": BLANK, "gender": BLANK, "shifts": BLANK,
        "ethnicity": BLANK, "disability": BLANK, "age_band": BLANK,
    },
    operational={"is_test", "erased_at", "stays_in_published", "taken_out_at"},
)  # fmt: skip
register(
    Participant,
    purpose="to reach the person in the way they asked for",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"user": ERASE, "chosen_name": ERASE, "time_zone": ERASE, "nights_until": ERASE},
    operational={"id"},
)
register(
    Participant,
    purpose="to reach the person in the way they asked for",
    keep=THIRTY_DAYS_AFTER_LAST_BOOKING,
    personal={
        "phone": ERASE, "phone_index": ERASE, "phone_takes_texts": ERASE, "phone_doubted_at": ERASE,
        "phone_confirmed_at": ERASE,
    },
)  # fmt: skip
register(
    Enrolment,
    purpose="to know what is next for somebody in a programme",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={
        "participant": ERASE, "respondent": ERASE, "joined_at": ERASE, "about_you_at": ERASE, "readiness": ERASE,
        "readiness_at": ERASE, "ask_again_on": ERASE, "paused_until": ERASE, "modules_done_at": ERASE,
        "calls_done_at": ERASE, "withdrawn_at": ERASE, "has_raised": ERASE, "organisation": ERASE, "belongs_as": ERASE,
        "no_pages_since": ERASE,
    },
    operational={"id", "cohort"},
)  # fmt: skip
register(
    Milestone,
    purpose="to keep a part done, and to ask at the right time after a live session",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"enrolment": ERASE, "about": ERASE, "at": ERASE},
    operational={"id", "what"},
)
register(
    Invitation,
    purpose="to let somebody join, and to count how people were approached",
    keep=STUDY_RETENTION,
    operational={
        "id", "cohort", "code_hash", "channel", "many", "made_at", "expires_at", "opened_at", "used_at",
    },
)  # fmt: skip
register(
    ConsentForm,
    purpose="to show what people agreed to",
    keep=STUDY_RETENTION,
    operational={"id", "programme", "version", "language", "information", "text_hash", "published_at"},
)
register(
    ConsentRecord,
    purpose="to show who agreed to what",
    keep=STUDY_RETENTION,
    personal={"enrolment": ERASE, "purpose": ERASE, "given": ERASE, "at": ERASE},
    operational={"id", "form"},
)
register(
    Withdrawal,
    purpose="to honour the wish to stop",
    keep=STUDY_RETENTION,
    personal={"enrolment": ERASE, "at": ERASE, "choice": ERASE, "reason": ERASE},
    operational={"id"},
)
register(
    Reason,
    purpose="to count what gets in the way, without names",
    keep=STUDY_RETENTION,
    personal={"enrolment": ERASE, "about": ERASE, "at": ERASE},
    operational={"id", "cohort", "stage", "code"},
)
register(
    Arm,
    purpose="to offer groups different things",
    keep=STUDY_RETENTION,
    operational={
        "id", "programme", "key", "name", "position", "share", "kind", "weeks", "timepoint", "task",
    },
)  # fmt: skip
register(
    AllocationPlan,
    purpose="to bring people into groups by chance, and to show that it was chance",
    keep=STUDY_RETENTION,
    operational={"id", "programme", "by", "blocks", "strata", "seed", "confirmed_at", "ended_at"},
)
register(
    DrawnPlace,
    purpose="to show that groups were given by chance, without saying to whom",
    keep=STUDY_RETENTION,
    operational={"id", "plan", "stratum", "number", "arm", "unit", "at"},
)
register(
    ListedArm,
    purpose="to bring people into the group that a table says",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"enrolment": ERASE, "arm": ERASE, "at": ERASE},
    operational={"id"},
)
register(
    Allocation,
    purpose="to offer somebody what their group is offered, and to compare groups",
    keep=STUDY_RETENTION,
    personal={"enrolment": ERASE, "arm": ERASE, "place": ERASE, "at": ERASE},
    operational={"id"},
)
