"""Doorways for the queue."""

from resilience.organisations import help_page


def write_help_page() -> None:
    """Write the file of Help now as the routes stand now."""
    help_page.write(help_page.place())
