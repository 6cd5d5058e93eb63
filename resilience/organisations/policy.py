from resilience.accounts import policy
from resilience.accounts.models import Role

LEADS = [Role.SAFEGUARDING_LEAD]

policy.own("organisations:help-now", GET=[policy.EVERYONE])
policy.own("organisations:promise", GET=[policy.EVERYONE])
for _name in ("system", "action"):
    policy.own(f"organisations:{_name}", GET=[Role.MANAGER], POST=[Role.MANAGER], whose=policy.ASSIGNED)
policy.own("organisations:organisation", GET=[Role.MANAGER], POST=[Role.MANAGER], whose=policy.ASSIGNED)
policy.own("organisations:safeguarding", GET=LEADS, whose=policy.ASSIGNED)
for name in ("route-new", "route-in-place-of", "route"):
    policy.own(f"organisations:{name}", GET=LEADS, POST=LEADS, whose=policy.ASSIGNED)
for name in ("route-propose", "route-publish", "route-take-down", "route-checked"):
    policy.own(f"organisations:{name}", POST=LEADS, whose=policy.ASSIGNED)
