from resilience.accounts import policy
from resilience.accounts.models import Role

for _name in ("join", "invited", "address", "code"):
    policy.own(f"journeys:{_name}", GET=[policy.EVERYONE], POST=[policy.EVERYONE])
policy.own("journeys:deleted", GET=[policy.EVERYONE])
policy.own("journeys:after-sign-in", GET=[policy.SIGNED_IN], whose=policy.OWN)
policy.own("journeys:consents", GET=[policy.SIGNED_IN], POST=[policy.SIGNED_IN], whose=policy.OWN)
for _name in (
    "about-you",
    "further",
    "readiness",
    "data",
    "consent",
    "agree-again",
    "reach",
    "pause",
    "messages",
    "certificate",
):
    policy.own(f"journeys:{_name}", GET=[Role.PARTICIPANT], POST=[Role.PARTICIPANT], whose=policy.OWN)
for _name in ("later", "stopped", "results", "access"):
    policy.own(f"journeys:{_name}", GET=[Role.PARTICIPANT], whose=policy.OWN)
for _name in (
    "new-organisation",
    "new-group",
    "own-word",
    "information",
    "information-in",
    "programme-messages",
    "asked",
):
    policy.own(f"journeys:{_name}", GET=[Role.MANAGER], POST=[Role.MANAGER], whose=policy.ASSIGNED)
policy.own("journeys:why", POST=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("journeys:not-for-me", POST=[policy.SIGNED_IN], whose=policy.OWN)
