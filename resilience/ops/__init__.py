"""Health, schedules and commands for the operator."""
