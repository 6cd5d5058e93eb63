from resilience.organisations.models import Organisation, SupportRoute, Unit
from resilience.organisations.system_models import SystemAction, SystemList
from resilience.privacy.register import ERASE, KEEP, WHILE_THE_SITE_RUNS, register

register(
    Organisation,
    purpose="to say who runs the programme",
    keep=WHILE_THE_SITE_RUNS,
    personal={"leads": ERASE},
    operational={
        "id", "slug", "name", "country", "logo", "data_controller", "incident_url", "belong_as",
    },
)  # fmt: skip
register(
    Unit,
    purpose="to show figures of ten or more people together",
    keep=WHILE_THE_SITE_RUNS,
    operational={"id", "organisation", "name"},
)
register(
    SupportRoute,
    purpose="to name people to talk to, and who answers for each",
    keep=WHILE_THE_SITE_RUNS,
    pseudonymous={"owner": KEEP, "proposed_by": KEEP, "published_by": KEEP},
    operational={
        "id", "route", "version", "country", "organisation", "instead_of", "belongs_as", "kind_of_help", "language",
        "label", "text", "phone", "sms", "url", "urgent", "position", "expires_on", "state", "proposed_at",
        "published_at", "ended_at", "checked_on",
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
