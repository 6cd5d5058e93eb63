from resilience.accounts import policy
from resilience.accounts.models import Role

policy.own("participants:manage", GET=[Role.MANAGER], POST=[Role.MANAGER], whose=policy.ASSIGNED)
policy.own("participants:system", GET=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("participants:content", POST=[Role.MANAGER], whose=policy.ASSIGNED)
policy.own("participants:backing", GET=[Role.MANAGER], POST=[Role.MANAGER], whose=policy.ASSIGNED)
