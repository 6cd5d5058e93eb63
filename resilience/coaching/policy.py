from resilience.accounts import policy
from resilience.accounts.models import Role

COACHES = [Role.COACH, Role.COACH_LEAD]
MAKERS = [Role.MANAGER, Role.COACH_LEAD]

for name in ("call", "times"):
    policy.own(f"coaching:{name}", GET=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("coaching:calendar", GET=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("coaching:card", GET=[Role.PARTICIPANT], whose=policy.OWN)
for name in ("decline", "keep", "zone", "why"):
    policy.own(f"coaching:{name}", POST=[Role.PARTICIPANT], whose=policy.OWN)
for name in ("calls", "cancel", "move", "rate", "number", "whom", "at-work", "no-time", "another-way"):
    policy.own(f"coaching:{name}", GET=[Role.PARTICIPANT], POST=[Role.PARTICIPANT], whose=policy.OWN)
for name in ("agreement", "about", "other-help"):
    policy.own(f"coaching:{name}", GET=[Role.PARTICIPANT], POST=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("coaching:note", GET=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("short:call", GET=[Role.PARTICIPANT], whose=policy.OWN)

policy.own("coach:today", GET=[Role.COACH, Role.COACH_LEAD], whose=policy.OWN)
policy.own("coach:hours", GET=[Role.COACH], POST=[Role.COACH], whose=policy.OWN)
policy.own("coach:cannot-work", GET=[Role.COACH], POST=[Role.COACH], whose=policy.OWN)
policy.own("coach:call", GET=[Role.COACH], POST=[Role.COACH], whose=policy.ASSIGNED)
policy.own("coach:not-with", GET=[Role.COACH], POST=[Role.COACH], whose=policy.ASSIGNED)
policy.own("coach:at-work", GET=[Role.COACH], POST=[Role.COACH], whose=policy.OWN)
policy.own("coach:cancel", GET=[Role.COACH], POST=[Role.COACH], whose=policy.ASSIGNED)
for name in ("agreement", "other-help", "worried", "patients"):
    policy.own(f"coach:{name}", GET=[Role.COACH], POST=[Role.COACH], whose=policy.ASSIGNED)
policy.own("coach:talk-over", POST=[Role.COACH], whose=policy.ASSIGNED)
policy.own("coach:shown", GET=[Role.COACH], POST=[Role.COACH], whose=policy.OWN)
policy.own("coach:about", GET=[Role.COACH], POST=[Role.COACH], whose=policy.OWN)
policy.own("coach:record", GET=[Role.COACH, Role.COACH_LEAD], whose=policy.ASSIGNED)
policy.own(
    "coach:meeting",
    GET=[Role.COACH, Role.COACH_LEAD],
    POST=[Role.COACH, Role.COACH_LEAD],
    whose=policy.ASSIGNED,
)
for name in ("development", "profile-pdf"):
    policy.own(f"coach:{name}", GET=[Role.COACH], whose=policy.OWN)
for name in ("profile", "log"):
    policy.own(f"coach:{name}", GET=[Role.COACH], POST=[Role.COACH], whose=policy.OWN)
policy.own("coach:ask-a-peer", POST=[Role.COACH], whose=policy.OWN)
policy.own("coach:peer", GET=[Role.COACH], POST=[Role.COACH], whose=policy.ASSIGNED)
for name in ("manual", "manual-pdf", "communities"):
    policy.own(f"coach:{name}", GET=COACHES, whose=policy.ASSIGNED)
policy.own("coach:manual-part", GET=COACHES, POST=[Role.COACH], whose=policy.ASSIGNED)
policy.own("coach:community", GET=COACHES, POST=[Role.COACH], whose=policy.ASSIGNED)
policy.own("coach:interest", GET=COACHES, POST=COACHES, whose=policy.ASSIGNED)
policy.own("coach:meet", GET=[Role.COACH], POST=[Role.COACH], whose=policy.ASSIGNED)
policy.own("coach:peer-meeting", POST=[Role.COACH], whose=policy.ASSIGNED)
policy.own("coach:take-down", POST=COACHES, whose=policy.ASSIGNED)
for name in ("list", "wanted"):
    policy.own(f"coaches:{name}", GET=MAKERS, whose=policy.ASSIGNED)
for name in ("new", "one"):
    policy.own(f"coaches:{name}", GET=MAKERS, POST=MAKERS, whose=policy.ASSIGNED)
policy.own("coach:feed", GET=[policy.EVERYONE], whose=policy.OWN)

policy.own("manage-calls:calls", GET=[Role.COACH_LEAD, Role.MANAGER], whose=policy.ASSIGNED)
policy.own("manage-calls:arrange", GET=[Role.COACH_LEAD], POST=[Role.COACH_LEAD], whose=policy.ASSIGNED)
policy.own("manage-calls:relations", GET=[Role.MANAGER], POST=[Role.MANAGER], whose=policy.ASSIGNED)

LOOK_AFTER_COACHES = [Role.COACH_LEAD, Role.MANAGER]
for name in ("today", "calls", "call"):
    policy.own(f"cover:{name}", GET=LOOK_AFTER_COACHES, POST=LOOK_AFTER_COACHES, whose=policy.ASSIGNED)
policy.own("cover:settings", GET=[Role.MANAGER], POST=[Role.MANAGER], whose=policy.ASSIGNED)

for name in ("call-arrived", "gate", "key", "status", "room", "hold", "after", "pin"):
    policy.own(f"telephony:{name}", POST=[policy.CARRIER])
