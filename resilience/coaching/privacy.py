from resilience.coaching.booking_models import (
    Apart,
    CoachChange,
    FreedTime,
    NoTime,
    OtherWay,
    WorkRelation,
)
from resilience.coaching.models import (
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
    RelationshipRating,
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
        "background": ERASE, "is_clinical": ERASE, "organisation": ERASE, "unit": ERASE, "time_zone": ERASE,
        "phone": ERASE, "phone_index": ERASE,
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
        "time_zone": ERASE, "local_start": ERASE, "way": ERASE, "meet_at": ERASE, "place": ERASE,
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
    operational={"id", "version", "room", "outcome", "minutes"},
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
    WorkRelation,
    purpose="to keep calls clear of whoever manages, supervises, assesses or appraises somebody",
    keep=WHILE_THE_SITE_RUNS,
    personal={"declared_by": ERASE, "above": ERASE, "below": ERASE, "kind": ERASE, "learned_at": ERASE},
    operational={"id", "organisation"},
)
register(
    Apart,
    purpose='to honour "not with this person"',
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"coach": ERASE, "participant": ERASE, "side": ERASE, "since": ERASE},
    operational={"id"},
)
register(
    CoachChange,
    purpose="to count changes of coach, beside nobody",
    keep=STUDY_RETENTION,
    operational={"id", "cohort", "on_date"},
)
register(
    NoTime,
    purpose="to plan hours by the times that are wanted, and to say once that one is free",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"enrolment": ERASE, "wanted": ERASE, "tell_me": ERASE, "at": ERASE, "told_at": ERASE},
    operational={"id"},
)
register(
    OtherWay,
    purpose="to arrange another way to talk",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"enrolment": ERASE, "way": ERASE, "asked_at": ERASE, "booking": ERASE, "ended_at": ERASE},
    operational={"id"},
)
register(
    FreedTime,
    purpose="to take a call out of the coach's calendar once its participant had all deleted",
    keep=NINETY_DAYS,
    operational={"id", "coach", "starts_at", "ends_at", "version"},
)
