"""Who may sign in, and as what: user, roles, and the policy that says who may call an address."""
