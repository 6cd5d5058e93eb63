from resilience.engagement.models import ActivityCompletion, Entry, PageView
from resilience.privacy.register import ERASE, TWELVE_MONTHS_AFTER_LAST_ACTIVITY, register

register(
    PageView,
    purpose="to bring somebody back to where they were, and to report reach",
    keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    personal={"enrolment": ERASE, "page": ERASE, "day": ERASE, "at": ERASE},
    operational={"id"},
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
