"""What is held about a person, why, for how long, and under whose key."""
