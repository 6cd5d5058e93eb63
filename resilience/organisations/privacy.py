from resilience.organisations.models import Organisation, SupportRoute, Unit
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
