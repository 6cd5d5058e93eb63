from resilience.accounts import policy
from resilience.accounts.models import Role

policy.own("measures:due", GET=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("measures:after", GET=[Role.PARTICIPANT], whose=policy.OWN)
for _name in ("instrument", "of-programme"):
    policy.own(f"measures:{_name}", GET=[Role.PARTICIPANT], POST=[Role.PARTICIPANT], whose=policy.OWN)
for _name in ("grid", "board"):
    policy.own(f"questions:{_name}", GET=[Role.MANAGER], whose=policy.ASSIGNED)
policy.own("questions:grid", POST=[Role.MANAGER], whose=policy.ASSIGNED)
