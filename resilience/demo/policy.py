from resilience.accounts import policy

policy.own("demo:desk", GET=[policy.EVERYONE])
policy.own("demo:sign-in", GET=[policy.EVERYONE])
policy.own("demo:mail", GET=[policy.EVERYONE])
policy.own("demo:clock", POST=[policy.EVERYONE])
policy.own("demo:handset", POST=[policy.EVERYONE])
