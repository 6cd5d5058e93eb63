from content_pages.models import ContentFix, LiveSessionPage
from resilience.privacy.register import (
    BLANK,
    OPERATIONAL,
    STUDY_RETENTION,
    WHILE_THE_SITE_RUNS,
    register,
    register_whole,
    stored_fields,
)

for _name in (
    "HomePage",
    "PublicPage",
    "ProgrammesPage",
    "ProgrammePage",
    "ModulePage",
    "ActivityPage",
    "SecondReader",
):
    register_whole(
        f"content_pages.{_name}",
        kind=OPERATIONAL,
        purpose="pages that editors make",
        keep=WHILE_THE_SITE_RUNS,
    )

register(
    ContentFix,
    purpose="to show what was changed while the programme was evaluated, and why",
    keep=STUDY_RETENTION,
    pseudonymous={"by": BLANK},
    operational={"id", "programme", "page", "title", "reason", "at"},
)
register(
    LiveSessionPage,
    purpose="pages that editors make",
    keep=WHILE_THE_SITE_RUNS,
    pseudonymous={"facilitator": BLANK},
    operational=set(stored_fields(LiveSessionPage)) - {"facilitator"},
)
