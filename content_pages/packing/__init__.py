"""Pages out into a programme pack, and in again."""
