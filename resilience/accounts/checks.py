"""System checks of the gate."""
