from resilience.accounts import policy
from resilience.accounts.models import Role

policy.own("engagement:meetings", GET=[Role.MANAGER], whose=policy.ASSIGNED)
