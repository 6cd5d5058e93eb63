from content_pages.models import LiveSessionPage
from resilience.privacy.register import (
    BLANK,
    OPERATIONAL,
    WHILE_THE_SITE_RUNS,
    register,
    register_whole,
    stored_fields,
)

for _name in ("HomePage", "PublicPage", "ProgrammesPage", "ProgrammePage", "ModulePage", "ActivityPage"):
    register_whole(
        f"content_pages.{_name}",
        kind=OPERATIONAL,
        purpose="pages that editors make",
        keep=WHILE_THE_SITE_RUNS,
    )

register(
    LiveSessionPage,
    purpose="pages that editors make",
    keep=WHILE_THE_SITE_RUNS,
    pseudonymous={"facilitator": BLANK},
    operational=set(stored_fields(LiveSessionPage)) - {"facilitator"},
)
