"""The fields of what stands around calls: agreements, cards, development, firewall."""

from resilience.coaching.booking_models import (
    Apart,
    CoachChange,
    FreedTime,
    NoTime,
    OtherWay,
    WorkRelation,
)
from resilience.coaching.development_models import (
    CompetencyProfile,
    LogEntry,
    ManualRead,
    PeerSupervision,
    Post,
    PracticeCall,
    TrainingInterest,
)
from resilience.coaching.models import (
    AboutCoach,
    AboutMe,
    Agreement,
    CoachReport,
    CoachWish,
    NextStep,
    Referral,
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
    operational={
        "id",
        "guide_call",
        "stages_held",
        "stages_of",
        "preparation_minutes",
        "notes_minutes",
        "in_own_time",
    },
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
register(
    ManualRead,
    purpose="to know that a coach is ready for a first call",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"coach": ERASE, "at": ERASE},
    operational={"id", "programme", "part", "version"},
)
register(
    PracticeCall,
    purpose="to know that a coach is ready for a first call",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"coach": ERASE, "held_date": ERASE, "signed_off_by": ERASE, "at": ERASE},
    operational={"id"},
)
register(
    CompetencyProfile,
    purpose="to let a coach see their own craft, and nobody else",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"coach": ERASE, "by": ERASE, "asked_at": ERASE, "answered_at": ERASE},
    pseudonymous={"response": ERASE},
    operational={"id"},
)
register(
    LogEntry,
    purpose="to let a coach keep what they learned",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"coach": ERASE, "words": ERASE, "at": ERASE},
    operational={"id"},
)
register(
    TrainingInterest,
    purpose="to plan the training of coaches",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"user": ERASE, "role": ERASE, "topics": ERASE, "at": ERASE},
    operational={"id", "programme"},
)
register(
    Post,
    purpose="to let coaches of a programme learn from one another",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"coach": ERASE, "words": ERASE, "at": ERASE},
    operational={"id", "programme", "taken_down_at"},
)
register(
    PeerSupervision,
    purpose="to let coaches of a programme meet",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"coach": ERASE, "coming": ERASE, "place": ERASE},
    operational={"id", "programme", "starts_at", "called_off_at"},
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
