from resilience.accounts import policy
from resilience.accounts.models import Role

for name in ("index", "evaluation", "plan", "run", "file", "upload", "import", "interviews"):
    policy.own(f"evaluation:{name}", GET=[Role.EVALUATOR], whose=policy.ASSIGNED)
for name in ("ask", "cancel", "upload", "go_on", "stop", "interviews"):
    policy.own(f"evaluation:{name}", POST=[Role.EVALUATOR], whose=policy.ASSIGNED)
policy.own("interviews:asked", GET=[Role.PARTICIPANT], POST=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("interviews:arrange", GET=[Role.MANAGER], whose=policy.ASSIGNED)
policy.own("interviews:invite", POST=[Role.MANAGER], whose=policy.ASSIGNED)
