from resilience.engagement.models import (
    ActivityCompletion,
    Entry,
    LiveSession,
    PageView,
    Remark,
    Seat,
    SharedCopy,
    Tally,
)
from resilience.privacy.register import (
    BLANK,
    ERASE,
    TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    WHILE_THE_SITE_RUNS,
    register,
)

register(
    PageView,
    purpose="to bring somebody back to where they were, and to report reach",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"enrolment": ERASE, "page": ERASE, "day": ERASE, "at": ERASE},
    operational={"id", "revision", "wording", "language"},
)
register(
    ActivityCompletion,
    purpose="to show what is done and what is next",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"enrolment": ERASE, "activity": ERASE, "how": ERASE, "at": ERASE},
    operational={"id"},
)
register(
    Entry,
    purpose="to give somebody back what they wrote",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={
        "enrolment": ERASE, "page": ERASE, "exercise": ERASE, "fields": ERASE, "started_at": ERASE,
        "saved_at": ERASE, "revisit_on": ERASE,
    },
    operational={"id", "kind", "schema"},
)  # fmt: skip
register(
    Tally,
    purpose="to count how many people used something, without when, how often or in which words",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"enrolment": ERASE, "about": ERASE, "tag": ERASE},
    operational={"id", "what"},
)
register(
    SharedCopy,
    purpose="to let somebody's coach read what they chose to share",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"enrolment": ERASE, "exercise": ERASE, "lines": ERASE, "shared_at": ERASE},
    operational={"id", "title"},
)
register(
    Remark,
    purpose="to hear from people what a part should do better",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"enrolment": ERASE, "words": ERASE, "at": ERASE},
    operational={"id", "about"},
)
register(
    LiveSession,
    purpose="to say when and where people meet",
    keep=WHILE_THE_SITE_RUNS,
    pseudonymous={"facilitator": BLANK},
    operational={
        "id", "programme", "about", "title", "starts_at", "ends_at", "capacity", "place", "link", "version",
        "called_off_at",
    },
)  # fmt: skip
register(
    Seat,
    purpose="to keep somebody a place at a live session, and to know who came",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"enrolment": ERASE, "state": ERASE, "asked_at": ERASE, "attended": ERASE},
    operational={"id", "live_session"},
)
