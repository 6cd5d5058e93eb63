from resilience.ops.models import Heartbeat
from resilience.privacy.register import WHILE_THE_SITE_RUNS, register

register(
    Heartbeat, purpose="to notice a worker that hangs", keep=WHILE_THE_SITE_RUNS, operational={"name", "at"}
)
