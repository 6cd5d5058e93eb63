from resilience.coaching import privacy_around  # noqa: F401 - the rest of the register
from resilience.coaching.hours_models import Absence, BusyFeed, BusySpan
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
    purpose="to let participants choose whom to talk to; the number, to ring the coach",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={
        "user": ERASE, "respondent": ERASE, "shown_name": ERASE, "profile": ERASE, "languages": ERASE,
        "background": ERASE, "is_clinical": ERASE, "organisation": ERASE, "unit": ERASE, "time_zone": ERASE,
        "phone": ERASE, "phone_index": ERASE,
    },
    operational={
        "id", "programmes", "slug", "notice_hours", "horizon_days", "gap_minutes", "most_per_day", "most_per_week",
        "is_active", "calendar_secret", "in_training", "last_date", "most_people",
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
    Absence,
    purpose="to offer no time when a coach is away",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"coach": ERASE, "first_date": ERASE, "last_date": ERASE},
    operational={"id"},
)
register(
    BusyFeed,
    purpose="to offer no time that is taken in a coach's own calendar",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"coach": ERASE, "address": ERASE},
    operational={"id", "asked_at", "read_at", "fault"},
)
register(
    BusySpan,
    purpose="to offer no time that is taken in a coach's own calendar",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"coach": ERASE, "starts_at": ERASE, "ends_at": ERASE},
    operational={"id"},
)
register(
    CoachingRelationship,
    purpose="to know who talks with whom",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={
        "enrolment": ERASE,
        "coach": ERASE,
        "active_from": ERASE,
        "active_to": ERASE,
    },
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
    operational={"id", "version", "room", "role", "outcome", "minutes", "carrier_cost", "carrier_currency"},
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
