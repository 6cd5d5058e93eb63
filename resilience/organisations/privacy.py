from resilience.organisations.models import Organisation, SupportRoute, SystemAction, SystemList, Unit
from resilience.privacy.register import WHILE_THE_SITE_RUNS, register

register(
    Organisation,
    purpose="to say who runs the programme",
    keep=WHILE_THE_SITE_RUNS,
    operational={"id", "slug", "name", "data_controller", "incident_url"},
)
register(
    Unit,
    purpose="to show figures of ten or more people together",
    keep=WHILE_THE_SITE_RUNS,
    operational={"id", "organisation", "name"},
)
register(
    SupportRoute,
    purpose="to name people to talk to",
    keep=WHILE_THE_SITE_RUNS,
    operational={
        "id", "organisation", "label", "text", "phone", "sms", "url", "urgent", "position", "checked_on",
    },
)  # fmt: skip
register(
    SystemList,
    purpose="to show what gets in the way at work, as sums of ten or more people",
    keep=WHILE_THE_SITE_RUNS,
    operational={"id", "organisation", "key", "waiting", "shown"},
)
register(
    SystemAction,
    purpose="to show what is being done about it, and by which post",
    keep=WHILE_THE_SITE_RUNS,
    operational={
        "id", "organisation", "unit", "factor", "what", "post", "state", "raised_on", "taken_on", "done_on",
    },
)  # fmt: skip
