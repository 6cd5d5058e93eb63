from resilience.accounts import policy
from resilience.accounts.models import Role

for name in ("call", "times"):
    policy.own(f"coaching:{name}", GET=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("coaching:calendar", GET=[Role.PARTICIPANT], whose=policy.OWN)
for name in ("decline", "keep", "zone", "why"):
    policy.own(f"coaching:{name}", POST=[Role.PARTICIPANT], whose=policy.OWN)
for name in ("calls", "cancel", "move", "rate", "whom", "at-work", "no-time", "another-way"):
    policy.own(f"coaching:{name}", GET=[Role.PARTICIPANT], POST=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("short:call", GET=[Role.PARTICIPANT], whose=policy.OWN)

policy.own("coach:today", GET=[Role.COACH, Role.COACH_LEAD], whose=policy.OWN)
policy.own("coach:hours", GET=[Role.COACH], POST=[Role.COACH], whose=policy.OWN)
policy.own("coach:call", GET=[Role.COACH], POST=[Role.COACH], whose=policy.ASSIGNED)
policy.own("coach:not-with", GET=[Role.COACH], POST=[Role.COACH], whose=policy.ASSIGNED)
policy.own("coach:at-work", GET=[Role.COACH], POST=[Role.COACH], whose=policy.OWN)
policy.own("coach:cancel", GET=[Role.COACH], POST=[Role.COACH], whose=policy.ASSIGNED)
policy.own(
    "coach:meeting",
    GET=[Role.COACH, Role.COACH_LEAD],
    POST=[Role.COACH, Role.COACH_LEAD],
    whose=policy.ASSIGNED,
)
policy.own("coach:feed", GET=[policy.EVERYONE], whose=policy.OWN)

policy.own("manage-calls:calls", GET=[Role.COACH_LEAD, Role.MANAGER], whose=policy.ASSIGNED)
policy.own("manage-calls:arrange", GET=[Role.COACH_LEAD], POST=[Role.COACH_LEAD], whose=policy.ASSIGNED)
policy.own("manage-calls:relations", GET=[Role.MANAGER], POST=[Role.MANAGER], whose=policy.ASSIGNED)

for name in ("call-arrived", "gate", "key", "status", "room", "hold"):
    policy.own(f"telephony:{name}", POST=[policy.CARRIER])
