from resilience.accounts import policy
from resilience.accounts.models import Role

policy.own("measures:due", GET=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("measures:after", GET=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("measures:instrument", GET=[Role.PARTICIPANT], POST=[Role.PARTICIPANT], whose=policy.OWN)
