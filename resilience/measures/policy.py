from resilience.accounts import policy
from resilience.accounts.models import Role

policy.own("measures:due", GET=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("measures:after", GET=[Role.PARTICIPANT], whose=policy.OWN)

KEEPERS = [Role.MANAGER, Role.OPERATOR]
for _name in ("one", "table", "new", "revise"):
    policy.own(f"instruments:{_name}", GET=KEEPERS, POST=KEEPERS)
for _name in ("list", "own"):
    policy.own(f"instruments:{_name}", GET=KEEPERS)
for _name in ("send", "ask", "try-out", "lock", "end"):
    policy.own(f"instruments:{_name}", POST=KEEPERS)
STANDING_BY = [Role.MANAGER, Role.SAFEGUARDING_LEAD]
policy.own("instruments:cover", GET=STANDING_BY, POST=STANDING_BY, whose=policy.ASSIGNED)
policy.own("instruments:expert", GET=[policy.EVERYONE], POST=[policy.EVERYONE])
policy.own("measures:contact", GET=[Role.PARTICIPANT], POST=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("instruments:wishes", GET=[Role.SAFEGUARDING_LEAD], whose=policy.ASSIGNED)
policy.own("instruments:take", POST=[Role.SAFEGUARDING_LEAD], whose=policy.ASSIGNED)
for _name in ("instrument", "of-programme"):
    policy.own(f"measures:{_name}", GET=[Role.PARTICIPANT], POST=[Role.PARTICIPANT], whose=policy.OWN)
for _name in ("grid", "board"):
    policy.own(f"questions:{_name}", GET=[Role.MANAGER], whose=policy.ASSIGNED)
policy.own("questions:grid", POST=[Role.MANAGER], whose=policy.ASSIGNED)
for _name in ("arms", "new-arm", "arm", "arms-table"):
    policy.own(f"questions:{_name}", GET=[Role.MANAGER], POST=[Role.MANAGER], whose=policy.ASSIGNED)
policy.own("questions:do-arms", POST=[Role.MANAGER], whose=policy.ASSIGNED)
