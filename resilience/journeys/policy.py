from resilience.accounts import policy
from resilience.accounts.models import Role

for _name in ("join", "invited", "address", "code"):
    policy.own(f"journeys:{_name}", GET=[policy.EVERYONE], POST=[policy.EVERYONE])
policy.own("journeys:deleted", GET=[policy.EVERYONE])
policy.own("journeys:after-sign-in", GET=[policy.SIGNED_IN], whose=policy.OWN)
policy.own("journeys:consents", GET=[policy.SIGNED_IN], POST=[policy.SIGNED_IN], whose=policy.OWN)
for _name in ("about-you", "readiness", "data", "consent", "reach", "pause", "certificate"):
    policy.own(f"journeys:{_name}", GET=[Role.PARTICIPANT], POST=[Role.PARTICIPANT], whose=policy.OWN)
for _name in ("later", "stopped"):
    policy.own(f"journeys:{_name}", GET=[Role.PARTICIPANT], whose=policy.OWN)
for _name in ("new-organisation", "new-group", "own-word", "information", "information-in"):
    policy.own(f"journeys:{_name}", GET=[Role.MANAGER], POST=[Role.MANAGER], whose=policy.ASSIGNED)
