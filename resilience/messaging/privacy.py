from resilience.messaging.models import (
    CarrierRecord,
    CarrierTrouble,
    Delivery,
    InboundText,
    OptOut,
    Outgoing,
)
from resilience.privacy.register import (
    ERASE,
    KEEP,
    NINETY_DAYS,
    THIRTY_DAYS,
    WHILE_THE_SITE_RUNS,
    register,
)

register(
    Outgoing,
    purpose="to send each message once",
    keep=NINETY_DAYS,
    personal={"recipient": ERASE, "key": ERASE, "target_id": ERASE},
    operational={
        "id", "kind", "channel", "version", "due_at", "not_after", "state", "attempts", "claimed_at", "settled_at",
        "reason",
    },
)  # fmt: skip
register(
    Delivery,
    purpose="to know whether a message arrived",
    keep=NINETY_DAYS,
    personal={"outgoing": ERASE, "ref": ERASE, "number_index": ERASE},
    operational={"id", "token", "started_at", "state", "error", "changed_at"},
)
register(
    InboundText,
    purpose="to heed each text once",
    keep=THIRTY_DAYS,
    pseudonymous={"message": KEEP},
    operational={"id", "once", "arrived_at"},
)
register(
    OptOut,
    purpose="to honour STOP for ever",
    keep=WHILE_THE_SITE_RUNS,
    pseudonymous={"number_index": KEEP},
    operational={"id", "sender", "since", "ended_at"},
)
register(
    CarrierTrouble,
    purpose="to tell the operator once what the carrier refuses",
    keep=NINETY_DAYS,
    operational={"id", "reason", "evidence", "first_at", "last_at", "times", "ended_at"},
)
register(
    CarrierRecord,
    purpose="to have the carrier delete its copy of what was deleted here",
    keep=NINETY_DAYS,
    pseudonymous={"ref": KEEP},
    operational={"id", "is_call", "noted_at"},
)
