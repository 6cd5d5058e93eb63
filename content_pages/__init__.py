"""Everything an editor can make."""
