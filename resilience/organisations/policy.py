from resilience.accounts import policy
from resilience.accounts.models import Role

policy.own("organisations:help-now", GET=[policy.EVERYONE])
policy.own("organisations:promise", GET=[policy.EVERYONE])
policy.own("organisations:safeguarding", GET=[Role.SAFEGUARDING_LEAD], whose=policy.ASSIGNED)
policy.own("organisations:route-checked", POST=[Role.SAFEGUARDING_LEAD], whose=policy.ASSIGNED)
for _name in ("system", "action"):
    policy.own(f"organisations:{_name}", GET=[Role.MANAGER], POST=[Role.MANAGER], whose=policy.ASSIGNED)
