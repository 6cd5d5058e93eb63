from resilience.accounts import policy
from resilience.accounts.models import Role

for _name in ("healthz", "readyz", "metrics", "robots", "favicon"):
    policy.own(f"ops:{_name}", GET=[policy.EVERYONE])
policy.own("ops:operate", GET=[Role.OPERATOR])
