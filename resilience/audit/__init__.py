"""What was done, by whom, when: append-only, without foreign keys, from a closed list of names."""
