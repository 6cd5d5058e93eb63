from resilience.accounts import policy

policy.own("messaging:text-arrived", POST=[policy.CARRIER])
policy.own("messaging:text-status", POST=[policy.CARRIER])
