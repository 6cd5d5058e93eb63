from resilience.accounts import policy
from resilience.accounts.models import Role

BOTH = (
    "new",
    "plan",
    "plan_next",
    "plan_freeze",
    "deviation",
    "approached",
    "complaints",
    "system",
    "system_file",
    "upload",
    "interviews",
)
for name in (
    *BOTH,
    "index",
    "evaluation",
    "plan_earlier",
    "system_csv",
    "run",
    "file",
    "import",
    "import_problems",
):
    policy.own(f"evaluation:{name}", GET=[Role.EVALUATOR], whose=policy.ASSIGNED)
policy.own("evaluation:sample_pack", GET=[Role.EVALUATOR])
for name in (*BOTH, "ask", "cancel", "go_on", "stop", "system_out"):
    policy.own(f"evaluation:{name}", POST=[Role.EVALUATOR], whose=policy.ASSIGNED)
for name in ("core_or_optional", "scale_up", "releases", "release", "release_file"):
    policy.own(f"evaluation:{name}", GET=[Role.EVALUATOR], whose=policy.ASSIGNED)
policy.own("evaluation:releases", POST=[Role.EVALUATOR], whose=policy.ASSIGNED)
for name in ("exports", "export", "export_file", "tokens"):
    policy.own(f"evaluation:{name}", GET=[Role.EVALUATOR], whose=policy.ASSIGNED)
for name in ("exports", "cancel_export", "tokens", "end_token"):
    policy.own(f"evaluation:{name}", POST=[Role.EVALUATOR], whose=policy.ASSIGNED)
for name in ("evaluations", "evaluation", "plan", "reports", "figures", "exports", "rows"):
    policy.own(f"api:{name}", GET=[policy.PROGRAM], whose=policy.ASSIGNED)
for name in ("api-root", "openapi-json", "docs"):
    policy.own(f"api:{name}", GET=[policy.EVERYONE])
policy.own("interviews:asked", GET=[Role.PARTICIPANT], POST=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("interviews:arrange", GET=[Role.MANAGER], whose=policy.ASSIGNED)
policy.own("interviews:invite", POST=[Role.MANAGER], whose=policy.ASSIGNED)
