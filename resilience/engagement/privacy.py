from resilience.engagement.models import (
    ActivityCompletion,
    Entry,
    PageView,
    Remark,
    SharedCopy,
    Tally,
)
from resilience.privacy.register import ERASE, TWELVE_MONTHS_AFTER_LAST_ACTIVITY, register

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
