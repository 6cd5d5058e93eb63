from resilience.coaching.models import (
    AboutCoach,
    AboutMe,
    Agreement,
    AvailabilityException,
    AvailabilityRule,
    Booking,
    Call,
    CallDecline,
    CallEvent,
    CallGuide,
    CallLeg,
    Coach,
    CoachingRelationship,
    CoachReport,
    CoachWish,
    NextStep,
    Referral,
    RelationshipRating,
    SafetyMatter,
)
from resilience.privacy.register import (
    ERASE,
    NINETY_DAYS,
    STUDY_RETENTION,
    TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    WHILE_THE_SITE_RUNS,
    register,
)

register(
    Coach,
    purpose="to let participants choose whom to talk to",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={
        "user": ERASE, "respondent": ERASE, "shown_name": ERASE, "profile": ERASE, "languages": ERASE,
        "background": ERASE, "time_zone": ERASE, "phone": ERASE, "phone_index": ERASE,
    },
    operational={
        "id", "programmes", "slug", "notice_hours", "horizon_days", "gap_minutes", "is_active", "calendar_secret",
    },
)  # fmt: skip
register(
    CallGuide,
    purpose="to say what a coach does, and to guide a call",
    keep=WHILE_THE_SITE_RUNS,
    operational={"id", "programme", "role", "guidance", "calls"},
)
register(
    AvailabilityRule,
    purpose="to offer free times",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    operational={"id", "coach", "weekday", "starts", "ends", "valid_from", "valid_to"},
)
register(
    AvailabilityException,
    purpose="to offer free times",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    operational={"id", "coach", "date", "kind", "starts", "ends"},
)
register(
    CoachingRelationship,
    purpose="to know who talks with whom",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"enrolment": ERASE, "coach": ERASE, "active_from": ERASE, "active_to": ERASE},
    operational={"id", "role"},
)
register(
    Booking,
    purpose="to hold a call at the agreed time",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={
        "coach": ERASE, "enrolment": ERASE, "participant": ERASE, "starts_at": ERASE, "ends_at": ERASE,
        "time_zone": ERASE, "local_start": ERASE,
    },
    operational={
        "id", "blocked_until", "status", "held_until", "cancelled_at", "cancelled_by", "version", "request", "early",
        "made_at",
    },
)  # fmt: skip
register(
    CallDecline,
    purpose="to accept a no, and to count why",
    keep=STUDY_RETENTION,
    personal={"enrolment": ERASE, "at": ERASE, "reason": ERASE, "taken_back_at": ERASE},
    operational={"id"},
)
register(
    Call,
    purpose="to count calls and minutes",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"booking": ERASE, "started_at": ERASE, "bridged_at": ERASE, "ended_at": ERASE},
    operational={"id", "version", "room", "role", "outcome", "minutes"},
)
register(
    CallLeg,
    purpose="to ring each telephone once",
    keep=NINETY_DAYS,
    personal={"call": ERASE, "ref": ERASE},
    operational={"id", "side", "attempt", "token", "state", "rung_at", "accepted_at", "ended_at"},
)
register(
    CallEvent,
    purpose="to work out how a call went",
    keep=NINETY_DAYS,
    personal={"call": ERASE, "leg": ERASE},
    operational={"id", "kind", "at", "sequence", "facts", "once"},
)
register(
    RelationshipRating,
    purpose="to learn what makes calls safe, meaningful and collaborative",
    keep=STUDY_RETENTION,
    personal={"call": ERASE},
    pseudonymous={"response": ERASE},
    operational={"id", "side", "at"},
)
register(
    Agreement,
    purpose="to hold what the two of them agreed for their calls",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={
        "relationship": ERASE, "goal": ERASE, "agenda": ERASE, "left_out": ERASE, "own_words": ERASE,
        "proposed_at": ERASE, "participant_agreed_at": ERASE, "coach_agreed_at": ERASE, "agreed_at": ERASE,
    },
    operational={"id", "version", "role", "proposed_by"},
)  # fmt: skip
register(
    AboutMe,
    purpose="to tell one's coach of oneself; in no export",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"enrolment": ERASE, "person": ERASE, "learning": ERASE, "work": ERASE, "changed_at": ERASE},
    operational={"id"},
)
register(
    AboutCoach,
    purpose="to tell those whom a coach talks with of the coach; in no export",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={
        "coach": ERASE, "person": ERASE, "learning": ERASE, "work": ERASE, "learned": ERASE, "changed_at": ERASE,
    },
    operational={"id"},
)  # fmt: skip
register(
    NextStep,
    purpose="to remember what was agreed at the end of a call",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"call": ERASE, "words": ERASE, "agreed_at": ERASE},
    operational={"id"},
)
register(
    CoachReport,
    purpose="to see whether the guide is followed, and what calls cost coaches",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"call": ERASE, "kept_at": ERASE},
    operational={"id", "guide_call", "stages_held", "stages_of", "preparation_minutes", "in_own_time"},
)
register(
    Referral,
    purpose="to count which other help is wanted",
    keep=WHILE_THE_SITE_RUNS,
    operational={"id", "programme", "kind", "on_date"},
)
register(
    SafetyMatter,
    purpose="to count when a coach had to go further about patients' safety",
    keep=WHILE_THE_SITE_RUNS,
    operational={"id", "programme", "on_date", "participant_told"},
)
register(
    CoachWish,
    purpose="to bring a coach together with somebody to talk to",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"coach": ERASE, "asked_at": ERASE},
    operational={"id", "programme", "kind"},
)
