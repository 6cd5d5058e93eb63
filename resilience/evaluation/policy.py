from resilience.accounts import policy
from resilience.accounts.models import Role

for name in ("index", "evaluation", "plan", "run", "file", "upload", "import"):
    policy.own(f"evaluation:{name}", GET=[Role.EVALUATOR], whose=policy.ASSIGNED)
for name in ("ask", "cancel", "upload", "go_on", "stop"):
    policy.own(f"evaluation:{name}", POST=[Role.EVALUATOR], whose=policy.ASSIGNED)
