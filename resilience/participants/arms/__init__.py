"""Groups of a programme: how people come into one, and how anybody can check that it was chance."""
