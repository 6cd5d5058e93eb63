"""Pages for everyone, for those who keep the people to talk to, and for managers."""
