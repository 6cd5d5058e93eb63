"""What the figures of a report give away, and what has to be hidden so that they do not: pure, of figures alone."""
